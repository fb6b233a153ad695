// SPDX-License-Identifier: Apache-2.0

/// The lines between the children of a block, blank or with comments, by what they belong to.
struct Remarks {
  /// For each child the lines above it.
  private(set) var heads: [[Int]]
  /// For each child the lines below it that are indented further, and so belong to what it holds.
  private(set) var insides: [[Int]]
  /// For each child the comment right below it that a blank line keeps apart from the next one.
  private(set) var feet: [[Int]]
  /// The lines at the end of the block.
  private(set) var tail: [Int]

  /// Deals out the lines around `children`, which stand in `column`.
  ///
  /// - Parameters:
  ///   - above: The lines above the first child.
  ///   - below: The lines below the last one that belong to the block.
  init(of children: [WrittenChild], at column: Int, above: [Int], below: [Int], in text: WrittenText) {
    heads = Array(repeating: [], count: children.count)
    insides = heads
    feet = heads
    tail = []
    var gap = above
    for (index, child) in children.enumerated() {
      heads[index] = gap
      let end = text.line(of: child.end)
      if index + 1 < children.count {
        let next = text.line(of: children[index + 1].lead.lowerBound)
        gap = end + 1 < next ? Array(end + 1..<next) : []
      } else {
        gap = below
      }
      if child.value.children != nil {
        insides[index] = Remarks.inside(gap, deeperThan: column, in: text)
        gap.removeFirst(insides[index].count)
      }
      guard index + 1 < children.count else { break }
      if insides[index].isEmpty {
        feet[index] = Remarks.foot(gap, in: text)
        gap.removeFirst(feet[index].count)
      }
    }
    tail = gap
  }

  /// Whether a comment stands above the child at `index`.
  func hasComment(above index: Int?, in text: WrittenText) -> Bool {
    index.map { heads[$0].contains { !text.isBlank($0) } } ?? false
  }

  private static func inside(_ lines: [Int], deeperThan column: Int, in text: WrittenText) -> [Int] {
    var count = 0
    for (index, line) in lines.enumerated() where !text.isBlank(line) {
      guard text.indentation(of: line) > column else { break }
      count = index + 1
    }
    return Array(lines.prefix(count))
  }

  private static func foot(_ lines: [Int], in text: WrittenText) -> [Int] {
    guard let blank = lines.firstIndex(where: text.isBlank) else { return [] }
    return Array(lines[..<blank])
  }
}
