// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax
import Resources

/// A sensitive value that a saved plan is about: named, and known by a digest only.
public struct SavedSecret: Hashable, Sendable {
  /// The variable's name.
  public let name: String
  /// The digest over name, value and the time of the plan, so that equal values of two plans look unlike.
  public let digest: String

  init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }

  init(_ name: String, value: String, salt: String) {
    var canonical = CanonicalBytes()
    for part in [salt, name, value] { canonical.append(part) }
    self.init(name: name, digest: SpecDigest(over: canonical).text)
  }
}

extension SavedPlan {
  /// The plan as JSON, each of `secrets`, values by the variables' names, replaced by a placeholder.
  ///
  /// - Throws: ``SavedPlanFailure`` where a sensitive value became part of a text in such a way that it can't be
  ///   told where it stands: then nothing may be written.
  public func json(hiding secrets: [String: String]) throws(SavedPlanFailure) -> JSONValue {
    let json = json
    guard plan.changes.contains(where: { $0.after?.sensitive.isEmpty == false }) else { return json }
    let masking = Masking(secrets)
    var changes = json["kiln"]?["changes"]?.array ?? []
    for (index, change) in plan.changes.enumerated() {
      guard let after = change.after, !after.sensitive.isEmpty, case .object(var members) = changes[index]
      else { continue }
      for field in after.sensitive.sorted() where !masking.finds(field, in: after) {
        throw SavedPlanFailure(
          "\(field) of \(change.address) holds a sensitive value in a form that can't be taken out again")
      }
      for name in ["after", "update"] {
        members[name] = members[name]?.mappingTexts { masking.masked($0).text }
      }
      changes[index] = .object(members)
    }
    if let name = masking.leak(in: changes) {
      throw SavedPlanFailure("the value of the sensitive variable \(name) would stand in the file")
    }
    let listed = masking.names(in: changes).sorted().map { name -> JSONValue in
      let secret = SavedSecret(name, value: secrets[name] ?? "", salt: binding.createdAt)
      return ["name": .string(secret.name), "digest": .string(secret.digest)]
    }
    return json.withKiln(["changes": .array(changes), "sensitive": .array(listed)])
  }

  /// The sensitive values that the plan in `json` must be given before it can be carried out.
  public static func secrets(of json: JSONValue) -> [SavedSecret] {
    (json["kiln"]?["sensitive"]?.array ?? []).compactMap { secret in
      guard let name = secret["name"]?.string, let digest = secret["digest"]?.string else { return nil }
      return SavedSecret(name: name, digest: digest)
    }
  }

  /// The plan in `json` with the sensitive values put back.
  ///
  /// - Parameter value: Gives a variable's value; nil where nobody has given one.
  /// - Throws: ``SavedPlanFailure`` where a value is missing, or is not the one that the plan was made with.
  public static func revealed(
    _ json: JSONValue, _ value: (String) -> String?
  ) throws(SavedPlanFailure) -> JSONValue {
    let secrets = secrets(of: json)
    guard !secrets.isEmpty else { return json }
    var values: [String: String] = [:]
    for secret in secrets {
      guard let given = value(secret.name) else {
        throw SavedPlanFailure(
          "variable \(secret.name) is sensitive, so its value is asked for again: "
            + "give it with --var \(secret.name)=..., KILN_VAR_\(secret.name) or --var-file")
      }
      guard SavedSecret(secret.name, value: given, salt: json["timestamp"]?.string ?? "") == secret else {
        throw SavedPlanFailure("variable \(secret.name) has not the value that the plan was made with")
      }
      values[secret.name] = given
    }
    let changes = json["kiln"]?["changes"] ?? []
    return json.withKiln(["changes": changes.mappingTexts { MaskedText(masked: $0).revealed(values) }])
  }
}

/// Takes sensitive values out of texts.
private struct Masking {
  /// The longest first, so that one which holds another is found whole.
  private let secrets: [(name: String, value: String)]

  init(_ secrets: [String: String]) {
    self.secrets = secrets.filter { !$0.value.isEmpty }
      .sorted { ($1.value.utf8.count, $0.key) < ($0.value.utf8.count, $1.key) }.map { ($0.key, $0.value) }
  }

  func masked(_ text: String) -> MaskedText {
    var masked = MaskedText(text)
    for (name, value) in secrets {
      // A value of several lines stands indented in what is rendered as YAML.
      for indent in value.contains("\n") ? [0] + stride(from: 2, through: 24, by: 2) : [0] {
        masked.mask(Placeholder(name: name, indent: indent), value)
      }
    }
    return masked
  }

  /// Whether a sensitive value stands in `field` as it is.
  func finds(_ field: String, in planned: PlannedResource) -> Bool {
    var texts: [String] = []
    if field == "buildContent", let build = planned.build { texts.append(build.rendered(\.name)) }
    if field == "testContent", let test = planned.test { texts.append(test.rendered(\.name)) }
    let values = planned.resource.manifestValues(hiding: [])
    let value = field.split(separator: ".").reduce(values) { $0[String($1)] ?? .null }
    _ = value.mappingTexts { text in
      texts.append(text)
      return text
    }
    return texts.contains { !masked($0).names.isEmpty }
  }

  func names(in changes: [JSONValue]) -> Set<String> {
    var names = Set<String>()
    _ = JSONValue.array(changes).mappingTexts { text in
      names.formUnion(MaskedText(masked: text).names)
      return text
    }
    return names
  }

  /// The variable of whose value a line that tells something is left.
  func leak(in changes: [JSONValue]) -> String? {
    var found: String?
    _ = JSONValue.array(changes).mappingTexts { text in
      for plain in MaskedText(masked: text).plainParts {
        found =
          found
          ?? secrets.first { secret in
            secret.value.split(whereSeparator: \.isNewline).contains { $0.count >= 6 && plain.holds($0) }
          }?.name
      }
      return text
    }
    return found
  }
}

extension JSONValue {
  /// A saved plan with other members under `kiln`.
  fileprivate func withKiln(_ members: [String: JSONValue]) -> JSONValue {
    var whole = object ?? [:]
    whole["kiln"] = .object((whole["kiln"]?.object ?? [:]).merging(members) { _, new in new })
    return .object(whole)
  }
}
