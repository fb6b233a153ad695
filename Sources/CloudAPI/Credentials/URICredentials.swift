// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Credentials that a local service hands out at a URI (`credential_uri`).
struct URICredentials: Sendable {
  private static let name = "credential_uri"

  let uri: String
  let surroundings: CredentialSurroundings

  /// The source.
  var source: RefreshingCredentials {
    RefreshingCredentials(name: Self.name, time: surroundings.time) {
      () async throws(CredentialFailure) -> Credentials in try await fetch()
    }
  }

  private func fetch() async throws(CredentialFailure) -> Credentials {
    let answer: HTTPAnswer
    do {
      answer = try await surroundings.transport.send(try request())
    } catch let failure as TransportFailure {
      throw CredentialFailure(Self.name, "\(failure)")
    } catch {
      throw CredentialFailure(Self.name, "the URI is not of the form http://host:port/path")
    }
    guard answer.status == 200 else {
      throw CredentialFailure(Self.name, "the URI answers HTTP \(answer.status)")
    }
    guard let json = try? JSONValue(parsing: answer.body), json["Code"]?.string == "Success" else {
      throw CredentialFailure(Self.name, "the URI does not answer with Code Success")
    }
    return try Credentials(temporary: json, source: Self.name)
  }

  private func request() throws(EndpointFailure) -> HTTPRequest {
    let start = uri.firstRange(of: "://")?.upperBound ?? uri.startIndex
    let end = uri[start...].firstIndex { $0 == "/" || $0 == "?" } ?? uri.endIndex
    let rest = uri[end...].prefix { $0 != "#" }
    let halves = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = halves.first.map(String.init) ?? ""
    // Such services are meant to be near, and speak plain http.
    let endpoint = try Endpoint(parsing: String(uri[..<end]), insecureHTTP: true)
    return HTTPRequest(
      endpoint: endpoint, method: "GET", path: path.isEmpty ? "/" : path,
      query: halves.count > 1 ? String(halves[1]) : "",
      headers: [("host", endpoint.authority), ("user-agent", surroundings.userAgent)], timeout: .seconds(15),
      bodyLimit: 1 << 20)
  }
}
