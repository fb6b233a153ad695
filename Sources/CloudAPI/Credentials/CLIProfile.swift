// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// The profiles of the official command line, `~/.aliyun/config.json` (`cli_profile`).
struct CLIProfile: Sendable {
  private static let name = "cli_profile"

  let surroundings: CredentialSurroundings

  /// The source that the profile describes.
  ///
  /// - Parameter pinned: the profile; else `ALIBABA_CLOUD_PROFILE`, else the one that the file calls current.
  func source(pinned: String?) throws(CredentialFailure) -> any CredentialSource {
    guard let path = surroundings.home(".aliyun/config.json") else {
      throw CredentialFailure(Self.name, "HOME is not set")
    }
    let text = try surroundings.text(of: path, source: Self.name)
    let file: JSONValue
    do { file = try JSONValue(parsing: text) } catch {
      throw CredentialFailure(Self.name, "\(path) is not JSON: \(error)")
    }
    guard
      let chosen = pinned ?? surroundings.variable("ALIBABA_CLOUD_PROFILE") ?? file["current"]?.string,
      !chosen.isEmpty
    else { throw CredentialFailure(Self.name, "\(path) names no current profile") }
    var profiles: [String: JSONValue] = [:]
    for profile in file["profiles"]?.array ?? [] {
      if let name = profile["name"]?.string, profiles[name] == nil { profiles[name] = profile }
    }
    let source = try source(of: chosen, in: profiles, path: path, after: [])
    return NamedCredentials(prefix: Self.name, source)
  }

  private func source(
    of name: String, in profiles: [String: JSONValue], path: String, after: [String]
  ) throws(CredentialFailure) -> any CredentialSource {
    guard let json = profiles[name] else {
      throw CredentialFailure(Self.name, "\(path) has no profile \"\(name)\"")
    }
    guard !after.contains(name) else {
      let circle = (after + [name]).joined(separator: " → ")
      throw CredentialFailure(Self.name, "the profiles \(circle) refer to each other in a circle")
    }
    let profile = Fields(json: json, profile: name)
    let mode = profile.optional("mode") ?? "AK"
    switch mode.lowercased() {
    case "ak":
      return try fixed(profile, withToken: false)
    case "ststoken":
      return try fixed(profile, withToken: true)
    case "ramrolearn":
      return try role(profile).source(for: try fixed(profile, withToken: false), surroundings)
    case "chainableramrolearn":
      let base = try source(
        of: try profile.required("source_profile"), in: profiles, path: path, after: after + [name])
      return try role(profile).source(for: base, surroundings)
    case "ecsramrole":
      return MetadataCredentials(roleName: profile.optional("ram_role_name"), surroundings: surroundings)
        .source
    case "oidc":
      let oidc = AssumedRole.OIDC(
        providerARN: try profile.required("oidc_provider_arn"),
        tokenFile: try profile.required("oidc_token_file"))
      return try role(profile).source(for: oidc, surroundings)
    case "credentialsuri":
      return URICredentials(uri: try profile.required("credentials_uri"), surroundings: surroundings).source
    case "external":
      return ExternalCredentials(command: try profile.required("process_command"), surroundings: surroundings)
        .source
    default:
      throw CredentialFailure(
        Self.name,
        "profile \"\(name)\" has mode \(mode), which is not supported; supported are "
          + "AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC, CredentialsURI and External")
    }
  }

  /// A key in the profile; its parts may come from the environment instead.
  private func fixed(_ profile: Fields, withToken: Bool) throws(CredentialFailure) -> FixedCredentials {
    func value(_ key: String, _ variable: String) throws(CredentialFailure) -> String {
      if let value = profile.optional(key) ?? surroundings.variable(variable) { return value }
      return try profile.required(key)
    }
    let id = try value("access_key_id", "ALIBABA_CLOUD_ACCESS_KEY_ID")
    let secret = try value("access_key_secret", "ALIBABA_CLOUD_ACCESS_KEY_SECRET")
    let token = withToken ? try value("sts_token", "ALIBABA_CLOUD_SECURITY_TOKEN") : nil
    return FixedCredentials(
      Credentials(
        accessKeyID: id, accessKeySecret: RedactedSecret(secret),
        securityToken: token.map(RedactedSecret.init)),
      name: withToken ? "static_sts" : "static_ak")
  }

  private func role(_ profile: Fields) throws(CredentialFailure) -> AssumedRole {
    var arn = profile.optional("ram_role_arn") ?? surroundings.variable("ALIBABA_CLOUD_ROLE_ARN") ?? ""
    if arn.isEmpty { arn = try profile.required("ram_role_arn") }
    return try AssumedRole(
      arn: arn,
      sessionName: profile.optional("ram_session_name") ?? profile.optional("role_session_name")
        ?? surroundings.sessionName,
      durationSeconds: profile.integer("expired_seconds") ?? 3600, policy: profile.optional("policy"),
      externalID: profile.optional("external_id"), stsRegionID: profile.optional("sts_region"),
      network: profile.isTrue("enable_vpc") ? .vpc : .public, source: Self.name)
  }

  /// The members of one profile; empty means absent.
  private struct Fields {
    let json: JSONValue
    let profile: String

    func optional(_ key: String) -> String? { json[key]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    func required(_ key: String) throws(CredentialFailure) -> String {
      guard let value = optional(key) else {
        throw CredentialFailure(CLIProfile.name, "profile \"\(profile)\" has no \(key)")
      }
      return value
    }

    func integer(_ key: String) -> Int? { json[key]?.integer.flatMap { $0 > 0 ? $0 : nil } }

    func isTrue(_ key: String) -> Bool { json[key]?.bool ?? false }
  }
}

extension CredentialSurroundings {
  /// The name of a session that nobody named.
  var sessionName: String {
    variable("ALIBABA_CLOUD_ROLE_SESSION_NAME") ?? "kiln-\(time.now().milliseconds / 1000)"
  }
}

/// A source under the name of what described it.
struct NamedCredentials: CredentialSource {
  let name: String
  private let source: any CredentialSource

  init(prefix: String, _ source: any CredentialSource) {
    name = prefix + "/" + source.name
    self.source = source
  }

  func credentials() async throws(CredentialFailure) -> Credentials { try await source.credentials() }

  func credentials(replacing rejected: Credentials) async throws(CredentialFailure) -> Credentials {
    try await source.credentials(replacing: rejected)
  }
}
