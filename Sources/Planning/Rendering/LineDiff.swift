// SPDX-License-Identifier: Apache-2.0

/// One line of a difference between two texts.
enum DiffLine: Hashable {
  case same(Substring)
  case removed(Substring)
  case added(Substring)
  /// This many equal lines were left out.
  case skipped(Int)
}

/// The difference between two texts, with `context` equal lines around each change.
///
/// A text that is nil has no lines; an empty one has one.
func lineDiff(from before: String?, to after: String?, context: Int = 2) -> [DiffLine] {
  let old = before?.lines ?? []
  let new = after?.lines ?? []
  let lines = aligned(old, with: new).map { line -> DiffLine in
    switch line {
    case .same(let text): .same(text)
    case .removed(let text): .removed(text)
    case .added(let text): .added(text)
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
