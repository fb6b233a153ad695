// SPDX-License-Identifier: Apache-2.0

/// The bytes that both forms of the content language give a meaning.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backquote = UInt8(ascii: "`")
  static let hash = UInt8(ascii: "#")
  static let dollar = UInt8(ascii: "$")
  static let comma = UInt8(ascii: ",")
  static let dash = UInt8(ascii: "-")
  static let dot = UInt8(ascii: ".")
  static let plus = UInt8(ascii: "+")
  static let slash = UInt8(ascii: "/")
  static let at = UInt8(ascii: "@")
  static let colon = UInt8(ascii: ":")
  static let less = UInt8(ascii: "<")
  static let equals = UInt8(ascii: "=")
  static let percent = UInt8(ascii: "%")
  static let question = UInt8(ascii: "?")
  static let semicolon = UInt8(ascii: ";")
  static let ampersand = UInt8(ascii: "&")
  static let bar = UInt8(ascii: "|")
  static let greater = UInt8(ascii: ">")
  static let openParenthesis = UInt8(ascii: "(")
  static let closeParenthesis = UInt8(ascii: ")")
  static let openBracket = UInt8(ascii: "[")
  static let backslash = UInt8(ascii: "\\")
  static let closeBracket = UInt8(ascii: "]")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
}

extension UInt8 {
  /// Whether it separates words: what Docker's grammar takes for white space inside a line.
  var isBlank: Bool { self == Byte.space || (9...13).contains(self) && self != Byte.newline }

  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether it is an ASCII letter.
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  /// Whether it may stand in an identifier after the first letter.
  var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }

  /// The capital letter of a small one; every other byte unchanged.
  var uppercased: UInt8 { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self & 0xDF : self }
}

extension [UInt8] {
  /// The bytes of `range` as text.
  func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

  /// `range` without the blanks at both its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// The stretches of `range` between blanks.
  func words(_ range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if self[index].isBlank {
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, !self[index].isBlank { index += 1 }
      words.append(start..<index)
    }
    return words
  }

  /// Whether `range` begins with two dashes.
  func startsWithDashes(_ range: Range<Int>) -> Bool {
    range.count >= 2 && self[range.lowerBound] == Byte.dash && self[range.lowerBound + 1] == Byte.dash
  }

  /// The bytes of `range` for a message: the first forty of them, with an ellipsis where there are more.
  func excerpt(_ range: Range<Int>) -> String {
    range.count <= 40 ? text(range) : text(range.prefix(40)) + "…"
  }
}
