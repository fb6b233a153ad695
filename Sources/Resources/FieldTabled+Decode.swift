// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// Reads the fields of one kind of resource out of a manifest's `spec`.
///
/// A node that still has its tag, `!file` or `!var`, is one whose value could not be had: its field counts as given,
/// and nothing is said about it here.
public struct FieldDecoder {
  /// The file that the nodes are from.
  public let file: String
  /// The places of values that came from sensitive variables.
  public let sensitive: Set<SourceRange>
  /// What messages put before the names of fields: empty, or the element of a list with a dot.
  var within = ""

  /// A decoder for nodes of `file`.
  public init(file: String, sensitive: Set<SourceRange> = []) {
    self.file = file
    self.sensitive = sensitive
  }

  /// Reads `spec` by the table of `Root`.
  ///
  /// - Parameters:
  ///   - sugar: Keys at the top of `spec` that others read.
  ///   - provenance: Takes the place of each field.
  ///   - problems: Takes unknown fields and wrong types; rules of the service are checked elsewhere.
  public func decode<Root: FieldTabled>(
    _ spec: Node, as root: Root.Type, sugar: Set<String> = [], provenance: inout Provenance,
    into problems: inout Problems
  ) -> Root {
    var resource = Root()
    decode(
      spec, prefix: "", what: within.isEmpty ? "spec" : String(within.dropLast()), into: &resource,
      sugar: sugar, provenance: &provenance,
      problems: &problems)
    return resource
  }

  /// Whether a value from a sensitive variable stands in `node`.
  public func holdsSensitive(_ node: Node) -> Bool {
    guard !sensitive.isEmpty else { return false }
    if sensitive.contains(node.range) { return true }
    switch node.content {
    case .scalar: return false
    case .sequence(let elements): return elements.contains(where: holdsSensitive)
    case .mapping(let entries): return entries.contains { holdsSensitive($0.value) }
    }
  }

  private func decode<Root: FieldTabled>(
    _ node: Node, prefix: String, what: String, into resource: inout Root, sugar: Set<String>,
    provenance: inout Provenance, problems: inout Problems
  ) {
    guard case .mapping(let entries) = node.content else {
      guard !node.isNull else { return }
      provenance.unreadable.formUnion(
        prefix.isEmpty ? Root.fields.map(\.name) : [String(prefix.dropLast())])
      if node.tag == nil { problems.report(.wrongType(what, "a mapping", node, in: file)) }
      return
    }
    if prefix.isEmpty { provenance.fields.reserveCapacity(entries.count + 8) }
    for entry in entries {
      let name = prefix + entry.key
      if let field = Root.names.place(of: name).map({ Root.fields[$0] }) {
        provenance.fields[name] = Location(file: file, range: entry.value.range)
        guard !entry.value.isNull else { continue }
        if holdsSensitive(entry.value) { provenance.sensitive.insert(name) }
        let value = value(
          of: entry.value, shape: field.shape, name: name, provenance: &provenance, problems: &problems)
        if let value { field.write(&resource, value) } else { provenance.unreadable.insert(name) }
      } else if Root.names.hasGroup(name) {
        provenance.fields[name] = Location(file: file, range: entry.value.range)
        decode(
          entry.value, prefix: name + ".", what: within + name, into: &resource, sugar: [],
          provenance: &provenance,
          problems: &problems)
      } else if !sugar.contains(name) {
        let known = Root.fields.compactMap { $0.name.member(under: prefix) } + sugar
        problems.report(
          .unknownField(entry.key, known: known, at: Location(file: file, range: entry.keyRange)))
        // That the field which is likely meant is not there would be the same mistake, told twice.
        if let meant = entry.key.nearest(among: known) { provenance.unreadable.insert(prefix + meant) }
      }
    }
  }
}

extension String {
  /// The part of a dotted name that stands right under `prefix`.
  fileprivate func member(under prefix: String) -> String? {
    guard hasPrefix(prefix) else { return nil }
    return dropFirst(prefix.count).split(separator: ".").first.map(String.init)
  }
}
