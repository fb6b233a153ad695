// SPDX-License-Identifier: Apache-2.0

/// A simple command of a shell script: a program and its arguments, as far as they can be told without running it.
struct ShellCommand {
  /// A word with its quotes taken away; what is substituted in it stays as written.
  struct Word {
    var text: String
    /// Where it stands, in UTF-8 bytes of the script.
    var range: Range<Int>
  }

  /// The words, without assignments and redirections before the first and without what only runs another command.
  let words: [Word]
  /// The program's name, without its folder.
  let name: String
  /// Whether it reads what the command before it writes.
  let isPiped: Bool
  /// Whether it stands in a `$( … )`, a backquote or a `<( … )`.
  let isSubstituted: Bool

  /// The words behind the first.
  var arguments: ArraySlice<Word> { words.dropFirst() }

  /// The first word behind the program's name that is not an option.
  var verb: String? { arguments.first { !$0.text.hasPrefix("-") }?.text }

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

  /// Whether one of its arguments is a bundle of one-letter options with `letter` in it.
  func hasFlag(_ letter: Character) -> Bool {
    arguments.contains { $0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.contains(letter) }
  }

  /// The commands of `script`, in the order in which they begin.
  static func split(_ script: [UInt8]) -> [ShellCommand] {
    var splitter = ShellSplitter(script)
    return splitter.split()
  }

  /// What only runs the command behind it.
  private static let runners: Set<String> = [
    "sudo", "exec", "nohup", "time", "command", "env", "nice", "ionice", "builtin", "xargs", "if", "then",
    "else",
    "elif", "while", "until", "do", "!", "{",
  ]

  /// The command of `words`; nil where nothing is left of them.
  init?(_ words: [Word], isPiped: Bool, isSubstituted: Bool) {
    var rest = words[...]
    while let first = rest.first {
      if ShellCommand.isAssignment(first.text) {
        rest = rest.dropFirst()
      } else if ShellCommand.runners.contains(first.text) {
        rest = rest.dropFirst()
        if first.text == "sudo" || first.text == "env" || first.text == "nice" {
          rest = rest.drop { $0.text.hasPrefix("-") }
        }
      } else {
        break
      }
    }
    guard let program = rest.first?.text else { return nil }
    name = program.utf8.split(separator: Byte.slash).last.map { String(Substring($0)) } ?? program
    self.words = Array(rest)
    self.isPiped = isPiped
    self.isSubstituted = isSubstituted
  }

  /// Whether `word` is `name=value`.
  private static func isAssignment(_ word: String) -> Bool {
    guard let equals = word.utf8.firstIndex(of: Byte.equals), equals != word.startIndex else { return false }
    return word.utf8[..<equals].allSatisfy(\.isWordByte)
  }
}
