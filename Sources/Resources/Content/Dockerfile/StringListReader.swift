// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON list of strings, as `CMD` and `ENTRYPOINT` take it.
struct StringListReader {
  let bytes: [UInt8]
  let range: Range<Int>
  /// The byte to be read next; after a failure, the one that was not expected.
  private(set) var index: Int

  /// A reader of the list that fills `range`.
  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    index = range.lowerBound
  }

  /// The strings; nil where something else stands there, or more than the list.
  mutating func read() -> [String]? {
    var strings: [String] = []
    guard take(Byte.openBracket) else { return nil }
    if take(Byte.closeBracket) { return isAtEnd ? strings : nil }
    while true {
      guard let string = string() else { return nil }
      strings.append(string)
      if take(Byte.closeBracket) { return isAtEnd ? strings : nil }
      guard take(Byte.comma) else { return nil }
    }
  }

  private var isAtEnd: Bool { index == range.upperBound }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard index < range.upperBound, bytes[index] == byte else { return false }
    index += 1
    skipBlanks()
    return true
  }

  private mutating func skipBlanks() {
    while index < range.upperBound, [Byte.space, Byte.tab, Byte.carriageReturn].contains(bytes[index]) {
      index += 1
    }
  }

  private mutating func string() -> String? {
    guard index < range.upperBound, bytes[index] == Byte.quote else { return nil }
    index += 1
    var text: [UInt8] = []
    while index < range.upperBound {
      let byte = bytes[index]
      if byte < 0x20 { return nil }
      index += 1
      if byte == Byte.quote { return String(decoding: text, as: UTF8.self) }
      if byte == Byte.backslash {
        guard let scalar = escape() else { return nil }
        text.append(contentsOf: String(scalar).utf8)
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  /// What the escape after a backslash stands for; a lone half of a surrogate pair stands for U+FFFD.
  private mutating func escape() -> Unicode.Scalar? {
    guard index < range.upperBound else { return nil }
    let byte = bytes[index]
    index += 1
    switch byte {
    case Byte.quote, Byte.backslash, Byte.slash: return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return hexadecimal()
    default: return nil
    }
  }

  private mutating func hexadecimal() -> Unicode.Scalar? {
    guard let high = fourDigits() else { return nil }
    if (0xD800..<0xDC00).contains(high), index + 1 < range.upperBound, bytes[index] == Byte.backslash,
      bytes[index + 1] == UInt8(ascii: "u")
    {
      let before = index
      index += 2
      if let low = fourDigits(), (0xDC00..<0xE000).contains(low) {
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      }
      index = before
    }
    return Unicode.Scalar(high) ?? "\u{FFFD}"
  }

  private mutating func fourDigits() -> UInt32? {
    guard index + 4 <= range.upperBound else { return nil }
    var number: UInt32 = 0
    for digit in bytes[index..<index + 4] {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      number = number << 4 + UInt32(value)
    }
    index += 4
    return number
  }
}
