// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import Testing

/// Expects `text` to be what the file at `path` holds.
///
/// With `KILN_RECORD=1` the file is written instead; where `CI` is set too that is refused. A missing file fails.
package func expectGolden(
  _ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let environment = ProcessInfo.processInfo.environment
  if environment["KILN_RECORD"] == "1" {
    guard environment["CI"] ?? "" == "" else {
      Issue.record("KILN_RECORD is set: what is recorded must be looked at, so not by CI")
      return
    }
    try Data(text.utf8).write(to: URL(filePath: path))
    return
  }
  let name = path.replacing(packageRoot() + "/", with: "")
  let recorded = try? Data(contentsOf: URL(filePath: path))
  guard let expected = recorded.map({ String(decoding: $0, as: UTF8.self) }) else {
    Issue.record(
      "\(name) is missing; KILN_RECORD=1 writes it. It would hold:\n\(text)", sourceLocation: sourceLocation)
    return
  }
  if text != expected {
    Issue.record(
      "\(name) differs:\n\(unifiedDifference(from: expected, to: text))", sourceLocation: sourceLocation)
  }
}

/// The difference between two texts as `diff -u` shows it, without its two lines of names.
package func unifiedDifference(from old: String, to new: String, context: Int = 3) -> String {
  let before = old.split(separator: "\n", omittingEmptySubsequences: false)
  let after = new.split(separator: "\n", omittingEmptySubsequences: false)
  var removed = Set<Int>(), inserted = Set<Int>()
  for change in after.difference(from: before) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var lines: [(text: String, isChange: Bool, old: Int, new: Int)] = []
  var (left, right) = (0, 0)
  while left < before.count || right < after.count {
    if removed.contains(left) {
      lines.append(("-\(before[left])", true, left, right))
      left += 1
    } else if inserted.contains(right) {
      lines.append(("+\(after[right])", true, left, right))
      right += 1
    } else {
      lines.append((" \(before[left])", false, left, right))
      left += 1
      right += 1
    }
  }
  var output: [String] = []
  var isInside = false
  for index in lines.indices {
    let near = lines[max(0, index - context)...min(lines.count - 1, index + context)]
    guard near.contains(where: \.isChange) else {
      isInside = false
      continue
    }
    if !isInside { output.append("@@ -\(lines[index].old + 1) +\(lines[index].new + 1) @@") }
    isInside = true
    output.append(lines[index].text)
  }
  return output.joined(separator: "\n")
}
