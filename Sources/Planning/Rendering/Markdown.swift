// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Texts of others in Markdown as GitHub reads it: nothing in them may be taken for markup.
package enum Markdown {
  /// A word or path as code, on one line.
  package static func code(_ text: String) -> String {
    let shown = text.withVisibleControls
    let fence = String(repeating: "`", count: longestRun(of: "`", in: shown) + 1)
    let gap = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.isEmpty ? " " : ""
    return "\(fence)\(gap)\(shown)\(gap)\(fence)"
  }

  /// Markdown in a cell of a table, where a bar would end the cell, even inside of code.
  package static func cell(_ markdown: String) -> String {
    markdown.replacing("\\|", with: "|").replacing("|", with: "\\|")
  }

  /// A sentence, on one line.
  ///
  /// What looks like a mention becomes code as a whole: only there is nobody notified.
  package static func sentence(_ text: String) -> String {
    let shown = text.withVisibleControls
    guard !mentions(shown) else { return code(shown) }
    let special = Set("\\`*_[]<>|~#&$")
    return String(shown.flatMap { special.contains($0) ? ["\\", $0] : [$0] })
  }

  /// Lines between fences that no line of theirs can end.
  ///
  /// - Parameter language: What the lines are written in, such as `diff`.
  package static func fenced(_ lines: [String], language: String) -> String {
    let fence = fence(around: lines)
    return ([fence + language] + lines + [fence]).joined(separator: "\n")
  }

  /// What begins and ends a block of `lines`.
  static func fence(around lines: [String]) -> String {
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    return String(repeating: "`", count: Swift.max(3, longest + 1))
  }

  /// A text inside of an HTML element.
  package static func html(_ text: String) -> String {
    text.withVisibleControls.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0, current = 0
    for next in text {
      current = next == character ? current + 1 : 0
      longest = Swift.max(longest, current)
    }
    return longest
  }

  /// Whether a sign stands where GitHub would read a person's or an issue's name behind it.
  private static func mentions(_ text: String) -> Bool {
    var previous: Character?
    for next in text {
      if next == "@", !(previous.map { $0.isLetter || $0.isNumber } ?? false) { return true }
      previous = next
    }
    return false
  }
}
