// SPDX-License-Identifier: Apache-2.0

/// The difference between two texts as `diff -u` shows it and `patch` reads it; empty where they are equal.
///
/// - Parameters:
///   - path: The name that both have in the two lines at the top.
///   - before: The old bytes.
///   - after: The new bytes.
///   - context: How many equal lines stand around each change.
public func unifiedDiff(of path: String, from before: [UInt8], to after: [UInt8], context: Int = 3) -> String
{
  let rows = DiffRow.rows(from: before.diffLines, to: after.diffLines)
  let changes = rows.indices.filter { rows[$0].sign != " " }
  guard var first = changes.first else { return "" }
  var text = "--- \(path)\n+++ \(path)\n"
  var last = first
  for change in changes.dropFirst() + [Int.max] {
    if change != .max, change - last <= 2 * context {
      last = change
      continue
    }
    let hunk = rows[max(0, first - context)...min(rows.count - 1, last + context)]
    text += DiffRow.hunk(hunk)
    (first, last) = (change, change)
  }
  return text
}

/// One line of a difference.
private struct DiffRow {
  let sign: Character
  let line: ArraySlice<UInt8>
  /// How many lines of the old and the new text come before it.
  let oldIndex: Int
  let newIndex: Int

  static func rows(from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]) -> [DiffRow] {
    var (left, right) = (0, 0)
    return aligned(old, with: new).map { line in
      defer {
        switch line {
        case .same: (left, right) = (left + 1, right + 1)
        case .removed: left += 1
        case .added: right += 1
        }
      }
      return switch line {
      case .same(let text): DiffRow(sign: " ", line: text, oldIndex: left, newIndex: right)
      case .removed(let text): DiffRow(sign: "-", line: text, oldIndex: left, newIndex: right)
      case .added(let text): DiffRow(sign: "+", line: text, oldIndex: left, newIndex: right)
      }
    }
  }

  static func hunk(_ rows: ArraySlice<DiffRow>) -> String {
    guard let first = rows.first else { return "" }
    let oldCount = rows.count { $0.sign != "+" }, newCount = rows.count { $0.sign != "-" }
    // Of an empty stretch `diff` names the line before it.
    let oldStart = first.oldIndex + (oldCount > 0 ? 1 : 0), newStart = first.newIndex + (newCount > 0 ? 1 : 0)
    var text = "@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@\n"
    for row in rows {
      text += String(row.sign) + String(decoding: row.line, as: UTF8.self)
      if row.line.last != UInt8(ascii: "\n") { text += "\n\\ No newline at end of file\n" }
    }
    return text
  }
}

extension [UInt8] {
  /// The lines, each with its end.
  fileprivate var diffLines: [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = startIndex
    while start < endIndex {
      let end = self[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? endIndex
      lines.append(self[start..<end])
      start = end
    }
    return lines
  }
}
