// SPDX-License-Identifier: Apache-2.0

/// Makes one `RUN` line of a shell script with several lines, so that the same script runs.
///
/// A command of the service is one logical line: a line that ends in a backslash goes on, and the shell sees neither
/// the backslash nor the line's end. So each line's end of the script must go, and what it did must be said in
/// another way. It is `;` where it ended a command, and nothing where the shell's grammar lets a command go on: behind
/// `&&`, `|`, `then`, `do`, `{`, `(`, a pattern of `case` and so on. Comments go too. As in the script itself, a
/// command that fails stops nothing unless `set -e` says so.
///
/// A line's end that can't be said in another way is refused: inside quotes, in a here-document, in arithmetic, and
/// behind what changes how the next line is read (`alias`, `shopt`).
struct ScriptJoiner {
  /// Why a script can't be carried on one line.
  struct Fault: Error, Hashable {
    var message: String
    /// Where, in UTF-8 bytes of the script.
    var offset: Int
  }

  /// What the reader is inside of.
  enum Frame {
    /// `( … )`, `$( … )` or `<( … )`; whether it is part of a word.
    case commands(inWord: Bool)
    /// `" … "`
    case quotes
    /// `${ … }`; whether inside of double quotes, where an apostrophe means nothing.
    case expansion(inQuotes: Bool)
    /// `$(( … ))`, `(( … ))`, `[[ … ]]`, `a=( … )`, an extended pattern: lines' ends there can't be told by `;`.
    case opaque(depth: Int, closing: UInt8)
    /// `case word`, before `in`.
    case caseHead
    /// Where a pattern of `case` is expected, or `esac`.
    case casePattern
    /// The commands of one pattern.
    case caseBody
  }

  /// What a line's end means at a place.
  enum LineEnd {
    /// Nothing: the shell expects more, or nothing has begun.
    case nothing
    /// The end of a command.
    case separator
  }

  let script: [UInt8]
  var index = 0
  var output: [UInt8] = []
  var frames: [Frame] = []
  /// What a line's end here means.
  var lineEnd = LineEnd.nothing
  /// Whether a reserved word counts as one here.
  var isCommandStart = true
  /// The unquoted bytes of the word being read; nil where none is, or where a part of it is quoted.
  var word: [UInt8]? = []
  var isInWord = false
  /// The reserved word before, when it wants a name: `for`, `select` or `function`.
  var wantsName: String?
  /// Whether `in` or `do` is expected, behind the name of `for` or `select`.
  var wantsIn = false
  /// The command that changes how later lines are read.
  var readingChanger: String?
  /// The lines' ends to be told before the next token.
  private var pending: LineEnd?
  private var margin: [UInt8] = []

  /// A joiner of `script`.
  init(_ script: [UInt8]) { self.script = script }

  /// The script for one `RUN` line, with a backslash at the end of every physical line but the last.
  mutating func join() throws(Fault) -> [UInt8] {
    while index < script.count {
      switch frames.last {
      case .quotes: try readQuoted()
      case .expansion(let inQuotes): try readExpansion(inQuotes: inQuotes)
      case .opaque(let depth, let closing): try readOpaque(depth: depth, closing: closing)
      default: try readCommands()
      }
    }
    endWord()
    if let open = frames.last { throw fault("\(open.name) is not closed") }
    return output
  }

  func fault(_ message: String) -> Fault { Fault(message: message, offset: min(index, script.count)) }

  func byte(after distance: Int) -> UInt8? {
    index + distance < script.count ? script[index + distance] : nil
  }

  /// Copies `count` bytes, after the line's ends that are due.
  mutating func take(_ count: Int = 1) {
    flush()
    let end = min(index + count, script.count)
    output.append(contentsOf: script[index..<end])
    index = end
  }

  private mutating func flush() {
    guard let due = pending else { return }
    if !output.isEmpty {
      if due == .separator { output.append(Byte.semicolon) }
      output.append(contentsOf: " \\\n".utf8)
      output.append(contentsOf: margin)
    }
    pending = nil
  }

  /// Reads the line's end at `index`, with blanks behind it.
  mutating func readLineEnd() throws(Fault) {
    endWord()
    if let wantsName { throw fault("a line ends behind '\(wantsName)'") }
    if case .caseHead = frames.last { lineEnd = .nothing }
    if let readingChanger { throw fault("'\(readingChanger)' changes how the lines behind it are read") }
    if lineEnd == .separator { pending = .separator } else if pending == nil { pending = .nothing }
    lineEnd = .nothing
    isCommandStart = true
    index += 1
    margin = []
    while let blank = byte(after: 0), blank.isBlank {
      margin.append(blank)
      index += 1
    }
  }

  /// Reads a backslash outside of single quotes, with what it takes along.
  mutating func readBackslash() throws(Fault) {
    guard let next = byte(after: 1) else { throw fault("the script ends in a backslash") }
    guard next == Byte.newline else {
      beginWord(quoted: true)
      return take(2)
    }
    var following = index + 2
    while following < script.count, script[following].isBlank { following += 1 }
    let goesOn =
      following < script.count && script[following] != Byte.newline && script[following] != Byte.hash
    // A blank line or a comment would be left out of the logical line, and `\\` before would hide the backslash.
    if goesOn, pending == nil, let last = output.last, last != Byte.backslash {
      take(2)
    } else {
      index += 2
    }
  }

  /// Copies what stands in single quotes.
  mutating func readSingleQuoted() throws(Fault) {
    let isEscaping = index > 0 && script[index - 1] == Byte.dollar
    var end = index + 1
    while end < script.count, script[end] != Byte.apostrophe {
      if script[end] == Byte.newline { throw fault("a line ends inside of quotes") }
      if isEscaping, script[end] == Byte.backslash, end + 1 < script.count, script[end + 1] == Byte.apostrophe
      {
        throw fault("shells differ about \\' inside of $'…'")
      }
      end += 1
    }
    guard end < script.count else { throw fault("a quote is not closed") }
    take(end + 1 - index)
  }

  /// Copies what stands between backquotes.
  mutating func readBackquoted() throws(Fault) {
    var end = index + 1
    while end < script.count, script[end] != Byte.backquote {
      if script[end] == Byte.newline { throw fault("a line ends inside of backquotes") }
      end += script[end] == Byte.backslash ? 2 : 1
    }
    guard end < script.count else { throw fault("a backquote is not closed") }
    take(end + 1 - index)
  }
}

extension ScriptJoiner.Frame {
  fileprivate var name: String {
    switch self {
    case .commands: "a parenthesis"
    case .quotes: "a quote"
    case .expansion: "'${'"
    case .opaque: "a bracket"
    case .caseHead, .casePattern, .caseBody: "'case'"
    }
  }
}
