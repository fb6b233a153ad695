// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Text that is fit to be shown: in a literal of Kiln's own, what is put into it from elsewhere has its controls made
/// visible, so that nobody else's words steer the terminal.
struct ShownText: ExpressibleByStringInterpolation {
  /// The text as it goes out.
  let text: String

  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation parts: Parts) { text = parts.text }

  /// What is put together of literals and of values.
  struct Parts: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }

    /// A value in words, on one line.
    mutating func appendInterpolation<Value>(_ value: Value) { text += "\(value)".withVisibleControls }

    /// What is fit to be shown already, with colours and line ends.
    mutating func appendInterpolation(shown text: String) { self.text += text }
  }
}
