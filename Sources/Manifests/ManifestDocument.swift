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
    reportUnlikely(root, file: file, into: &problems)
    return []
  }
  let apiVersion = root["apiVersion"]?.scalar?.text
  let kind = root["kind"]?.scalar?.text
  if kind == "List", apiVersion == "v1" || apiVersion == ManifestDocument.apiVersion {
    guard case .sequence(let items)? = root["items"]?.content else {
      let place = Location(file: file, range: (root["items"] ?? root).range)
      problems.report(
        root["items"].map { $0.isNull } ?? true
          ? .missingField("items", at: place) : .wrongType("items", expected: "a list", at: place))
      return []
    }
    return items.flatMap { manifestDocuments(in: $0, file: file, into: &problems) }
  }
  guard isOurs(root, apiVersion: apiVersion, kind: kind, file: file, into: &problems) else { return [] }
  return ManifestDocument(root, file: file, into: &problems).map { [$0] } ?? []
}

/// A document that is no mapping is no manifest: a mistake only where it holds one of ours.
private func reportUnlikely(_ root: Node, file: String, into problems: inout Problems) {
  let place = Location(file: file, range: root.range)
  if case .sequence(let elements) = root.content,
    let ours = elements.first(where: { $0["apiVersion"]?.scalar?.text == ManifestDocument.apiVersion })
  {
    problems.report(
      .wrongType(
        "a manifest", expected: "a mapping, not part of a list", at: Location(file: file, range: ours.range),
        hint: "separate manifests with lines ---, or make it a kind: List"))
  } else {
    problems.report(.foreign("it is no mapping", at: place))
  }
}

private func isOurs(
  _ root: Node, apiVersion: String?, kind: String?, file: String, into problems: inout Problems
) -> Bool {
  if apiVersion == ManifestDocument.apiVersion { return true }
  // A plan that `--out` has put into the folder is no surprise to anybody.
  if root["format_version"] != nil, root["kiln_version"] != nil { return false }
  let place = Location(file: file, range: (root["apiVersion"] ?? root).range)
  let isOurKind = kind.map { ManifestKind(rawValue: $0) != nil } ?? false
  switch apiVersion {
  case let version? where version.hasPrefix(ManifestDocument.group):
    problems.report(
      Diagnostic(
        .error, rule: "unknown-api-version", "this Kiln does not know apiVersion \(version)", at: place,
        hint: "it knows \(ManifestDocument.apiVersion)"))
  case let version? where isOurKind && version.nearest(among: [ManifestDocument.apiVersion]) != nil:
    problems.report(
      Diagnostic(
        .error, rule: "unknown-api-version", "unknown apiVersion \(version)", at: place,
        hint: "did you mean \(ManifestDocument.apiVersion)?"))
  case nil where isOurKind:
    problems.report(
      Diagnostic(
        .error, rule: "missing-field", "apiVersion is required",
        at: Location(file: file, at: root.range.start), hint: "apiVersion: \(ManifestDocument.apiVersion)"))
  default:
    problems.report(
      .foreign(apiVersion.map { "apiVersion \($0) is not Kiln's" } ?? "it has no apiVersion", at: place))
  }
  return false
}

extension Diagnostic {
  fileprivate static func foreign(_ reason: String, at place: Location) -> Diagnostic {
    let isSmall = place.range.start.line == place.range.end.line
    return Diagnostic(
      .note, rule: "foreign-document", "passed over: \(reason)",
      at: isSmall ? place : Location(file: place.file, at: place.range.start))
  }
}

extension ManifestDocument {
  fileprivate init?(_ root: Node, file: String, into problems: inout Problems) {
    guard let reader = MappingReader(root, what: "", file: file, into: &problems) else { return nil }
    reader.rejectUnknown(ManifestGrammar.documentKeys, into: &problems)
    let kind = ManifestDocument.kind(reader, into: &problems)
    guard reader["metadata"] != nil else {
      reader.reportMissing("metadata", into: &problems)
      return nil
    }
    guard let name = ManifestDocument.name(reader, into: &problems), let kind else { return nil }
    let spec = reader["spec"] ?? Node(.mapping([]), range: name.place.range)
    self.init(file: file, kind: kind, name: name.text, nameLocation: name.place, spec: spec)
  }

  private static func kind(_ reader: MappingReader, into problems: inout Problems) -> ManifestKind? {
    guard let text = reader.required("kind", into: &problems) else { return nil }
    if let kind = ManifestKind(rawValue: text) { return kind }
    let known = ManifestKind.allCases.map(\.rawValue)
    let hint = text.nearest(among: known).map { "did you mean \($0)?" }
    problems.report(
      Diagnostic(
        .error, rule: "unknown-kind", "unknown kind \(text)", at: reader.location(of: "kind"),
        hint: hint ?? "kinds are \(known.joined(separator: ", ")) and List"))
    return nil
  }

  private static func name(
    _ reader: MappingReader, into problems: inout Problems
  ) -> (text: String, place: Location)? {
    guard let node = reader["metadata"],
      let metadata = MappingReader(node, what: "metadata", file: reader.file, into: &problems)
    else { return nil }
    metadata.rejectUnknown(ManifestGrammar.metadata.names, into: &problems)
    guard let name = metadata.required("name", into: &problems) else { return nil }
    let place = metadata.location(of: "name")
    guard Address.isName(name) else {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value",
          "metadata.name must have 1 to 100 characters, without spaces, / and @",
          at: place))
      return nil
    }
    return (name, place)
  }
}
