// SPDX-License-Identifier: Apache-2.0

/// The comments of a content that silence rules.
struct Silences {
  /// Where each line that silences, or is silenced by the one before, begins and ends, with the rules.
  private var stretches: [(range: Range<Int>, rules: Set<String>)] = []

  /// The comments of `text`.
  init(_ text: [UInt8]) {
    let marker = Array("kiln:ignore".utf8)
    var start = 0
    var carried: Set<String> = []
    while start < text.count {
      var end = start
      var markerEnd: Int?
      var hash: Int?
      while end < text.count, text[end] != Byte.newline {
        if text[end] == Byte.hash { hash = hash ?? end }
        if hash != nil, markerEnd == nil, text[end] == marker[0], text[end...].starts(with: marker) {
          markerEnd = end + marker.count
        }
        end += 1
      }
      let own = markerEnd.map { Silences.rules(text, $0..<end) } ?? []
      let isComment = hash.map { text[start..<$0].allSatisfy(\.isBlank) } ?? false
      let rules = own.union(carried)
      if !rules.isEmpty { stretches.append((start..<end + 1, rules)) }
      carried = isComment ? rules : []
      start = end + 1
    }
  }

  /// Whether `rule` is silenced for what begins at `offset`.
  func silence(_ rule: String, at offset: Int) -> Bool {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return false }
    return stretches[low - 1].range.contains(offset) && stretches[low - 1].rules.contains(rule)
  }

  /// The rules that are named behind the marker, where a reason follows them.
  private static func rules(_ text: [UInt8], _ rest: Range<Int>) -> Set<String> {
    let words = text.words(rest)
    guard words.count > 1, let first = words.first else { return [] }
    return Set(text.text(first).split(separator: ",").map(String.init))
  }
}
