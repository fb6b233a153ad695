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
  @specialized(where Root == ImageComponent)
  @specialized(where Root == ImagePipeline)
  public func decode<Root: FieldTabled>(
    _ spec: Node, as root: Root.Type, sugar: [String] = [], provenance: inout Provenance,
    into problems: inout Problems
  ) -> Root {
    var resource = Root()
    decode(
      spec, Root.names, into: &resource, sugar: sugar, provenance: &provenance, problems: &problems)
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

  /// Reads the mapping `node`, whose keys are those of `level`.
  private func decode<Root: FieldTabled>(
    _ node: Node, _ level: FieldNames, into resource: inout Root, sugar: [String],
    provenance: inout Provenance, problems: inout Problems
  ) {
    guard case .mapping(let entries) = node.content else {
      guard !node.isNull else { return }
      provenance.unreadable.formUnion(level.name.isEmpty ? Root.fields.map(\.name) : [level.name])
      guard node.tag == nil else { return }
      let what = level.name.isEmpty ? String(within.dropLast()) : within + level.name
      return problems.report(.wrongType(what.isEmpty ? "spec" : what, "a mapping", node, in: file))
    }
    if level.name.isEmpty { provenance.fields.reserveCapacity(entries.count + 8) }
    // By index, since to hold a row would touch its count of references, about which all cores would quarrel.
    let fields = Root.fields
    for index in entries.indices {
      let key = entries[index].key
      let node = entries[index].value
      switch level[key] {
      case .row(let place):
        provenance.fields.append(fields[place].name, at: node.range)
        if node.isNull { continue }
        if !sensitive.isEmpty, holdsSensitive(node) { provenance.sensitive.insert(fields[place].name) }
        let value = value(
          of: node, shape: fields[place].shape, name: fields[place].name, provenance: &provenance,
          problems: &problems)
        if let value {
          fields[place].write(&resource, value)
        } else {
          provenance.unreadable.insert(fields[place].name)
        }
      case .group(let group):
        provenance.fields.append(group.name, at: node.range)
        decode(
          node, group, into: &resource, sugar: [], provenance: &provenance,
          problems: &problems)
      case nil:
        if sugar.contains(key) { continue }
        reportUnknown(
          entries[index], among: Root.fields.compactMap { $0.name.member(under: level) } + sugar, level,
          &provenance, &problems)
      }
    }
  }

  private func reportUnknown(
    _ entry: Node.Entry, among known: [String], _ level: FieldNames, _ provenance: inout Provenance,
    _ problems: inout Problems
  ) {
    problems.report(
      .unknownField(entry.key, known: known, at: Location(file: file, range: entry.keyRange)))
    // That the field which is likely meant is not there would be the same mistake, told twice.
    if let meant = entry.key.nearest(among: known) {
      provenance.unreadable.insert(level.name.isEmpty ? meant : "\(level.name).\(meant)")
    }
  }
}

extension String {
  /// The part of a dotted name that stands right under `level`.
  fileprivate func member(under level: FieldNames) -> String? {
    if level.name.isEmpty { return split(separator: ".").first.map(String.init) }
    guard hasPrefix(level.name + ".") else { return nil }
    return dropFirst(level.name.count + 1).split(separator: ".").first.map(String.init)
  }
}
