// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// The kinds of manifest.
enum ManifestKind: String, CaseIterable {
  case component = "ImageComponent"
  case pipeline = "ImagePipeline"
  case stack = "Stack"
}

/// One document of ours, its spec still as nodes.
struct ManifestDocument {
  static let apiVersion = "kiln.imagebuilder/v1alpha1"
  static let group = "kiln.imagebuilder/"

  let file: String
  let kind: ManifestKind
  let name: String
  let nameLocation: Location
  let spec: Node
}

/// The documents of ours in one YAML document: itself, or the items of a `List`.
func manifestDocuments(
  in root: Node, file: String, into problems: inout Problems
) -> [ManifestDocument] {
  if root.isNull { return [] }
  guard case .mapping = root.content else {
    problems.report(
      .wrongType("a manifest", expected: "a mapping", at: Location(file: file, range: root.range)))
    return []
  }
  let apiVersion = root["apiVersion"]?.scalar?.text
  let kind = root["kind"]?.scalar?.text
  if kind == "List", apiVersion == "v1" || apiVersion == ManifestDocument.apiVersion {
    guard case .sequence(let items)? = root["items"]?.content else {
      problems.report(.missingField("items", at: Location(file: file, range: root.range)))
      return []
    }
    return items.flatMap { manifestDocuments(in: $0, file: file, into: &problems) }
  }
  guard isOurs(root, apiVersion: apiVersion, kind: kind, file: file, into: &problems) else { return [] }
  return ManifestDocument(root, file: file, into: &problems).map { [$0] } ?? []
}

private func isOurs(
  _ root: Node, apiVersion: String?, kind: String?, file: String, into problems: inout Problems
) -> Bool {
  if apiVersion == ManifestDocument.apiVersion { return true }
  let place = Location(file: file, range: (root["apiVersion"] ?? root).range)
  if let apiVersion, apiVersion.hasPrefix(ManifestDocument.group) {
    problems.report(
      Diagnostic(
        .error, rule: "unknown-api-version", "this Kiln does not know apiVersion \(apiVersion)", at: place,
        hint: "it knows \(ManifestDocument.apiVersion)"))
    return false
  }
  if apiVersion == nil, let kind, ManifestKind(rawValue: kind) != nil {
    problems.report(
      Diagnostic(
        .error, rule: "missing-field", "apiVersion is required",
        at: Location(file: file, at: root.range.start), hint: "apiVersion: \(ManifestDocument.apiVersion)"))
    return false
  }
  problems.report(
    Diagnostic(
      .note, rule: "foreign-document",
      "passed over: \(apiVersion.map { "apiVersion \($0)" } ?? "no apiVersion") is not Kiln's",
      at: Location(file: file, at: place.range.start)))
  return false
}

extension ManifestDocument {
  fileprivate init?(_ root: Node, file: String, into problems: inout Problems) {
    guard let reader = MappingReader(root, what: "manifest", file: file, into: &problems) else { return nil }
    reader.rejectUnknown(["apiVersion", "kind", "metadata", "spec", "status"], into: &problems)
    guard let kindText = reader.required("kind", into: &problems) else { return nil }
    guard let kind = ManifestKind(rawValue: kindText) else {
      let known = ManifestKind.allCases.map(\.rawValue)
      let hint = kindText.nearest(among: known).map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "unknown-kind", "unknown kind \(kindText)", at: reader.location(of: "kind"),
          hint: hint ?? "kinds are \(known.joined(separator: ", ")) and List"))
      return nil
    }
    guard let metadataNode = reader["metadata"] else {
      problems.report(.missingField("metadata", at: Location(file: file, range: root.range)))
      return nil
    }
    guard
      let metadata = MappingReader(metadataNode, what: "metadata", file: file, into: &problems)
    else { return nil }
    metadata.rejectUnknown(
      [
        "name", "namespace", "labels", "annotations", "uid", "generation", "creationTimestamp",
        "resourceVersion", "managedFields",
      ], into: &problems)
    guard let name = metadata.required("name", into: &problems) else { return nil }
    let place = metadata.location(of: "name")
    if name.unicodeScalars.count > 100 || name.isEmpty || name.contains("/") || name.contains("@") {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value", "metadata.name must have 1 to 100 characters, without / and @",
          at: place))
      return nil
    }
    let spec = reader["spec"] ?? Node(.mapping([]), range: metadataNode.range)
    self.init(file: file, kind: kind, name: name, nameLocation: place, spec: spec)
  }
}
