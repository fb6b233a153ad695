// SPDX-License-Identifier: Apache-2.0

/// One line of two texts that are laid beside each other.
enum AlignedLine<Line: Hashable>: Hashable {
  case same(Line)
  case removed(Line)
  case added(Line)
}

/// Past this many lines the shortest difference would take too long: all old and all new lines are shown.
private let longestText = 4_000

/// The lines of two texts in one order, with as few removed and added ones as can be.
func aligned<Line: Hashable>(_ old: [Line], with new: [Line]) -> [AlignedLine<Line>] {
  guard old.count <= longestText, new.count <= longestText else {
    return old == new ? new.map { .same($0) } : old.map { .removed($0) } + new.map { .added($0) }
  }
  var removed = Set<Int>(), added = Set<Int>()
  for change in new.difference(from: old) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): added.insert(offset)
    }
  }
  var lines: [AlignedLine<Line>] = []
  var oldIndex = 0, newIndex = 0
  while oldIndex < old.count || newIndex < new.count {
    if removed.contains(oldIndex) {
      lines.append(.removed(old[oldIndex]))
      oldIndex += 1
    } else if added.contains(newIndex) {
      lines.append(.added(new[newIndex]))
      newIndex += 1
    } else {
      lines.append(.same(new[newIndex]))
      oldIndex += 1
      newIndex += 1
    }
  }
  return lines
}
