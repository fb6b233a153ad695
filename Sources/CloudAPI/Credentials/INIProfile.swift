// SPDX-License-Identifier: Apache-2.0

/// The profiles that the SDKs share, `~/.alibabacloud/credentials` in the form of an ini file (`profile`).
struct INIProfile: Sendable {
  private static let name = "profile"

  let surroundings: CredentialSurroundings

  /// The source that the section describes.
  ///
  /// - Parameter pinned: the section; else `ALIBABA_CLOUD_PROFILE`, else `default`.
  func source(pinned: String?) throws(CredentialFailure) -> any CredentialSource {
    let (path, text) = try file()
    let section = pinned ?? surroundings.variable("ALIBABA_CLOUD_PROFILE") ?? "default"
    guard let fields = Self.sections(of: text)[section] else {
      throw CredentialFailure(Self.name, "\(path) has no section [\(section)]")
    }
    return NamedCredentials(prefix: Self.name, try source(of: fields, section: section))
  }

  /// The file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, else the one of two names that is there.
  private func file() throws(CredentialFailure) -> (path: String, text: String) {
    if let path = surroundings.variable("ALIBABA_CLOUD_CREDENTIALS_FILE") {
      return (path, try surroundings.text(of: path, source: Self.name))
    }
    guard let plain = surroundings.home(".alibabacloud/credentials") else {
      throw CredentialFailure(Self.name, "HOME is not set")
    }
    if let text = try? surroundings.text(of: plain + ".ini", source: Self.name) {
      return (plain + ".ini", text)
    }
    return (plain, try surroundings.text(of: plain, source: Self.name))
  }

  private func source(
    of fields: [String: String], section: String
  ) throws(CredentialFailure) -> any CredentialSource {
    func optional(_ key: String) -> String? { fields[key].flatMap { $0.isEmpty ? nil : $0 } }
    func required(_ key: String) throws(CredentialFailure) -> String {
      guard let value = optional(key) else {
        throw CredentialFailure(Self.name, "section [\(section)] has no \(key)")
      }
      return value
    }
    func key() throws(CredentialFailure) -> FixedCredentials {
      FixedCredentials(
        Credentials(
          accessKeyID: try required("access_key_id"),
          accessKeySecret: RedactedSecret(try required("access_key_secret"))))
    }
    func role() throws(CredentialFailure) -> AssumedRole {
      try AssumedRole(
        arn: try required("role_arn"),
        sessionName: optional("role_session_name") ?? surroundings.sessionName,
        durationSeconds: optional("duration_seconds").flatMap { Int($0) } ?? 3600,
        policy: optional("policy"), externalID: optional("external_id"),
        stsRegionID: optional("sts_region"),
        network: optional("enable_vpc")?.lowercased() == "true" ? .vpc : .public, source: Self.name)
    }
    let type = try required("type")
    switch type {
    case "access_key": return try key()
    case "ram_role_arn": return try role().source(for: try key(), surroundings)
    case "oidc_role_arn":
      let oidc = AssumedRole.OIDC(
        providerARN: try required("oidc_provider_arn"), tokenFile: try required("oidc_token_file_path"))
      return try role().source(for: oidc, surroundings)
    case "ecs_ram_role":
      return MetadataCredentials(roleName: optional("role_name"), surroundings: surroundings).source
    default:
      throw CredentialFailure(
        Self.name,
        "section [\(section)] has type \(type), which is not supported; supported are "
          + "access_key, ram_role_arn, oidc_role_arn and ecs_ram_role")
    }
  }

  /// Reads `[section]` and `key = value` lines; what follows `#` in a value is dropped, as the SDKs do.
  static func sections(of text: String) -> [String: [String: String]] {
    var result: [String: [String: String]] = [:]
    var section = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = trimmed(line)
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        section = trimmed(line.dropFirst().dropLast())
        result[section] = result[section] ?? [:]
      } else if let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let value = line[line.index(after: mark)...].prefix { $0 != "#" }
        result[section, default: [:]][trimmed(line[..<mark]).lowercased()] = trimmed(value)
      }
    }
    return result
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(String(start.reversed()).drop(while: \.isWhitespace).reversed())
  }
}
