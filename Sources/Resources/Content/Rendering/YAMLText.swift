// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Writes texts as YAML scalars that every parser reads back as the same text.
package enum YAMLText {
  /// `text` on one line: bare where nothing could take it for anything else, in double quotes otherwise.
  package static func inline(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  /// `text` as the value of something indented by `indent`: a block where it has several lines and a block can hold
  /// them, on one line otherwise.
  package static func value(_ text: String, indent: Int) -> String {
    guard isBlock(text) else { return inline(text) }
    var lines = text.utf8.split(separator: Byte.newline, omittingEmptySubsequences: false)
    let header: String
    if text.utf8.last != Byte.newline {
      header = "-"
    } else {
      lines.removeLast()
      header = lines.last?.isEmpty == true ? "+" : ""
    }
    let margin = String(repeating: " ", count: indent + 2)
    // Without a number the first line would tell how far the block is indented.
    let startsWithText = text.utf8.first.map { !$0.isBlank && $0 != Byte.newline } ?? false
    return "|" + (startsWithText ? "" : "2") + header
      + lines.map { $0.isEmpty ? "\n" : "\n" + margin + String(Substring($0)) }.joined()
  }

  /// Whether `text` can stand bare: a word that begins like a name or a path and has nothing in it that YAML reads.
  package static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 512,
      first.isLetter || first == Byte.slash || first == UInt8(ascii: "_"), last != Byte.space,
      last != Byte.colon
    else { return false }
    for (index, byte) in bytes.enumerated() {
      let isHarmless =
        byte.isWordByte || "-./@%+=~ ".utf8.contains(byte)
        || byte == Byte.colon && bytes[index + 1] != Byte.space
      guard isHarmless else { return false }
    }
    return !words.contains(text.lowercased())
  }

  /// What some version of YAML takes for a truth value or for nothing.
  private static let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

  private static func isBlock(_ text: String) -> Bool {
    var (hasBreak, hasText) = (false, false)
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        hasBreak = true
      } else if scalar != "\t", isEscaped(scalar) {
        return false
      } else if scalar != " ", scalar != "\t" {
        hasText = true
      }
    }
    return hasBreak && hasText
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where isEscaped(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whether a scalar can't stand as it is: what is not printable, ends a line, or is a byte order mark.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: false
    case 0x10000...0x10FFFF: false
    default: true
    }
  }
}
