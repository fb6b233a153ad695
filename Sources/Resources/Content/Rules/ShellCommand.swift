// SPDX-License-Identifier: Apache-2.0

/// A simple command of a shell script: a program and its arguments, as far as they can be told without running it.
struct ShellCommand {
  /// A word with its quotes taken away; what is substituted in it stays as written.
  struct Word {
    var text: String
    /// Where it stands, in UTF-8 bytes of the script.
    var range: Range<Int>

    /// The last part of the path that it is, the name of a file without its folder; nil where nothing but slashes is left.
    var lastPathPart: String? {
      text.utf8.split(separator: Byte.slash).last.map { String(Substring($0)) }
    }
  }

  /// What stands around the words.
  struct Surroundings {
    /// Whether it reads what the command before it writes.
    var isPiped = false
    /// Whether its input comes from a command, a file or the script.
    var isFed = false
    /// Whether it stands in a `$( … )`, a backquote or a `<( … )`.
    var isSubstituted = false
    /// Whether the script goes on without waiting for it.
    var isInBackground = false
    /// Whether another command reads what it writes.
    var isFollowedByPipe = false
    /// Whether it is stopped after some time.
    var isTimed = false
    /// Whether `xargs` runs it, which gives it nothing to read.
    var isFromList = false
  }

  /// The words, without assignments before the first, without redirections, and without what only runs another command.
  let words: [Word]
  /// The program's name, without its folder.
  let name: String
  /// What stands around the words.
  let surroundings: Surroundings

  /// The words behind the first.
  var arguments: ArraySlice<Word> { words.dropFirst() }

  /// The arguments that are no options.
  var operands: [Word] { operands(behind: []) }

  /// The first word behind the program's name that is not an option.
  var verb: String? { operands.first?.text }

  /// Whether something else than a person answers its questions.
  var isFed: Bool { surroundings.isFed && !surroundings.isFromList }

  /// Where it stands in the script, from its name to its last word.
  var range: Range<Int> {
    (words.first?.range.lowerBound ?? 0)..<(words.last?.range.upperBound ?? 0)
  }

  /// Whether one of its arguments is one of `options`, `=` and what follows left out.
  func has(_ options: String...) -> Bool {
    arguments.contains { word in
      options.contains { word.text == $0 || word.text.hasPrefix($0 + "=") }
    }
  }

  /// Whether one of its arguments is a bundle of one-letter options with one of `letters` in it.
  func hasFlag(_ letters: String) -> Bool {
    arguments.contains { word in
      let bundle = word.text.utf8.dropFirst().prefix { $0 != Byte.equals }
      return word.text.utf8.first == Byte.dash && bundle.allSatisfy { $0.isLetter || $0.isDigit }
        && bundle.contains { letters.utf8.contains($0) }
    }
  }

  /// The arguments that are neither options nor the values of `options`.
  func operands(behind options: Set<String>) -> [Word] {
    var operands: [Word] = []
    var isValue = false
    for word in arguments {
      if isValue {
        isValue = false
      } else if word.text.utf8.first == Byte.dash, word.text != "-" {
        isValue = options.contains(word.text)
      } else {
        operands.append(word)
      }
    }
    return operands
  }

  /// The commands of `script`, in the order in which they begin; those in the text behind `sh -c` too.
  static func split(_ script: [UInt8]) -> [ShellCommand] {
    var splitter = ShellSplitter(script)
    return splitter.split().withInner
  }

  /// The command of `words`; nil where nothing is left of them.
  init?(_ words: [Word], _ surroundings: Surroundings) {
    var (rest, surroundings) = (words[...], surroundings)
    while let first = rest.first {
      if ShellCommand.isAssignment(first.text) {
        rest = rest.dropFirst()
      } else if let runner = ShellRunner.named(first.text) {
        let inner = runner.command(in: rest.dropFirst())
        guard !inner.isEmpty else { break }
        rest = inner
        surroundings.isTimed = surroundings.isTimed || first.text == "timeout"
        surroundings.isFromList = surroundings.isFromList || first.text == "xargs"
      } else {
        break
      }
    }
    guard let program = rest.first else { return nil }
    name = program.lastPathPart ?? program.text
    self.words = Array(rest)
    self.surroundings = surroundings
  }

  /// `command` in a script that stands `shift` bytes further.
  private init(_ command: ShellCommand, movedBy shift: Int) {
    (name, surroundings) = (command.name, command.surroundings)
    words = command.words.map { word in
      Word(text: word.text, range: word.range.lowerBound + shift..<word.range.upperBound + shift)
    }
  }

  /// Whether `word` is `name=value`.
  private static func isAssignment(_ word: String) -> Bool {
    guard let equals = word.utf8.firstIndex(of: Byte.equals), equals != word.startIndex else { return false }
    return word.utf8[..<equals].allSatisfy(\.isWordByte)
  }
}

extension [ShellCommand] {
  /// The commands, each that is given a script as a word followed by the script's.
  var withInner: [ShellCommand] {
    guard contains(where: { $0.inlineScript != nil }) else { return self }
    return flatMap { command in [command] + command.inner }
  }
}

extension ShellCommand {
  /// The shells that read a script in the language of `sh`.
  static let shells: Set<String> = ["sh", "bash", "dash", "zsh", "ash", "ksh"]

  /// The commands of the script that it is given as a word.
  fileprivate var inner: [ShellCommand] {
    guard let script = inlineScript else { return [] }
    var splitter = ShellSplitter(Array(script.text.utf8))
    return splitter.split().map { ShellCommand($0, movedBy: script.range.lowerBound + 1) }
  }

  /// The word behind `-c`, where it stands in quotes and nothing in it is escaped or substituted.
  fileprivate var inlineScript: Word? {
    guard ShellCommand.shells.contains(name) || name == "su" || name == "runuser" else { return nil }
    guard
      let option = arguments.firstIndex(where: {
        $0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.hasSuffix("c")
      }),
      option + 1 < words.count, words[option + 1].range.count == words[option + 1].text.utf8.count + 2
    else { return nil }
    return words[option + 1]
  }
}
