// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Reads what one manifest describes.
struct ManifestReader {
  let document: ManifestDocument
  /// The manifest's spec, with files, variables and patches put in.
  let spec: Node
  let expansion: Expansion
  /// What holds for resources whose manifests don't say otherwise.
  let defaults: Lifecycle
  /// Whether nothing of the document was lost as YAML: then what it lacks can be told.
  let isIntact: Bool
  let decoder: FieldDecoder
  /// Where what has been read so far stands.
  var provenance: Provenance

  init(
    _ document: ManifestDocument, spec: Node, expandedBy expansion: Expansion, defaults: Lifecycle,
    isIntact: Bool
  ) {
    self.document = document
    self.spec = spec
    self.expansion = expansion
    self.defaults = defaults
    self.isIntact = isIntact
    decoder = FieldDecoder(file: document.file, sensitive: expansion.sensitive)
    provenance = Provenance(location: document.nameLocation)
  }

  /// Reads the component or pipeline; nil with a report when the manifest can't be used.
  mutating func described(linter: inout ContentLinter, into problems: inout Problems) -> DescribedResource? {
    switch document.kind {
    case .stack: nil
    case .component: component(linter: &linter, into: &problems).map(DescribedResource.component)
    case .pipeline: pipeline(linter: &linter, into: &problems)
    }
  }

  /// The place of `range` in the manifest's file.
  func location(of range: SourceRange) -> Location { Location(file: document.file, range: range) }

  /// Reads `lifecycle:`.
  func lifecycle(into problems: inout Problems) -> Lifecycle {
    guard let node = spec["lifecycle"], !node.isNull else { return defaults }
    return Lifecycle(node, file: document.file, isExpanded: true, elsewhere: defaults, into: &problems)
  }

  /// Takes `node`, the value of `key`, for where the content of the field `field` stands; reports one that is given both ways.
  mutating func noteContent(_ field: String, under key: String, _ node: Node, into problems: inout Problems) {
    if let content = provenance.fields[field], let range = spec.keyRange(of: key) {
      problems.report(
        Diagnostic(
          .error, rule: "two-contents", "\(key) and \(field) can't both be given", at: location(of: range),
          related: [Diagnostic.Related("\(field) is here", at: content)]))
    }
    provenance.fields[field] = location(of: node.range)
  }
}

extension ManifestDocument {
  /// Reads a component or pipeline; nil with a report when the manifest can't be used.
  func described(
    expandedBy expansion: inout Expansion, patches: [PreparedPatch], lifecycle: Lifecycle,
    isIntact: Bool, linter: inout ContentLinter, into problems: inout Problems
  ) -> DescribedResource? {
    // The stack's own document is read elsewhere.
    if kind == .stack { return nil }
    var spec = expansion.expand(spec, into: &problems)
    let patches = patches.filter { $0.kind.manifestKind == kind.rawValue && $0.name == name }
    for patch in patches {
      spec = patch.applied(to: spec)
      expansion.absorb(patch)
    }
    var reader = ManifestReader(
      self, spec: spec, expandedBy: expansion, defaults: lifecycle, isIntact: isIntact)
    guard let patch = patches.first else { return reader.described(linter: &linter, into: &problems) }
    var found = Problems()
    var inner = ContentLinter(linter.policy)
    let resource = reader.described(linter: &inner, into: &found)
    linter.absorb(inner.notes, patchedBy: patch)
    problems.report(contentsOf: found.diagnostics.map(patch.ledBack))
    return resource?.withPlaces(patch.ledBack)
  }
}
