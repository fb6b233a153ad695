// SPDX-License-Identifier: Apache-2.0

/// Colours for terminals; without colour every text stays as it is.
public struct Ink: Hashable, Sendable {
  /// Whether texts get escape sequences.
  public let isColoured: Bool

  /// Ink that colours texts or leaves them alone.
  public init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  /// For what comes to be and for success.
  public func green(_ text: String) -> String { paint(text, "32") }
  /// For what changes and for warnings.
  public func yellow(_ text: String) -> String { paint(text, "33") }
  /// For what goes and for errors.
  public func red(_ text: String) -> String { paint(text, "31") }
  /// For what stands out.
  public func bold(_ text: String) -> String { paint(text, "1") }
  /// For what stands back.
  public func faint(_ text: String) -> String { paint(text, "2") }

  /// The colour of an action's symbol.
  public func symbol(of action: Action) -> String {
    switch action {
    case .create: green(action.symbol)
    case .replace: yellow(action.symbol)
    case .update: yellow(action.symbol)
    case .delete: red(action.symbol)
    case .nothing: action.symbol
    }
  }

  private func paint(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// The text with control characters shown as pictures, so that nothing can steer the terminal.
  public var withVisibleControls: String {
    guard unicodeScalars.contains(where: { $0.isControl }) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09: result.append(scalar)
      case 0x00..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: result.append("\u{2421}")
      case 0x80..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    switch value {
    case 0x00..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
