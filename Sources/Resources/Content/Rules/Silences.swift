// SPDX-License-Identifier: Apache-2.0

/// A comment that silences rules: `# kiln:ignore RULE[,RULE …] REASON`.
public struct Silence: Hashable, Sendable {
  /// The rules that it names.
  public let rules: [String]
  /// Whether words follow the rules: without a reason nothing is silenced.
  public let hasReason: Bool
  /// Where `kiln:ignore` and the rules stand, in UTF-8 bytes of the text.
  public let byteRange: Range<Int>
  /// The lines that it covers, counted from 1: its own, and where nothing else stands there the next that is no comment.
  public let lines: ClosedRange<Int>

  /// Whether it names `rule`, and says why.
  public func covers(_ rule: String) -> Bool { hasReason && rules.contains(rule) }
}

/// The comments of a text that silence rules.
public struct Silences: Sendable {
  /// In the order of the text.
  public private(set) var all: [Silence] = []
  /// Where each line begins, in UTF-8 bytes; only filled where there are silences.
  private var starts: [Int] = []

  private static let marker = Array("kiln:ignore".utf8)

  /// The comments of `text`.
  public init(_ text: [UInt8]) {
    guard text.mayHave(Silences.marker) else { return }
    var open: [Int] = []
    var start = 0
    while start < text.count {
      starts.append(start)
      let end = text[start...].firstIndex(of: Byte.newline) ?? text.count
      let hash = text[start..<end].firstIndex(of: Byte.hash)
      let isComment = hash.map { text[start..<$0].allSatisfy(\.isBlank) } ?? false
      for index in open { all[index] = all[index].covering(line: starts.count) }
      if !isComment { open = [] }
      if let hash, let silence = Silence(text, hash..<end, line: starts.count) {
        if isComment { open.append(all.count) }
        all.append(silence)
      }
      start = end + 1
    }
  }

  /// The comment that silences `rule` on `line`, counted from 1.
  public func silence(of rule: String, onLine line: Int) -> Silence? {
    all.first { $0.lines.contains(line) && $0.covers(rule) }
  }

  /// The comment that silences `rule` for what begins at `offset` of the text.
  public func silence(of rule: String, at offset: Int) -> Silence? {
    guard !all.isEmpty else { return nil }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return silence(of: rule, onLine: low)
  }
}

extension Silence {
  /// The silence in the comment that stands at `comment`.
  fileprivate init?(_ text: [UInt8], _ comment: Range<Int>, line: Int) {
    let marker = Array("kiln:ignore".utf8)
    var start = comment.lowerBound
    while start + marker.count <= comment.upperBound, !text[start...].starts(with: marker) { start += 1 }
    guard start + marker.count <= comment.upperBound else { return nil }
    let words = text.words(start + marker.count..<comment.upperBound)
    let rules = words.first.map { text.text($0).split(separator: ",").map(String.init) } ?? []
    self.init(
      rules: rules, hasReason: words.count > 1,
      byteRange: start..<(words.first?.upperBound ?? start + marker.count), lines: line...line)
  }

  fileprivate func covering(line: Int) -> Silence {
    Silence(
      rules: rules, hasReason: hasReason, byteRange: byteRange,
      lines: lines.lowerBound...max(lines.upperBound, line))
  }
}

extension [UInt8] {
  /// Whether `word` stands somewhere in the bytes.
  fileprivate func mayHave(_ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var index = 0
    while index + word.count <= count {
      if self[index] == first, self[index..<index + word.count].elementsEqual(word) { return true }
      index += 1
    }
    return false
  }
}
