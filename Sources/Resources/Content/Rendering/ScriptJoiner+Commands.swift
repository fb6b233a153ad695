// SPDX-License-Identifier: Apache-2.0

extension ScriptJoiner {
  /// Reads the next token, or part of a word, where commands stand.
  mutating func readCommands() throws(Fault) {
    let byte = script[index]
    switch byte {
    case Byte.newline: try readLineEnd()
    case Byte.space, Byte.tab:
      endWord()
      if output.isEmpty { index += 1 } else { take() }
    case Byte.hash where !isInWord:
      while index < script.count, script[index] != Byte.newline { index += 1 }
    case Byte.backslash: try readBackslash()
    case Byte.apostrophe:
      beginWord(quoted: true)
      try readSingleQuoted()
    case Byte.quote:
      beginWord(quoted: true)
      take()
      frames.append(.quotes)
    case Byte.backquote:
      beginWord(quoted: true)
      try readBackquoted()
    case Byte.dollar:
      beginWord(quoted: false)
      readDollar(inQuotes: false)
    case Byte.semicolon, Byte.ampersand, Byte.bar: readOperator()
    case Byte.less, Byte.greater: try readRedirection()
    case Byte.openParenthesis: readOpening()
    case Byte.closeParenthesis: try readClosing()
    default:
      beginWord(quoted: false)
      word?.append(byte)
      take()
    }
  }

  /// Reads `$`, and what it opens.
  mutating func readDollar(inQuotes: Bool) {
    word = nil
    switch (byte(after: 1), byte(after: 2)) {
    case (Byte.openParenthesis, Byte.openParenthesis):
      take(3)
      frames.append(.opaque(depth: 2, closing: Byte.closeParenthesis))
    case (Byte.openParenthesis, _):
      take(2)
      openCommands(inWord: true)
    case (Byte.openBrace, _):
      take(2)
      frames.append(.expansion(inQuotes: inQuotes))
    default: take()
    }
  }

  private mutating func openCommands(inWord: Bool) {
    frames.append(.commands(inWord: inWord))
    (isInWord, isCommandStart, lineEnd) = (false, true, .nothing)
    word = []
  }

  private mutating func readOperator() {
    endWord()
    let (next, third) = (byte(after: 1), byte(after: 2))
    switch script[index] {
    case Byte.ampersand where next == Byte.greater: return takeRedirection(2)
    case Byte.ampersand: take(next == Byte.ampersand ? 2 : 1)
    case Byte.bar:
      take(next == Byte.bar || next == Byte.ampersand ? 2 : 1)
      if case .casePattern = frames.last { return }
    default:
      let endsPattern = next == Byte.semicolon || next == Byte.ampersand
      take(!endsPattern ? 1 : next == Byte.semicolon && third == Byte.ampersand ? 3 : 2)
      if endsPattern, case .caseBody = frames.last { frames[frames.count - 1] = .casePattern }
    }
    (lineEnd, isCommandStart, wantsIn) = (.nothing, true, false)
  }

  private mutating func takeRedirection(_ length: Int) {
    take(length)
    (lineEnd, isCommandStart) = (.separator, false)
  }

  private mutating func readRedirection() throws(Fault) {
    // A number directly before belongs to it, and no word ends a command here.
    endWord()
    let byte = script[index]
    let next = self.byte(after: 1)
    if byte == Byte.less, next == Byte.less, self.byte(after: 2) != Byte.less {
      throw fault("a here-document needs lines of its own")
    }
    if next == Byte.openParenthesis {
      take(2)
      return openCommands(inWord: true)
    }
    var length = 1
    while length < 3, let more = self.byte(after: length), more == byte || "&|>".utf8.contains(more) {
      length += 1
    }
    takeRedirection(length)
  }

  private mutating func readOpening() {
    if case .casePattern = frames.last { return take() }
    var following = index + 1
    while following < script.count, script[following].isBlank { following += 1 }
    let isEmpty = following < script.count && script[following] == Byte.closeParenthesis
    if isEmpty, !isInWord || output.last?.isWordByte == true || output.last == Byte.dash {
      // `()` behind the name of a function, whose body may begin on the next line.
      endWord()
      take(following + 1 - index)
      (lineEnd, isCommandStart, wantsName) = (.nothing, true, nil)
    } else if isInWord {
      take()
      frames.append(.opaque(depth: 1, closing: Byte.closeParenthesis))
    } else if byte(after: 1) == Byte.openParenthesis {
      take(2)
      frames.append(.opaque(depth: 2, closing: Byte.closeParenthesis))
      (lineEnd, isCommandStart, wantsName) = (.separator, true, nil)
    } else {
      take()
      openCommands(inWord: false)
    }
  }

  private mutating func readClosing() throws(Fault) {
    endWord()
    take()
    switch frames.last {
    case .casePattern:
      frames[frames.count - 1] = .caseBody
      (lineEnd, isCommandStart) = (.nothing, true)
    case .commands(let inWord):
      frames.removeLast()
      (isInWord, isCommandStart, lineEnd) = (inWord, !inWord, .separator)
      word = nil
      if case .caseHead = frames.last { isCommandStart = false }
    default: throw fault("a parenthesis is closed that was not opened")
    }
  }
}
