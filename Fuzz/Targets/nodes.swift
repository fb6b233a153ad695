// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Bytes → nodes: every scalar is found again in the text, and every diagnostic can be shown.
func examine(_ bytes: [UInt8]) {
  let source = SourceFile(path: "fuzz.yaml", bytes: bytes)
  var problems = Problems()
  let documents = composeDocuments(source, into: &problems)
  for diagnostic in problems.sorted {
    precondition(diagnostic.location != nil, "a mistake in a file has a place")
    _ = diagnostic.rendered(source: { _ in source }, colour: true)
  }
  let lines = SourceLines(source)
  var budget = 10_000
  for document in documents { examine(document.root, in: lines, budget: &budget) }
}

private func examine(_ node: Node, in lines: SourceLines, budget: inout Int) {
  budget -= 1
  guard budget > 0 else { return }
  switch node.content {
  case .scalar(let scalar):
    _ = scalar.coreValue
    guard let map = ScalarSourceMap(node, in: lines) else {
      preconditionFailure("a scalar stands in its file")
    }
    var last = Mark.start
    for offset in 0...min(scalar.text.utf8.count, 100) {
      let mark = map.mark(atUTF8Offset: offset)
      precondition(mark >= last, "text and file run in the same direction")
      last = mark
    }
  case .sequence(let elements):
    for element in elements { examine(element, in: lines, budget: &budget) }
  case .mapping(let entries):
    precondition(Set(entries.map(\.key)).count == entries.count, "no key stands twice")
    for entry in entries { examine(entry.value, in: lines, budget: &budget) }
  }
}
