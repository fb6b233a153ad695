// SPDX-License-Identifier: Apache-2.0

// Bytes in place of characters: every content that a plan shows or compares passes here, and to find where a character
// ends takes much longer than to look at it.

extension String {
  /// Whether the text has the ASCII character `byte`.
  func has(_ byte: UInt8) -> Bool {
    let bytes = utf8Span.span
    for offset in bytes.indices where bytes[offset] == byte { return true }
    return false
  }

  /// Whether both are the same text, byte for byte; to `==`, an `é` made of two characters is one made of one.
  func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && Array(utf8) == Array(other.utf8)
  }

  /// The text with its CR LF as LF, which Swift takes for different characters.
  var withUnixLineEnds: String {
    has(UInt8(ascii: "\r")) ? replacing("\r\n", with: "\n") : self
  }

  /// The text's lines, without their ends.
  var lines: [Substring] {
    let text = withUnixLineEnds
    let bytes = text.utf8Span.span
    var lines: [Substring] = []
    var start = text.startIndex
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") {
      let end = text.utf8.index(text.startIndex, offsetBy: offset)
      lines.append(text[start..<end])
      start = text.utf8.index(after: end)
    }
    return lines + [text[start...]]
  }
}
