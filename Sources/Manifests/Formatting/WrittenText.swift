// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// The bytes of a file with its lines.
struct WrittenText {
  let bytes: [UInt8]
  let lines: SourceLines

  /// The text of `source`.
  init(_ source: SourceFile) {
    bytes = source.bytes
    lines = SourceLines(source)
  }

  /// The bytes of `range`.
  func range(_ range: SourceRange) -> Range<Int> {
    let start = offset(range.start)
    return start..<max(start, offset(range.end))
  }

  private func offset(_ mark: Mark) -> Int { lines.offset(of: mark) ?? bytes.count }

  /// The line, from 1, that holds the byte at `offset`.
  func line(of offset: Int) -> Int { Int(lines.mark(atOffset: offset).line) }

  /// The bytes of `line`, without its end.
  func content(of line: Int) -> Range<Int> {
    (lines[line]?.indices).map { $0.startIndex..<$0.endIndex } ?? 0..<0
  }

  /// How many blanks `line` begins with.
  func indentation(of line: Int) -> Int { bytes[content(of: line)].prefix(while: \.isBlankByte).count }

  /// How many bytes stand before `offset` in its line.
  func column(of offset: Int) -> Int { offset - content(of: line(of: offset)).lowerBound }

  /// Whether nothing but blanks stands in `line`.
  func isBlank(_ line: Int) -> Bool { bytes[content(of: line)].allSatisfy(\.isBlankByte) }

  /// The stretch of `range` without the blanks at its end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1].isBlankByte { end -= 1 }
    return range.lowerBound..<end
  }

  /// The end of the line that `offset` stands in.
  func endOfLine(_ offset: Int) -> Int { content(of: line(of: offset)).upperBound }

  /// The first place from `offset` on where neither blanks nor line ends nor comments stand.
  func afterTrivia(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count {
      let isAfterBlank = index == 0 || bytes[index - 1].isBlankByte || bytes[index - 1].isBreakByte
      if bytes[index].isBlankByte || bytes[index].isBreakByte {
        index += 1
      } else if bytes[index] == Ascii.hash, isAfterBlank {
        while index < bytes.count, !bytes[index].isBreakByte { index += 1 }
      } else {
        break
      }
    }
    return index
  }

  /// The comment that stands behind `offset` in the same line, with the blanks before it; empty where there is none.
  ///
  /// Nil where something else stands there. Right behind a bracket or a quote libyaml takes `#` for a comment, too.
  func comment(after offset: Int) -> Range<Int>? {
    let end = endOfLine(offset)
    guard offset < end else { return offset..<offset }
    let rest = trimmed(offset..<end)
    let start = rest.lowerBound + bytes[rest].prefix(while: \.isBlankByte).count
    guard start < rest.upperBound else { return offset..<offset }
    return bytes[start] == Ascii.hash ? rest : nil
  }
}

/// Bytes that mean something to YAML.
enum Ascii {
  static let space = UInt8(ascii: " ")
  static let newline = UInt8(ascii: "\n")
  static let hash = UInt8(ascii: "#")
  static let colon = UInt8(ascii: ":")
  static let dash = UInt8(ascii: "-")
  static let openBracket = UInt8(ascii: "[")
  static let openBrace = UInt8(ascii: "{")
  static let ampersand = UInt8(ascii: "&")
  static let exclamation = UInt8(ascii: "!")
}

extension UInt8 {
  /// A space or tab.
  var isBlankByte: Bool { self == Ascii.space || self == UInt8(ascii: "\t") }
  /// A line feed or carriage return.
  var isBreakByte: Bool { self == Ascii.newline || self == UInt8(ascii: "\r") }
}
