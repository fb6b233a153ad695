// SPDX-License-Identifier: Apache-2.0

/// The text rules of reference §3, each as one question.
extension String {
  /// How many characters it has: code points, as the service counts them.
  var scalarCount: Int {
    // Every byte of UTF-8 begins a code point but those of the form 10xxxxxx.
    let bytes = utf8Span.span
    var count = 0
    for offset in bytes.indices where bytes[offset] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Begins with `http://` or `https://`.
  var beginsLikeURL: Bool { hasPrefix("http://") || hasPrefix("https://") }

  /// A letter or Chinese character, then letters, digits, Chinese characters, `:`, `_`, `-` and perhaps `.`.
  func isServiceName(dots: Bool) -> Bool {
    guard let first = unicodeScalars.first, first.isNameLetter else { return false }
    for scalar in unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ":", "_", "-": continue
      case "." where dots: continue
      default: guard scalar.isNameLetter else { return false }
      }
    }
    return true
  }

  /// Begins with a prefix that the service keeps for itself, or has a URL inside.
  var isReserved: Bool { hasPrefix("aliyun") || hasPrefix("acs:") || hasURLInside }

  /// Has `http://` or `https://` anywhere.
  var hasURLInside: Bool {
    // Looked for from the rare colon, byte by byte, as every text of every manifest passes here.
    var rest = utf8[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let before = utf8[..<colon]
      rest = rest[rest.index(after: colon)...]
      guard rest.starts(with: "//".utf8) else { continue }
      if before.suffix(4).elementsEqual("http".utf8) || before.suffix(5).elementsEqual("https".utf8) {
        return true
      }
    }
    return false
  }

  /// At most 63 lower-case letters, digits and dashes, no dash at either end.
  var isBucketName: Bool {
    guard (1...63).contains(utf8.count), !hasPrefix("-"), !hasSuffix("-") else { return false }
    return unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
  }

  private var isTagLength: Bool { utf8.count <= 128 || scalarCount <= 128 }

  /// Fit to be the key of a tag.
  var isTagKey: Bool { !isEmpty && isTagLength && !isReserved }

  /// Fit to be the value of a tag.
  var isTagValue: Bool { isTagLength && !hasPrefix("acs:") && !hasURLInside }
}

extension Unicode.Scalar {
  fileprivate var isNameLetter: Bool {
    switch self {
    case "a"..."z", "A"..."Z": true
    case "\u{3400}"..."\u{9FFF}", "\u{F900}"..."\u{FAFF}", "\u{20000}"..."\u{3134F}": true
    default: false
    }
  }
}
