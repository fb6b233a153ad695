// SPDX-License-Identifier: Apache-2.0

/// Puts other characters in the place of the braces of references while YAML is read.
///
/// To a YAML parser a bare value that begins with `{{` is a mapping in a mapping, yet a published sample of the
/// service is written so. Each brace becomes one character that the text does not have, so that lines and columns,
/// which count characters, stay true. A text in which no reference begins a value is left as it is.
struct BraceGuard {
  /// The text in which the braces of references are replaced.
  let text: [UInt8]
  private let open: Unicode.Scalar
  private let close: Unicode.Scalar
  private let isNeeded: Bool

  /// Guards the references of `bytes`.
  init(_ bytes: [UInt8]) {
    let references = ContentReference.find(in: bytes, 0..<bytes.count)
    let isNeeded = references.contains { BraceGuard.mayBeginValue(at: $0.byteRange.lowerBound, of: bytes) }
    let free = isNeeded ? BraceGuard.freeScalars(in: bytes) : []
    guard free.count == 2 else {
      (text, open, close, self.isNeeded) = (bytes, "{", "}", false)
      return
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + references.count * 8)
    var index = 0
    for reference in references {
      let range = reference.byteRange
      text.append(contentsOf: bytes[index..<range.lowerBound])
      for _ in 0..<2 { text.append(contentsOf: String(free[0]).utf8) }
      text.append(contentsOf: bytes[range.dropFirst(2).dropLast(2)])
      for _ in 0..<2 { text.append(contentsOf: String(free[1]).utf8) }
      index = range.upperBound
    }
    text.append(contentsOf: bytes[index...])
    (self.text, open, close, self.isNeeded) = (text, free[0], free[1], true)
  }

  /// `text` with the braces back in their places.
  func restored(_ text: String) -> String {
    guard isNeeded, text.utf8.contains(0xEE) else { return text }
    var restored = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      restored.append(scalar == open ? "{" : scalar == close ? "}" : scalar)
    }
    return String(restored)
  }

  /// Whether a value may begin at `offset`: behind nothing but blanks on its line, or what stands before values.
  private static func mayBeginValue(at offset: Int, of bytes: [UInt8]) -> Bool {
    let line = bytes[..<offset]
    guard let before = line.last(where: { $0 != Byte.space && $0 != Byte.tab }) else { return true }
    return before < 0x20 || ":-,[{?".utf8.contains(before)
  }

  /// Two characters of the private use area that `bytes` has neither as they are nor as an escape.
  private static func freeScalars(in bytes: [UInt8]) -> [Unicode.Scalar] {
    var taken = Set<UInt32>()
    if bytes.contains(0xEE) || bytes.contains(Byte.backslash) {
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { taken.insert(scalar.value) }
      taken.formUnion(escapedValues(in: bytes))
    }
    return (UInt32(0xE000)...0xEFFF).lazy.filter { !taken.contains($0) }.prefix(2).compactMap(
      Unicode.Scalar.init)
  }

  /// What `\uXXXX` and `\UXXXXXXXX` in `bytes` stand for, wherever they stand.
  private static func escapedValues(in bytes: [UInt8]) -> Set<UInt32> {
    var values = Set<UInt32>()
    for index in bytes.indices.dropLast() where bytes[index] == Byte.backslash {
      let digits =
        switch bytes[index + 1] {
        case UInt8(ascii: "u"): 4
        case UInt8(ascii: "U"): 8
        default: 0
        }
      guard digits > 0, index + 2 + digits <= bytes.count else { continue }
      if let value = UInt32(bytes.text(index + 2..<index + 2 + digits), radix: 16) { values.insert(value) }
    }
    return values
  }
}
