// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension ManifestDocument {
  /// Tells what the service would refuse in `resource`, each breach at the smallest place that has it.
  func report<Root: FieldTabled>(
    _ resource: Root, tags: [String: String], _ spec: Node, _ provenance: Provenance, _ isIntact: Bool,
    into problems: inout Problems
  ) {
    let crowded = checkTags(tags, spec, provenance, into: &problems)
    for violation in resource.violations {
      guard isIntact || provenance.fields[violation.field] != nil, provenance.isReadable(violation.field),
        !(crowded && violation.field == "tags")
      else { continue }
      let place = spec.range(of: violation.field, isTag: Root.isTag(violation.field))
        .map { Location(file: file, range: $0) }
      problems.report(.refusedValue(violation, at: place ?? provenance.place(of: violation.field)))
    }
  }

  /// Tells of tags that would get in the way of Kiln's own; whether there are too many of them.
  private func checkTags(
    _ tags: [String: String], _ spec: Node, _ provenance: Provenance, into problems: inout Problems
  ) -> Bool {
    for key in tags.keys.filter({ $0.hasPrefix(OwnershipTags.prefix) }).sorted() {
      let place = spec.range(of: "tags.\(key)", isTag: true).map { Location(file: file, range: $0) }
      problems.report(
        Diagnostic(
          .error, rule: "reserved-tag", "the tag \(key) is Kiln's own",
          at: place ?? provenance.place(of: "tags"),
          hint: "choose a key that does not begin with \(OwnershipTags.prefix)"))
    }
    guard tags.count > OwnershipTags.userTagLimit else { return false }
    problems.report(
      Diagnostic(
        .error, rule: "too-many-tags",
        "there are \(tags.count) tags; \(OwnershipTags.userTagLimit) are possible",
        at: provenance.place(of: "tags"),
        hint: "the service allows 20 (NumberExceed.Tags), of which Kiln keeps six for itself"))
    return true
  }
}

extension FieldTabled {
  /// Whether `path` names one tag of a field that holds tags.
  fileprivate static func isTag(_ path: String) -> Bool {
    fields.contains { $0.shape == .pairs && path.hasPrefix($0.name + ".") }
  }
}

extension Node {
  /// Whether a value in the node could not be had, so that its tag is left.
  var holdsTag: Bool {
    if tag != nil { return true }
    switch content {
    case .scalar: return false
    case .sequence(let elements): return elements.contains(where: \.holdsTag)
    case .mapping(let entries): return entries.contains { $0.value.holdsTag }
    }
  }

  /// Where `key` stands, when the node is a mapping that has it.
  func keyRange(of key: String) -> SourceRange? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.keyRange
  }

  /// Where the thing stands that a rule calls `path`: `tags.team`, `toRegionIds[2]`,
  /// `importImageOptions.diskDeviceMappings[0].format`.
  func range(of path: String, isTag: Bool = false) -> SourceRange? {
    range(of: path[...], isTag)
  }

  /// The place of `path`, nil for the node itself; an empty path is the empty key.
  private func range(of path: Substring?, _ isTag: Bool) -> SourceRange? {
    guard let path else { return range }
    switch content {
    case .scalar: return nil
    case .sequence(let elements):
      if path.first == "[", let end = path.firstIndex(of: "]"),
        let index = Int(path[path.index(after: path.startIndex)..<end]), elements.indices.contains(index)
      {
        return elements[index].range(of: path[path.index(after: end)...].rest, isTag)
      }
      return elements.first { $0["key"]?.scalar?.text[...] == path }?.range
    case .mapping(let entries):
      // Keys of tags may have dots in them: the longest key that fits is meant.
      let fitting = entries.filter { path.hasPrefix($0.key) && path.dropFirst($0.key.count).beginsPart }
      guard let entry = fitting.max(by: { $0.key.count < $1.key.count }) else { return nil }
      let rest = path.dropFirst(entry.key.count).rest
      guard rest == nil, isTag else { return entry.value.range(of: rest, isTag) }
      let end = entry.value.range.end
      return end.line == entry.keyRange.start.line && !(end < entry.keyRange.end)
        ? SourceRange(entry.keyRange.start, end) : entry.keyRange
    }
  }
}

extension Substring {
  fileprivate var beginsPart: Bool { isEmpty || first == "." || first == "[" }
  /// What follows a part of a path.
  fileprivate var rest: Substring? { isEmpty ? nil : first == "." ? dropFirst() : self }
}
