// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A target's patch, files and variables put in, ready to be merged.
///
/// Its nodes stand in the stack's file, but become part of a tree from another file. So that each keeps its place, their
/// lines are moved beyond any that a file has, and places are led back when all has been read.
struct PreparedPatch: Sendable {
  let kind: ResourceKind
  let name: String
  private let spec: Node
  /// Where values of sensitive variables stand.
  let sensitive: Set<SourceRange>
  /// Where values of variables stand.
  let variableUses: Set<SourceRange>
  /// Where texts of files stand, and the files as messages show them.
  let files: [SourceRange: String]
  private let file: String

  init(_ patch: Patch, stack: Stack, expandedBy expansion: Expansion, into problems: inout Problems) {
    kind = patch.kind
    name = patch.name
    file = stack.location.file
    var expansion = expansion
    spec = expansion.expand(patch.spec, into: &problems).movedBeyond
    sensitive = Set(expansion.sensitive.map(\.movedBeyond))
    variableUses = Set(expansion.variableUses.map(\.movedBeyond))
    files = Dictionary(
      uniqueKeysWithValues: expansion.files.map { ($0.key.movedBeyond, $0.value) })
  }

  /// `spec` with the patch merged into it.
  func applied(to spec: Node) -> Node { spec.merged(with: self.spec) }

  /// `location`, led back to the stack's file when it is beyond all lines.
  func ledBack(_ location: Location) -> Location {
    location.range.isBeyond ? Location(file: file, range: location.range.movedBack) : location
  }

  /// `diagnostic` with its places led back.
  func ledBack(_ diagnostic: Diagnostic) -> Diagnostic { diagnostic.withPlaces(ledBack) }
}

extension SourceRange {
  /// More lines than a file of the greatest size has.
  private static let beyond = 1 << 30

  /// Whether the place is one of a patch, beyond all lines of the manifest's file.
  var isBeyond: Bool { Int(start.line) > SourceRange.beyond }
  fileprivate var movedBeyond: SourceRange { moved(by: SourceRange.beyond) }
  fileprivate var movedBack: SourceRange { moved(by: -SourceRange.beyond) }

  private func moved(by lines: Int) -> SourceRange {
    func moved(_ mark: Mark) -> Mark { Mark(line: Int(mark.line) + lines, column: Int(mark.column)) }
    return SourceRange(moved(start), moved(end))
  }
}

extension Node {
  fileprivate var movedBeyond: Node {
    let content: Content =
      switch content {
      case .scalar(let scalar): .scalar(scalar)
      case .sequence(let elements): .sequence(elements.map(\.movedBeyond))
      case .mapping(let entries):
        .mapping(
          entries.map { Entry(key: $0.key, keyRange: $0.keyRange.movedBeyond, value: $0.value.movedBeyond) })
      }
    return Node(content, tag: tag, range: range.movedBeyond)
  }

  /// The node with `patch` merged into it: mappings key by key, null removes, all else replaces (RFC 7396).
  func merged(with patch: Node) -> Node {
    guard case .mapping(let changes) = patch.content else { return patch }
    var entries: [Entry] = []
    if case .mapping(let existing) = content { entries = existing }
    for change in changes {
      let index = entries.firstIndex { $0.key == change.key }
      if change.value.isNull {
        if let index { entries.remove(at: index) }
      } else if let index {
        let old = entries[index]
        let value = old.value.merged(with: change.value)
        entries[index] = Entry(
          key: change.key, keyRange: old.value.isMapping ? old.keyRange : change.keyRange, value: value)
      } else {
        let empty = Node(.mapping([]), range: change.value.range)
        entries.append(
          Entry(key: change.key, keyRange: change.keyRange, value: empty.merged(with: change.value)))
      }
    }
    return Node(.mapping(entries), range: isMapping ? range : patch.range)
  }

  private var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }
}
