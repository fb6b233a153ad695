// SPDX-License-Identifier: Apache-2.0

/// Steps through the bytes of a file, character by character, and knows its mark.
struct SourceCursor {
  private let bytes: [UInt8]
  private(set) var offset: Int
  private(set) var mark: Mark

  init(_ bytes: [UInt8], offset: Int, mark: Mark) {
    self.bytes = bytes
    self.offset = offset
    self.mark = mark
  }

  /// The byte under the cursor; 0, which no manifest has, at the end.
  var byte: UInt8 { byte(after: 0) }

  /// The byte so many bytes further on; 0 at the end.
  func byte(after distance: Int) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  /// Whether a space or tab stands here.
  var isAtBlank: Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  /// Whether a line ends here.
  var isAtBreak: Bool { breakLength > 0 }
  /// Whether the file ends here.
  var isAtEnd: Bool { offset >= bytes.count }

  private var breakLength: Int { isAtEnd ? 0 : lineBreakLength(in: bytes, at: offset) }

  /// Steps over one character, which is no line break, and answers it.
  mutating func next() -> Unicode.Scalar {
    let length =
      switch byte {
      case 0..<0x80: 1
      case 0x80..<0xE0: 2
      case 0xE0..<0xF0: 3
      default: 4
      }
    let character = String(decoding: bytes[offset..<min(offset + length, bytes.count)], as: UTF8.self)
    offset = min(offset + length, bytes.count)
    mark = Mark(line: Int(mark.line), column: Int(mark.column) + 1)
    return character.unicodeScalars.first ?? "\u{FFFD}"
  }

  /// Steps over one line break and answers the character that YAML makes of it.
  mutating func nextBreak() -> Unicode.Scalar {
    let length = breakLength
    // Only U+2028 and U+2029 have three bytes; they stay what they are.
    let character: Unicode.Scalar =
      length < 3 ? "\n" : byte(after: 2) == 0xA8 ? "\u{2028}" : "\u{2029}"
    offset += length
    mark = Mark(line: Int(mark.line) + 1, column: 1)
    return character
  }

  /// Steps over spaces and tabs.
  mutating func skipBlanks() {
    while isAtBlank { _ = next() }
  }

  /// Steps to the end of the line.
  mutating func skipLine() {
    while !isAtEnd, !isAtBreak { _ = next() }
  }
}
