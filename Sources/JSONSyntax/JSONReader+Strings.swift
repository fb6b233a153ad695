// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
  /// Reads a string whose opening quote stands at `position`.
  mutating func readString() throws(JSONSyntaxError) -> String {
    let start = position + 1
    var end = start
    // Most strings have no escape: their bytes are the text.
    while end < bytes.count {
      let byte = bytes[end]
      if byte == Byte.quote {
        position = end + 1
        return try text(of: bytes.span.extracting(start..<end), startingAt: start)
      }
      if byte == Byte.backslash { return try readEscapedString(from: start, firstEscape: end) }
      guard byte >= 0x20 else { throw controlCharacter(at: end) }
      end += 1
    }
    throw failure("the string is not closed")
  }

  private mutating func readEscapedString(
    from start: Int, firstEscape: Int
  ) throws(JSONSyntaxError) -> String {
    var decoded = Array(bytes[start..<firstEscape])
    var next = firstEscape
    while next < bytes.count {
      let byte = bytes[next]
      switch byte {
      case Byte.quote:
        position = next + 1
        if let text = String(validating: decoded, as: UTF8.self) { return text }
        // Escapes write whole characters, so what is wrong stands in the source, where its place can be told.
        return try text(of: bytes.span.extracting(start..<next), startingAt: start)
      case Byte.backslash:
        next = try readEscape(at: next, into: &decoded)
      case 0..<0x20:
        throw controlCharacter(at: next)
      default:
        decoded.append(byte)
        next += 1
      }
    }
    throw failure("the string is not closed")
  }

  /// Decodes the escape that begins at `offset` and answers where the text goes on.
  private func readEscape(at offset: Int, into decoded: inout [UInt8]) throws(JSONSyntaxError) -> Int {
    guard offset + 1 < bytes.count else { throw failure("the string is not closed") }
    let letter = bytes[offset + 1]
    switch letter {
    case Byte.quote, Byte.backslash, UInt8(ascii: "/"): decoded.append(letter)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(Byte.newline)
    case UInt8(ascii: "r"): decoded.append(Byte.carriageReturn)
    case UInt8(ascii: "t"): decoded.append(Byte.tab)
    case UInt8(ascii: "u"): return try readUnicodeEscape(at: offset, into: &decoded)
    default: throw failure("unknown escape in a string", at: offset)
    }
    return offset + 2
  }

  private func readUnicodeEscape(at offset: Int, into decoded: inout [UInt8]) throws(JSONSyntaxError) -> Int {
    guard let unit = codeUnit(at: offset) else {
      throw failure("\\u needs four hexadecimal digits", at: offset)
    }
    if let scalar = Unicode.Scalar(unit) {
      decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return offset + 6
    }
    // Only a high surrogate with a low one directly after it is a character.
    if UTF16.isLeadSurrogate(unit), let second = codeUnit(at: offset + 6), UTF16.isTrailSurrogate(second) {
      let pair = UTF16.decode(UTF16.EncodedScalar([unit, second]))
      decoded.append(contentsOf: UTF8.encode(pair) ?? UTF8.encodedReplacementCharacter)
      return offset + 12
    }
    decoded.append(contentsOf: UTF8.encodedReplacementCharacter)
    return offset + 6
  }

  /// The code unit that a `\u` escape at `offset` writes, if there is one.
  private func codeUnit(at offset: Int) -> UInt16? {
    guard offset + 6 <= bytes.count, bytes[offset] == Byte.backslash,
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for digit in bytes[offset + 2..<offset + 6] {
      guard let value = hexadecimal(digit) else { return nil }
      unit = unit << 4 | value
    }
    return unit
  }

  private func hexadecimal(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private func text(of span: Span<UInt8>, startingAt offset: Int) throws(JSONSyntaxError) -> String {
    do {
      return String(copying: try UTF8Span(validating: span))
    } catch {
      throw failure("the string is not valid UTF-8", at: offset + error.byteOffsets.lowerBound)
    }
  }

  private func controlCharacter(at offset: Int) -> JSONSyntaxError {
    failure("a control character in a string must be escaped", at: offset)
  }
}
