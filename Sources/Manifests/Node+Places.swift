// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

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
