// SPDX-License-Identifier: Apache-2.0

extension ScriptJoiner {
  /// Notes that a word goes on; `quoted` where the next part of it can't belong to a reserved word.
  mutating func beginWord(quoted: Bool) {
    if !isInWord {
      isInWord = true
      word = []
    }
    if quoted { word = nil }
  }

  /// Notes that a word, if there is one, has ended, and what it means for what follows.
  mutating func endWord() {
    guard isInWord else { return }
    isInWord = false
    let text = word.map { String(decoding: $0, as: UTF8.self) } ?? "'"
    word = []

    if let keyword = wantsName {
      wantsName = nil
      wantsIn = keyword != "function"
      (lineEnd, isCommandStart) = (.nothing, keyword == "function")
      return
    }
    if wantsIn, text == "in" || text == "do" {
      wantsIn = false
      (lineEnd, isCommandStart) = text == "do" ? (.nothing, true) : (.separator, false)
      return
    }
    switch frames.last {
    case .caseHead:
      if text == "in" {
        frames[frames.count - 1] = .casePattern
        (lineEnd, isCommandStart) = (.nothing, true)
      }
      return
    case .casePattern:
      if text == "esac", isCommandStart { closeCase() } else { isCommandStart = false }
      return
    default: break
    }
    guard isCommandStart else {
      lineEnd = .separator
      return
    }
    endCommandWord(text)
  }

  /// Notes what a word means that stands where a command can begin.
  private mutating func endCommandWord(_ text: String) {
    switch text {
    case "if", "then", "else", "elif", "while", "until", "do", "!", "{": lineEnd = .nothing
    case "fi", "done", "}", "time": lineEnd = .separator
    case "for", "select", "function": wantsName = text
    case "case":
      frames.append(.caseHead)
      isCommandStart = false
    case "esac":
      guard case .caseBody = frames.last else { return endPlainWord() }
      closeCase()
    case "[[":
      frames.append(.opaque(depth: 1, closing: Byte.closeBracket))
      endPlainWord()
    case "alias", "unalias", "shopt":
      readingChanger = text
      endPlainWord()
    default: endPlainWord()
    }
  }

  private mutating func endPlainWord() {
    lineEnd = .separator
    isCommandStart = false
  }

  private mutating func closeCase() {
    frames.removeLast()
    (lineEnd, isCommandStart) = (.separator, true)
  }
}
