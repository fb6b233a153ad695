// SPDX-License-Identifier: Apache-2.0

/// Which requests go through which proxy, as the usual environment variables say.
package struct ProxySettings: Hashable, Sendable {
  /// A proxy that speaks HTTP; it carries https through a tunnel.
  package struct Proxy: Hashable, Sendable {
    /// The proxy's name or address.
    package let host: String
    /// The proxy's port.
    package let port: Int
    /// Who logs in there, where someone must.
    package let user: String?
    let password: RedactedSecret
  }

  private var proxy: Proxy?
  private var exceptions: [String] = []

  /// No proxy at all.
  package static let none = ProxySettings()

  private init() {}

  /// Reads `HTTPS_PROXY` or else `ALL_PROXY`, and `NO_PROXY`; lower case goes first.
  ///
  /// Plain http, which only reaches what is near, does not go through a proxy.
  ///
  /// - Throws: a sentence that names the variable whose value is no `http://[user[:password]@]host[:port]`.
  package init(environment: [String: String]) throws(ProxyFailure) {
    func name(_ candidates: String...) -> String? { candidates.first { environment[$0]?.isEmpty == false } }
    if let name = name("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY") {
      proxy = Proxy(parsing: environment[name] ?? "")
      if proxy == nil { throw ProxyFailure(variable: name) }
    }
    exceptions = (name("no_proxy", "NO_PROXY").flatMap { environment[$0] } ?? "").lowercased()
      .split { $0 == "," || $0 == " " }.map(String.init)
  }

  /// The proxy for requests to `endpoint`, if any; this machine is never asked through one.
  package func proxy(for endpoint: Endpoint) -> Proxy? {
    guard endpoint.scheme == "https", !endpoint.isLoopback,
      !exceptions.contains(where: { exempts($0, endpoint) })
    else { return nil }
    return proxy
  }

  /// The proxy that is ever asked for.
  var only: Proxy? { proxy }

  private func exempts(_ exception: String, _ endpoint: Endpoint) -> Bool {
    if exception == "*" || exception == endpoint.host { return true }
    var name = Substring(exception)
    if let colon = name.lastIndex(of: ":"), let port = Int(name[name.index(after: colon)...]),
      !name[..<colon].contains(":")
    {
      guard port == endpoint.port ?? 443 else { return false }
      name = name[..<colon]
    }
    if name.hasPrefix("*") { name = name.dropFirst() }
    if name.hasPrefix(".") { name = name.dropFirst() }
    return !name.isEmpty && (endpoint.host == name || endpoint.host.hasSuffix("." + name))
  }
}

extension ProxySettings.Proxy {
  fileprivate init?(parsing text: String) {
    var rest = Substring(text)
    if let range = text.firstRange(of: "://") {
      guard text[..<range.lowerBound].lowercased() == "http" else { return nil }
      rest = text[range.upperBound...]
    }
    var user: String?
    var password = ""
    if let at = rest.lastIndex(of: "@") {
      let login = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = login.first.map { PercentEncoding.decode($0) }
      password = login.count > 1 ? PercentEncoding.decode(login[1]) : ""
      rest = rest[rest.index(after: at)...]
    }
    guard let endpoint = try? Endpoint(parsing: "http://" + rest, insecureHTTP: true) else { return nil }
    self.init(
      host: endpoint.host, port: endpoint.port ?? 80, user: user, password: RedactedSecret(password))
  }
}

/// A proxy variable that cannot be read; its value is not quoted, as it may hold a password.
package struct ProxyFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The environment variable.
  package let variable: String

  package var description: String { "\(variable) is not of the form http://host:port" }
}
