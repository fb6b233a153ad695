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
