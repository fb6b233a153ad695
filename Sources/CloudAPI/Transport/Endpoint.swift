// SPDX-License-Identifier: Apache-2.0

/// Where requests go: scheme, host and port.
package struct Endpoint: Hashable, Sendable {
  /// `https`, or `http` where that is allowed.
  package let scheme: String
  /// A name or an address; an IPv6 address without brackets.
  package let host: String
  /// The port, where it is not the scheme's own.
  package let port: Int?

  init(scheme: String, host: String, port: Int?) {
    self.scheme = scheme
    self.host = host
    self.port = port == (scheme == "https" ? 443 : 80) ? nil : port
  }

  /// The endpoint `https://host`.
  package init(host: String) { self.init(scheme: "https", host: host, port: nil) }

  /// Reads `https://host[:port]`, `http://…` or a bare `host[:port]`, which means https.
  ///
  /// - Parameters:
  ///   - text: the endpoint as a person writes it; a path other than `/` is refused.
  ///   - insecureHTTP: whether plain http is accepted for a host that is not this machine.
  package init(parsing text: String, insecureHTTP: Bool = false) throws(EndpointFailure) {
    var rest = Substring(text)
    var scheme = "https"
    if let range = text.firstRange(of: "://") {
      scheme = text[..<range.lowerBound].lowercased()
      rest = text[range.upperBound...]
    }
    guard scheme == "https" || scheme == "http" else { throw .malformed(text) }
    if rest.hasSuffix("/") { rest.removeLast() }
    guard let (host, port) = Endpoint.split(rest) else { throw .malformed(text) }
    self.init(scheme: scheme, host: host, port: port)
    if scheme == "http", !insecureHTTP, !isLoopback { throw .plainHTTP(text) }
  }

  /// What the header `host` says: the port only where it is not the scheme's own.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port.map { "\(name):\($0)" } ?? name
  }

  /// The URL without path.
  package var url: String { scheme + "://" + authority }

  /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
  package var isLoopback: Bool { Endpoint.isLoopback(host) }

  static func isLoopback(_ host: String) -> Bool {
    let name = host.lowercased()
    if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Takes `host`, `host:port`, `[v6]` or `[v6]:port` apart.
  private static func split(_ text: Substring) -> (host: String, port: Int?)? {
    var host = text
    var port: Substring?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      port = rest.isEmpty ? nil : rest.dropFirst()
      guard !host.isEmpty, host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
    } else {
      if let colon = text.firstIndex(of: ":") {
        host = text[..<colon]
        port = text[text.index(after: colon)...]
      }
      let isName = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
      guard !host.isEmpty, isName else { return nil }
    }
    guard let port else { return (host.lowercased(), nil) }
    guard let number = Int(port), (1...65_535).contains(number) else { return nil }
    return (host.lowercased(), number)
  }
}

/// Why a text is no endpoint.
package enum EndpointFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is not `https://host[:port]`.
  case malformed(String)
  /// Plain http to another machine, which nobody allowed.
  case plainHTTP(String)

  package var description: String {
    switch self {
    case .malformed(let text): "\"\(text)\" is not an endpoint; expected https://host or https://host:port"
    case .plainHTTP(let text):
      "\"\(text)\" would send signed requests unencrypted to another machine; use https, or allow plain http"
    }
  }
}
