// SPDX-License-Identifier: Apache-2.0

/// Splits a shell script into simple commands, for looking into it: what it can't tell it passes over.
struct ShellSplitter {
  private enum Redirection { case input, output }

  /// A command being read.
  private struct Open {
    var words: [ShellCommand.Word] = []
    var surroundings = ShellCommand.Surroundings()
    /// The redirection whose operand comes next.
    var redirection: Redirection?
    /// Its place among the commands.
    var place = 0
    /// Whether the construct that holds it stands in double quotes.
    var wasQuoted = false
    /// What closes the construct that holds it.
    var closing: UInt8?
    /// The word that the construct is part of.
    var outer: (text: [UInt8], start: Int)?
  }

  private let script: [UInt8]
  private var index = 0
  private var stack: [Open] = []
  private var open = Open()
  private var word: (text: [UInt8], start: Int)?
  private var isQuoted = false
  private var commands: [(place: Int, command: ShellCommand)] = []
  private var places = 0
  private var documents: [[UInt8]] = []
  /// Whether every quote, parenthesis and here-document that was opened has been closed.
  private(set) var isClosed = true

  init(_ script: [UInt8]) { self.script = script }

  mutating func split() -> [ShellCommand] {
    while index < script.count { step() }
    isClosed = isClosed && !isQuoted && stack.isEmpty && documents.isEmpty
    endCommand()
    while let outer = stack.popLast() {
      open = outer
      endCommand()
    }
    return commands.sorted { $0.place < $1.place }.map(\.command)
  }

  private mutating func step() {
    let byte = script[index]
    let next = index + 1 < script.count ? script[index + 1] : 0
    switch byte {
    case Byte.backslash:
      if next == Byte.newline { index += 2 } else { add(next, length: 2) }
    case Byte.dollar where next == Byte.openParenthesis:
      index += 2
      enter(closing: Byte.closeParenthesis)
    case Byte.backquote where open.closing != Byte.backquote:
      index += 1
      enter(closing: Byte.backquote)
    case Byte.quote:
      isQuoted.toggle()
      beginWord()
      index += 1
    case _ where byte == open.closing && !isQuoted:
      endWord()
      index += 1
      leave()
    case _ where isQuoted: add(byte, length: 1)
    case Byte.apostrophe: addSingleQuoted()
    case Byte.hash where word == nil:
      while index < script.count, script[index] != Byte.newline { index += 1 }
    case Byte.newline:
      endWord()
      index += 1
      endCommand()
      skipDocuments()
    case Byte.semicolon, Byte.closeParenthesis, Byte.openParenthesis:
      endWord()
      index += 1
      endCommand()
    case Byte.ampersand where next == Byte.greater:
      endWord()
      index += 1
    case Byte.ampersand:
      endWord()
      index += 1
      if index < script.count, script[index] == Byte.ampersand {
        index += 1
      } else {
        open.surroundings.isInBackground = true
      }
      endCommand()
    case Byte.bar:
      endWord()
      index += next == Byte.bar || next == Byte.ampersand ? 2 : 1
      endCommand(isPipe: next != Byte.bar)
    case Byte.less where next == Byte.openParenthesis, Byte.greater where next == Byte.openParenthesis:
      index += 2
      enter(closing: Byte.closeParenthesis)
    case Byte.less where next == Byte.less: readDocument()
    case Byte.less, Byte.greater: redirect()
    case Byte.space, Byte.tab, Byte.carriageReturn:
      endWord()
      index += 1
    default: add(byte, length: 1)
    }
  }

  private mutating func beginWord() { if word == nil { word = ([], index) } }

  private mutating func add(_ byte: UInt8, length: Int) {
    beginWord()
    word?.text.append(byte)
    index = min(index + length, script.count)
  }

  private mutating func addSingleQuoted() {
    beginWord()
    index += 1
    while index < script.count, script[index] != Byte.apostrophe {
      word?.text.append(script[index])
      index += 1
    }
    if index == script.count { isClosed = false }
    index = min(index + 1, script.count)
  }

  private mutating func endWord() {
    guard let (text, start) = word else { return }
    word = nil
    let ended = ShellCommand.Word(text: String(decoding: text, as: UTF8.self), range: start..<index)
    switch open.redirection {
    case .input: open.surroundings.isFed = open.surroundings.isFed || ended.text != "/dev/null"
    case .output: break
    case nil: open.words.append(ended)
    }
    open.redirection = nil
  }

  /// Reads `<`, `>` and what belongs to them; the file is no word of the command.
  private mutating func redirect() {
    // A number right before is that of the file descriptor.
    if let (text, _) = word, text.allSatisfy(\.isDigit) { word = nil }
    endWord()
    open.redirection = script[index] == Byte.less ? .input : .output
    index += 1
    while index < script.count,
      script[index] == Byte.greater || script[index] == Byte.ampersand
        || script[index] == Byte.bar
    {
      index += 1
    }
  }

  private mutating func endCommand(isPipe: Bool = false) {
    endWord()
    open.surroundings.isFollowedByPipe = isPipe
    if let command = ShellCommand(open.words, open.surroundings) {
      commands.append((open.place, command))
    }
    places += 1
    (open.words, open.redirection, open.place) = ([], nil, places)
    open.surroundings = ShellCommand.Surroundings(
      isPiped: isPipe, isFed: isPipe, isSubstituted: open.surroundings.isSubstituted)
  }

  /// Begins a command inside of a word.
  private mutating func enter(closing: UInt8) {
    beginWord()
    var inner = Open()
    places += 1
    (inner.surroundings.isSubstituted, inner.place, inner.closing) = (true, places, closing)
    (inner.wasQuoted, inner.outer) = (isQuoted, word)
    stack.append(open)
    (open, word, isQuoted) = (inner, nil, false)
  }

  /// Ends the command inside of a word, which goes on.
  private mutating func leave() {
    let inner = open
    endCommand()
    guard let outer = stack.popLast() else { return }
    (open, word, isQuoted) = (outer, inner.outer, inner.wasQuoted)
    word?.text.append(contentsOf: "$()".utf8)
  }

  /// Reads `<<NAME`; its text is passed over at the line's end.
  private mutating func readDocument() {
    endWord()
    index += 2
    open.surroundings.isFed = true
    if index < script.count, script[index] == Byte.less {
      index += 1
      open.redirection = .input
      return
    }
    if index < script.count, script[index] == Byte.dash { index += 1 }
    while index < script.count, script[index] == Byte.space { index += 1 }
    let start = index
    while index < script.count, !script[index].isBlank, !";|&)>\n".utf8.contains(script[index]) { index += 1 }
    let name = script[start..<index].filter { ![Byte.quote, Byte.apostrophe, Byte.backslash].contains($0) }
    if !name.isEmpty { documents.append(name) }
  }

  private mutating func skipDocuments() {
    for name in documents {
      var isEnded = false
      while index < script.count {
        var end = index
        while end < script.count, script[end] != Byte.newline { end += 1 }
        let line = script.trimmed(index..<end)
        index = min(end + 1, script.count)
        if script[line].elementsEqual(name) {
          isEnded = true
          break
        }
      }
      if !isEnded { isClosed = false }
    }
    documents = []
  }
}
