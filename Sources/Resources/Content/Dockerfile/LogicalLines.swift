// SPDX-License-Identifier: Apache-2.0

/// The physical lines of a content joined to logical ones, as Docker joins them, with the way back to the text.
///
/// A line goes on where it ends in a single backslash, with blanks at most after it. Comments and blank lines
/// count for nothing, inside a continued line too. The service documents none of these four; that it calls
/// itself compatible with Docker is what they rest on.
struct LogicalLines {
  /// One logical line.
  struct Line {
    /// Where it stands in `bytes`.
    var range: Range<Int>
    /// Where it stands in the text, from its first byte that is not blank.
    var source: Range<Int>
    /// The index of its first joint.
    var firstJoint: Int
    /// Whether the text ends where its continuation should stand.
    var isOpen = false
    /// Where it opens a here-document, in `bytes`.
    var hereDocument: Range<Int>?
  }

  /// A place of `bytes` from which on the way back to the text is another.
  struct Joint: Hashable, Sendable {
    var joined: Int
    var source: Int
  }

  /// The logical lines without backslashes, comments and line ends.
  private(set) var bytes: [UInt8] = []
  /// In the order of the text.
  private(set) var lines: [Line] = []
  /// In the order of the text; each line has one at its beginning.
  private(set) var joints: [Joint] = []
  /// Where the comments stand in the text, from `#` to the end of their line.
  private(set) var comments: [Range<Int>] = []
  /// Where blanks follow a backslash that continues a line.
  private(set) var blanksAfterBackslash: [Range<Int>] = []

  /// Joins the lines of `text`.
  init(_ text: [UInt8]) {
    bytes.reserveCapacity(text.count)
    var next = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while next < text.count {
      let physical = LogicalLines.physicalLine(of: text, from: next)
      next = physical.next
      var start = physical.range.lowerBound
      while start < physical.range.upperBound, text[start].isBlank { start += 1 }
      guard start < physical.range.upperBound else { continue }
      if text[start] == Byte.hash {
        comments.append(start..<physical.range.upperBound)
      } else {
        next = addLine(start..<physical.range.upperBound, of: text, next: next)
      }
    }
  }

  /// The place in the text of the byte at `offset` of `bytes`.
  func source(of offset: Int) -> Int {
    var (low, high) = (0, joints.count)
    while low < high {
      let middle = (low + high) / 2
      if joints[middle].joined <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return offset }
    return joints[low - 1].source + (offset - joints[low - 1].joined)
  }

  /// The stretch of the text from the first to the last byte of `range` of `bytes`.
  func source(of range: Range<Int>) -> Range<Int> {
    let start = source(of: range.lowerBound)
    return start..<(range.isEmpty ? start : source(of: range.upperBound - 1) + 1)
  }

  /// Adds the logical line whose first physical line is `first`; returns where the text goes on.
  private mutating func addLine(_ first: Range<Int>, of text: [UInt8], next: Int) -> Int {
    var line = Line(range: bytes.count..<bytes.count, source: first, firstJoint: joints.count)
    var (next, isOpen) = (next, append(first, of: text))
    while isOpen, next < text.count {
      let physical = LogicalLines.physicalLine(of: text, from: next)
      next = physical.next
      let content = text.trimmed(physical.range)
      if content.isEmpty { continue }
      if text[content.lowerBound] == Byte.hash {
        comments.append(content.lowerBound..<physical.range.upperBound)
        continue
      }
      isOpen = append(physical.range, of: text)
      line.source = line.source.lowerBound..<physical.range.upperBound
    }
    line.isOpen = isOpen
    line.range = line.range.lowerBound..<bytes.count
    while let first = line.range.first, bytes[first].isBlank { line.range = line.range.dropFirst() }
    // Backslashes with nothing between them make no command.
    guard !line.range.isEmpty else { return next }
    line.source = source(of: line.range.lowerBound)..<line.source.upperBound
    if let document = HereDocument(in: bytes, line.range) {
      line.hereDocument = document.range
      for terminator in document.terminators {
        next = LogicalLines.skip(to: terminator, in: text, from: next)
      }
    }
    lines.append(line)
    return next
  }

  /// Appends a physical line without the backslash that continues it; returns whether there was one.
  private mutating func append(_ physical: Range<Int>, of text: [UInt8]) -> Bool {
    joints.append(Joint(joined: bytes.count, source: physical.lowerBound))
    var end = physical.upperBound
    while end > physical.lowerBound, text[end - 1] == Byte.space || text[end - 1] == Byte.tab { end -= 1 }
    let last = end - 1
    let isContinued =
      last >= physical.lowerBound && text[last] == Byte.backslash
      && (last == physical.lowerBound || text[last - 1] != Byte.backslash)
    if isContinued {
      if end < physical.upperBound { blanksAfterBackslash.append(end..<physical.upperBound) }
      bytes.append(contentsOf: text[physical.lowerBound..<last])
    } else {
      bytes.append(contentsOf: text[physical])
    }
    return isContinued
  }

  /// The line of `text` that begins at `start`, without its end, and where the next one begins.
  private static func physicalLine(of text: [UInt8], from start: Int) -> (range: Range<Int>, next: Int) {
    var end = start
    while end < text.count, text[end] != Byte.newline { end += 1 }
    let next = min(end + 1, text.count)
    while end > start, text[end - 1] == Byte.carriageReturn { end -= 1 }
    return (start..<end, next)
  }

  /// Where the text goes on after the line that ends a here-document; the text's end where none does.
  private static func skip(to terminator: HereDocument.Terminator, in text: [UInt8], from start: Int) -> Int {
    var next = start
    while next < text.count {
      var (line, following) = physicalLine(of: text, from: next)
      next = following
      if terminator.stripsTabs {
        while !line.isEmpty, text[line.lowerBound] == Byte.tab { line = line.dropFirst() }
      }
      if text[line].elementsEqual(terminator.name) { break }
    }
    return next
  }
}
