// SPDX-License-Identifier: Apache-2.0

extension ScalarTracer {
  /// A line break that may or may not become part of the text.
  private struct Break {
    let character: Unicode.Scalar
    let mark: Mark
    let next: Mark
  }

  private static let breaks: [Unicode.Scalar] = ["\n", "\u{2028}", "\u{2029}"]

  /// Traces the block scalar at whose `|` or `>` the cursor stands.
  mutating func traceBlock(_ text: String, isFolded: Bool) {
    _ = cursor.next()
    var keepsBreaks = false
    var stripsBreaks = false
    // The parser takes a comment right behind the indicators, too.
    while "+-123456789".utf8.contains(cursor.byte) {
      let indicator = cursor.next()
      keepsBreaks = keepsBreaks || indicator == "+"
      stripsBreaks = stripsBreaks || indicator == "-"
    }
    cursor.skipLine()
    guard cursor.isAtBreak else { return }
    _ = cursor.nextBreak()
    trace = ScalarTrace(from: cursor.mark)

    let hasLines = text.unicodeScalars.contains { !Self.breaks.contains($0) }
    let indentation = hasLines ? blockIndentation(of: text) : .max
    var lastBreak: Break?
    var emptyLines = takeEmptyLines(upTo: indentation)
    var beganBlank = false
    while hasLines, Int(cursor.mark.column) == indentation + 1, !cursor.isAtEnd {
      let beginsBlank = cursor.isAtBlank
      // A fold makes a space of a single line break between lines that are not indented further.
      if let pending = lastBreak {
        if isFolded, pending.character == "\n", !beganBlank, !beginsBlank {
          if emptyLines.isEmpty { trace.append(" ", at: pending.mark, next: pending.next) }
        } else {
          append(pending)
        }
      }
      emptyLines.forEach { append($0) }
      beganBlank = beginsBlank
      while !cursor.isAtEnd, !cursor.isAtBreak {
        let mark = cursor.mark
        let character = cursor.next()
        trace.append(character, at: mark, next: cursor.mark)
      }
      lastBreak = takeBreak()
      emptyLines = takeEmptyLines(upTo: indentation)
    }
    if !stripsBreaks, let lastBreak { append(lastBreak) }
    if keepsBreaks { emptyLines.forEach { append($0) } }
  }

  /// How many spaces stand before the block's text.
  ///
  /// The header may say so relative to the parent, of which nothing is known here; but the text shows how many spaces were left of
  /// its first line.
  private func blockIndentation(of text: String) -> Int {
    var lookahead = cursor
    var rest = text.unicodeScalars[...]
    while let first = rest.first, Self.breaks.contains(first), !lookahead.isAtEnd {
      rest = rest.dropFirst()
      lookahead.skipLine()
      if lookahead.isAtBreak { _ = lookahead.nextBreak() }
    }
    let spacesOfText = rest.prefix { $0 == " " }.count
    var spaces = 0
    while lookahead.byte == UInt8(ascii: " ") {
      _ = lookahead.next()
      spaces += 1
    }
    return max(spaces - spacesOfText, 0)
  }

  private mutating func takeBreak() -> Break? {
    guard cursor.isAtBreak else { return nil }
    let mark = cursor.mark
    let character = cursor.nextBreak()
    return Break(character: character, mark: mark, next: cursor.mark)
  }

  /// Steps over lines that have at most `indentation` spaces, and over the spaces before the next line's text.
  private mutating func takeEmptyLines(upTo indentation: Int) -> [Break] {
    var breaks: [Break] = []
    while true {
      while Int(cursor.mark.column) <= indentation, cursor.byte == UInt8(ascii: " ") { _ = cursor.next() }
      guard let lineBreak = takeBreak() else { return breaks }
      breaks.append(lineBreak)
    }
  }

  private mutating func append(_ lineBreak: Break) {
    trace.append(lineBreak.character, at: lineBreak.mark, next: lineBreak.next)
  }
}
