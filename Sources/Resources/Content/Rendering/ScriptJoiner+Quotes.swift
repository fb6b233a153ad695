// SPDX-License-Identifier: Apache-2.0

extension ScriptJoiner {
  /// Reads the next part of what stands in double quotes.
  mutating func readQuoted() throws(Fault) {
    switch script[index] {
    case Byte.newline: throw fault("a line ends inside of quotes")
    case Byte.quote:
      take()
      frames.removeLast()
    case Byte.backslash: try readEscape()
    case Byte.dollar: readDollar(inQuotes: true)
    case Byte.backquote: try readBackquoted()
    default: take()
    }
  }

  /// Reads the next part of what stands in `${ … }`.
  mutating func readExpansion(inQuotes: Bool) throws(Fault) {
    switch script[index] {
    case Byte.newline: throw fault("a line ends inside of '${ }'")
    case Byte.closeBrace:
      take()
      frames.removeLast()
    case Byte.backslash: try readEscape()
    case Byte.dollar: readDollar(inQuotes: inQuotes)
    case Byte.backquote: try readBackquoted()
    case Byte.apostrophe where !inQuotes: try readSingleQuoted()
    case Byte.quote:
      take()
      frames.append(.quotes)
    default: take()
    }
  }

  /// Reads the next part of a construct in which a line's end can't be told by `;`.
  mutating func readOpaque(depth: Int, closing: UInt8) throws(Fault) {
    let byte = script[index]
    switch byte {
    case Byte.newline: throw fault("a line ends inside of brackets")
    case Byte.backslash: try readEscape()
    case Byte.apostrophe: try readSingleQuoted()
    case Byte.quote:
      take()
      frames.append(.quotes)
    case Byte.dollar: readDollar(inQuotes: false)
    case closing:
      if closing == Byte.closeBracket {
        // Only the word `]]` closes `[[`.
        let isEnd = self.byte(after: 1) == closing && output.last?.isBlank == true
        take(isEnd ? 2 : 1)
        if isEnd { closeOpaque() }
      } else {
        take()
        frames.removeLast()
        if depth > 1 {
          frames.append(.opaque(depth: depth - 1, closing: closing))
        } else {
          closedParenthesis()
        }
      }
    case Byte.openParenthesis where closing == Byte.closeParenthesis:
      take()
      frames.removeLast()
      frames.append(.opaque(depth: depth + 1, closing: closing))
    default: take()
    }
  }

  private mutating func closeOpaque() {
    frames.removeLast()
    (lineEnd, isCommandStart, isInWord) = (.separator, true, false)
  }

  /// Behind the last parenthesis a word goes on, or ends with it.
  private mutating func closedParenthesis() {
    if !isInWord { (lineEnd, isCommandStart) = (.separator, true) }
  }

  /// Reads a backslash inside of quotes; a line's end behind it counts for nothing.
  private mutating func readEscape() throws(Fault) {
    guard let next = byte(after: 1) else { throw fault("the script ends in a backslash") }
    if next == Byte.newline { index += 2 } else { take(2) }
  }
}
