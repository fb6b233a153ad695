// SPDX-License-Identifier: Apache-2.0

/// One line of a difference between two texts.
enum DiffLine: Hashable {
  case same(Substring)
  case removed(Substring)
  case added(Substring)
  /// This many equal lines were left out.
  case skipped(Int)
}

/// Past this many lines the shortest difference would take too long: all old and all new lines are shown.
private let longestText = 4_000

/// The difference between two texts, with `context` equal lines around each change.
///
/// A text that is nil has no lines; an empty one has one.
func lineDiff(from before: String?, to after: String?, context: Int = 2) -> [DiffLine] {
  let old = before?.withUnixLineEnds.split(separator: "\n", omittingEmptySubsequences: false) ?? []
  let new = after?.withUnixLineEnds.split(separator: "\n", omittingEmptySubsequences: false) ?? []
  guard old.count <= longestText, new.count <= longestText else {
    return old.map(DiffLine.removed) + new.map(DiffLine.added)
  }
  var removed = Set<Int>(), added = Set<Int>()
  for change in new.difference(from: old) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): added.insert(offset)
    }
  }
  var lines: [DiffLine] = []
  var oldIndex = 0, newIndex = 0
  while oldIndex < old.count || newIndex < new.count {
    if oldIndex < old.count, removed.contains(oldIndex) {
      lines.append(.removed(old[oldIndex]))
      oldIndex += 1
    } else if newIndex < new.count, added.contains(newIndex) {
      lines.append(.added(new[newIndex]))
      newIndex += 1
    } else {
      lines.append(.same(new[newIndex]))
      oldIndex += 1
      newIndex += 1
    }
  }
  return collapsed(lines, context: context)
}

private func collapsed(_ lines: [DiffLine], context: Int) -> [DiffLine] {
  var isShown = Array(repeating: false, count: lines.count)
  for (index, line) in lines.enumerated() {
    if case .same = line { continue }
    for near in max(0, index - context)...min(lines.count - 1, index + context) { isShown[near] = true }
  }
  var result: [DiffLine] = []
  var skipped = 0
  for (index, line) in lines.enumerated() {
    if isShown[index] {
      if skipped > 0 { result.append(.skipped(skipped)) }
      skipped = 0
      result.append(line)
    } else {
      skipped += 1
    }
  }
  if skipped > 0 { result.append(.skipped(skipped)) }
  return result
}

extension String {
  /// The text with its CR LF as LF, which Swift takes for different characters.
  var withUnixLineEnds: String { replacing("\r\n", with: "\n") }
}
