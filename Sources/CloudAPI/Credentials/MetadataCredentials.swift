// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Credentials of the role of the machine in the cloud that this runs on (`ecs_ram_role`).
struct MetadataCredentials: Sendable {
  private static let name = "ecs_ram_role"
  private static let folder = "/latest/meta-data/ram/security-credentials/"

  let roleName: String?
  let surroundings: CredentialSurroundings

  /// The source; the role's name is asked for where it is not given.
  var source: RefreshingCredentials {
    RefreshingCredentials(name: Self.name, time: surroundings.time) {
      () async throws(CredentialFailure) -> Credentials in try await fetch()
    }
  }

  private func fetch() async throws(CredentialFailure) -> Credentials {
    let token = await token()
    if token == nil, surroundings.isSet("ALIBABA_CLOUD_IMDSV1_DISABLED") {
      throw CredentialFailure(
        Self.name,
        "the metadata service gave no token, and ALIBABA_CLOUD_IMDSV1_DISABLED forbids to do without")
    }
    var role = roleName ?? ""
    if role.isEmpty {
      role =
        String(decoding: try await read(Self.folder, token: token), as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    }
    guard !role.isEmpty else { throw CredentialFailure(Self.name, "this machine has no role") }
    let body = try await read(Self.folder + PercentEncoding.encode(role), token: token)
    guard let json = try? JSONValue(parsing: body) else {
      throw CredentialFailure(Self.name, "the answer of the metadata service is not JSON")
    }
    guard json["Code"]?.string == "Success" else {
      throw CredentialFailure(
        Self.name, "the metadata service answers \(json["Code"]?.string ?? "without Code") for role \(role)")
    }
    return try Credentials(temporary: json, source: Self.name)
  }

  /// The token of the newer protocol; nothing where the service does not give one.
  private func token() async -> String? {
    let answer = try? await surroundings.transport.send(
      request("PUT", "/latest/api/token", [("x-aliyun-ecs-metadata-token-ttl-seconds", "21600")]))
    guard let answer, answer.status == 200, !answer.body.isEmpty else { return nil }
    return String(decoding: answer.body, as: UTF8.self)
  }

  /// Reads a path, with the token first and then, where that is allowed, without.
  private func read(_ path: String, token: String?) async throws(CredentialFailure) -> [UInt8] {
    var problem = ""
    let tries: [[Parameter]] =
      (token.map { [[("x-aliyun-ecs-metadata-token", $0)]] } ?? [])
      + (surroundings.isSet("ALIBABA_CLOUD_IMDSV1_DISABLED") ? [] : [[]])
    for headers in tries {
      do {
        let answer = try await surroundings.transport.send(request("GET", path, headers))
        if answer.status == 200 { return answer.body }
        problem = "HTTP \(answer.status)"
      } catch {
        problem = "\(error)"
      }
    }
    throw CredentialFailure(Self.name, "the metadata service cannot be asked: \(problem)")
  }

  /// A request with the short limit that is due for a service on the same machine.
  private func request(_ method: String, _ path: String, _ headers: [Parameter]) -> HTTPRequest {
    let host: [Parameter] = [
      ("host", surroundings.metadata.authority), ("user-agent", surroundings.userAgent),
    ]
    return HTTPRequest(
      endpoint: surroundings.metadata, method: method, path: path, headers: host + headers,
      timeout: .seconds(1), bodyLimit: 1 << 20)
  }
}
