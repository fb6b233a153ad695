// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// A role that STS lets someone act as, and for how long.
struct AssumedRole: Sendable {
  let arn: String
  let sessionName: String
  let durationSeconds: Int
  let policy: String?
  let externalID: String?
  let stsRegionID: String?
  let network: Network

  /// Makes a role; a duration below 900 s is refused, as the vendor's client does.
  init(
    arn: String, sessionName: String, durationSeconds: Int = 3600, policy: String? = nil,
    externalID: String? = nil, stsRegionID: String? = nil, network: Network = .public, source: String
  ) throws(CredentialFailure) {
    guard durationSeconds >= 900 else {
      throw CredentialFailure(source, "a session of \(durationSeconds) s is too short; 900 s is the least")
    }
    self.arn = arn
    self.sessionName = sessionName
    self.durationSeconds = durationSeconds
    self.policy = policy
    self.externalID = externalID
    self.stsRegionID = stsRegionID
    self.network = network
  }

  /// Where the token of an OIDC provider is proof enough.
  struct OIDC: Sendable {
    let providerARN: String
    let tokenFile: String
  }

  /// Credentials of the role for someone who has credentials (`ram_role_arn`).
  func source(for base: any CredentialSource, _ surroundings: CredentialSurroundings)
    -> RefreshingCredentials
  {
    let name = "ram_role_arn/" + base.name
    let client = surroundings.sts(base, regionID: stsRegionID, network: network)
    return RefreshingCredentials(name: name, time: surroundings.time) {
      () async throws(CredentialFailure) -> Credentials in
      let call = Call(
        "AssumeRole", of: .sts,
        parameters + (externalID.map { [("ExternalId", $0)] } ?? []), kind: .read)
      return try await client.temporary(call, source: name)
    }
  }

  /// Credentials of the role for the bearer of a token, which is read from its file each time (`oidc_role_arn`).
  ///
  /// The request is not signed: the token, of up to 20,000 characters and hence in the form, is the proof.
  func source(for oidc: OIDC, _ surroundings: CredentialSurroundings) -> RefreshingCredentials {
    let name = "oidc_role_arn"
    let nobody = FixedCredentials(.anonymous, name: "anonymous")
    let client = surroundings.sts(nobody, regionID: stsRegionID, network: network)
    return RefreshingCredentials(name: name, time: surroundings.time) {
      () async throws(CredentialFailure) -> Credentials in
      let token = try surroundings.text(of: oidc.tokenFile, source: name)
        .split(whereSeparator: \.isNewline).joined()
      guard !token.isEmpty else { throw CredentialFailure(name, "\(oidc.tokenFile) is empty") }
      let call = Call(
        "AssumeRoleWithOIDC", of: .sts,
        parameters + [("OIDCProviderArn", oidc.providerARN), ("OIDCToken", token)], kind: .read)
      return try await client.temporary(call, source: name)
    }
  }

  private var parameters: [Parameter] {
    var result: [Parameter] = [
      ("RoleArn", arn), ("RoleSessionName", sessionName), ("DurationSeconds", String(durationSeconds)),
    ]
    if let policy, !policy.isEmpty { result.append(("Policy", policy)) }
    return result
  }
}

extension CloudClient {
  /// The `Credentials` of a reply of STS.
  fileprivate func temporary(_ call: Call, source: String) async throws(CredentialFailure) -> Credentials {
    do {
      let reply = try await send(call)
      return try Credentials(temporary: reply["Credentials"] ?? .null, source: source)
    } catch let failure as CredentialFailure {
      throw failure
    } catch CallFailure.credentials(let failure) {
      throw CredentialFailure([CredentialFailure.Finding(source: source, message: "\(failure)")])
    } catch {
      throw CredentialFailure(source, "\(call.operation): \(error)")
    }
  }
}

extension CredentialSurroundings {
  /// The text of a file that must be there.
  func text(of path: String, source: String) throws(CredentialFailure) -> String {
    let bytes: [UInt8]?
    do { bytes = try readFile(path) } catch {
      throw CredentialFailure(source, "\(path) cannot be read: \(error)")
    }
    guard let bytes else { throw CredentialFailure(source, "\(path) does not exist") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
