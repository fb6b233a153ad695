// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
  /// How many columns of a terminal the character fills.
  var width: Int {
    switch value {
    case 0x20...0x7E: 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      2
    case 0x200D: 0
    default:
      switch properties.generalCategory {
      case .nonspacingMark, .enclosingMark: 0
      default: properties.isEmojiPresentation ? 2 : 1
      }
    }
  }

  /// Whether the character would hide, or steer a terminal, if it were shown as it is.
  public var isHidden: Bool { visibleForm != nil }

  /// How the character is shown to people, when showing it as it is would hide it or let it steer the terminal.
  var visibleForm: String? {
    switch value {
    case 0x20...0x7E: return nil
    // U+2400 and following are pictures of the control characters.
    case 0x00..<0x20: return Unicode.Scalar(0x2400 + value).map(String.init)
    case 0x7F: return "\u{2421}"
    // The joiner inside of emoji.
    case 0x200D: return nil
    default:
      switch properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        return "<U+\(hexadecimal(value, digits: 4))>"
      default: return nil
      }
    }
  }
}

extension String {
  /// The text with everything made visible that could hide in it or steer a terminal; on one line.
  public var withVisibleControls: String {
    guard hasMoreThanASCIIText, unicodeScalars.contains(where: \.isHidden) else { return self }
    return unicodeScalars.map { $0.visibleForm ?? String($0) }.joined()
  }

  /// Whether there is more in the text than what every terminal shows, as there seldom is.
  private var hasMoreThanASCIIText: Bool {
    let bytes = utf8Span.span
    for offset in bytes.indices where !(0x20...0x7E).contains(bytes[offset]) { return true }
    return false
  }
}
