// SPDX-License-Identifier: Apache-2.0

extension SourceFile {
  /// How many bytes a file of a project may have, 32 MiB: a manifest is typed by people or written for them, and far
  /// beyond this something else was taken for one.
  public static let sizeLimit = 32 << 20
  /// The parser compares each `%TAG` line with all before it, so their number is bounded.
  static let tagDirectiveLimit = 64
  /// How many unreadable places are told apart: a file in another encoding has thousands.
  private static let placesLimit = 10

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// What keeps the file from being read at all.
  func obstacles() -> [Diagnostic] {
    guard bytes.count <= Self.sizeLimit else {
      return [
        Diagnostic(
          .error, rule: "too-large", "the file has more than \(Self.sizeLimit >> 20) MiB",
          at: Location(file: path, at: .start), hint: "split it into several files")
      ]
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return [
        Diagnostic(
          .error, rule: "not-utf8", "the file is UTF-16, not UTF-8", at: Location(file: path, at: .start),
          hint: "save the file as UTF-8")
      ]
    }
    // Most files have neither character, which one quick look tells.
    guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == 0xEF }) else { return [] }
    return excessiveTagDirectives() + strayByteOrderMarks()
  }

  /// Where lines begin with `%`, as directives do.
  ///
  /// A few characters whose last byte is also that of a line break count as one, which does no harm.
  var directives: [Int] {
    let ends: [UInt8] = [UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x85, 0xA8, 0xA9, 0xBF]
    var found: [Int] = []
    var rest = bytes[...]
    while let hit = rest.firstIndex(of: UInt8(ascii: "%")) {
      if hit == 0 || ends.contains(bytes[hit - 1]) { found.append(hit) }
      rest = rest[(hit + 1)...]
    }
    return found
  }

  private func excessiveTagDirectives() -> [Diagnostic] {
    let tags = directives.filter { bytes[$0...].starts(with: "%TAG".utf8) }
    guard tags.count > Self.tagDirectiveLimit else { return [] }
    let mark = SourceLines(self).mark(atOffset: tags[Self.tagDirectiveLimit])
    return [
      Diagnostic(
        .error, rule: "too-large", "the file has more than \(Self.tagDirectiveLimit) %TAG lines",
        at: Location(file: path, at: mark), hint: "remove them: only !file and !var are known")
    ]
  }

  /// Byte order marks beyond the first place, where they would silently become part of a word.
  private func strayByteOrderMarks() -> [Diagnostic] {
    let strays = bytes.indices.dropFirst().filter { index in
      bytes[index] == 0xEF && bytes[index...].starts(with: Self.byteOrderMark)
    }
    guard !strays.isEmpty else { return [] }
    let lines = SourceLines(self)
    return strays.prefix(Self.placesLimit).map { offset in
      Diagnostic(
        .error, rule: "control-character", "an invisible byte order mark (U+FEFF) stands inside the file",
        at: Location(file: path, at: lines.mark(atOffset: offset)),
        hint: "remove it; in double quotes it can be written as \\uFEFF")
    }
  }

  /// The places that are not UTF-8 or not printable, of which the parser only says that there are some.
  func unreadablePlaces() -> [Diagnostic] {
    var found: [Diagnostic] = []
    let lines = SourceLines(self)
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    // Text in another encoding has runs of bad bytes; the beginning of a run tells enough.
    var runEnd = -1
    while found.count < Self.placesLimit {
      let place = offset
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput: return found
      case .valid(let encoded):
        offset += encoded.count
        let scalar = Unicode.UTF8.decode(encoded)
        if !scalar.isAllowedInManifest {
          found.append(controlCharacter(scalar, at: lines.mark(atOffset: place)))
        }
      case .error(let length):
        offset += length
        defer { runEnd = offset }
        guard place != runEnd else { continue }
        let byte = hexadecimal(UInt32(bytes[place]), digits: 2)
        found.append(
          Diagnostic(
            .error, rule: "not-utf8", "the byte 0x\(byte) is not valid UTF-8 here",
            at: Location(file: path, at: lines.mark(atOffset: place)), hint: "save the file as UTF-8"))
      }
    }
    return found
  }

  private func controlCharacter(_ scalar: Unicode.Scalar, at mark: Mark) -> Diagnostic {
    let digits = hexadecimal(scalar.value, digits: 4)
    return Diagnostic(
      .error, rule: "control-character", "the control character U+\(digits) can't stand in a manifest",
      at: Location(file: path, at: mark), hint: "remove it, or write it as \\u\(digits) in double quotes")
  }
}

extension Unicode.Scalar {
  /// Whether YAML lets the character stand in a text unescaped.
  var isAllowedInManifest: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}

/// `value` in capital hexadecimal digits, at least `digits` of them.
func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
