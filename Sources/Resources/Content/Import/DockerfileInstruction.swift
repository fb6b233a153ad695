// SPDX-License-Identifier: Apache-2.0

/// One instruction of a Dockerfile, as Docker splits it.
struct DockerfileInstruction {
  /// A text that stands below the instruction, up to a line that names its end.
  struct Document {
    /// How the instruction names it, such as `<<-"EOF"`.
    let opening: String
    /// The lines, without tabs at their beginning where `<<-` asks for that.
    let lines: [String]
    /// Whether variables in it count.
    let expands: Bool

    /// Whether the text is the same with and without variables.
    var isPlain: Bool { !expands || !lines.contains { $0.contains { "$`\\".contains($0) } } }
  }

  /// The line, from 1, that it begins on.
  let line: Int
  /// Its word, in upper case.
  let word: String
  /// The `--flags` before its argument.
  private(set) var flags: [String] = []
  /// What follows, on one line.
  private(set) var argument: String
  /// What follows, as it is written: its lines go on after `\`.
  private(set) var written: [String]
  /// The texts below it.
  var documents: [Document] = []

  init(line: Int, lines: [String]) {
    self.line = line
    var lines = lines
    let first = lines[0].trimmingPrefix(while: \.isWhitespace)
    let word = first.prefix { !$0.isWhitespace }
    self.word = word.uppercased()
    lines[0] = String(first.dropFirst(word.count).trimmingPrefix(while: \.isWhitespace))
    written = lines
    argument = ""
    takeFlags()
    argument = written.joined().trimmed
  }

  /// Takes the flags off the beginning, over several lines if need be.
  private mutating func takeFlags() {
    while let first = written.first {
      let rest = first.trimmingPrefix(while: \.isWhitespace)
      if rest.isEmpty, written.count > 1 {
        written.removeFirst()
      } else if rest.hasPrefix("--") {
        let flag = rest.prefix { !$0.isWhitespace }
        flags.append(String(flag))
        written[0] = String(rest.dropFirst(flag.count))
      } else {
        written[0] = String(rest)
        return
      }
    }
  }

  /// The value of `--name=value`.
  subscript(flag name: String) -> String? {
    flags.first { $0.hasPrefix("--\(name)=") }.map { String($0.dropFirst(name.count + 3)) }
  }

  /// The name that `ARG` gives a value to.
  var name: String { String(argument.prefix { $0 != "=" && !$0.isWhitespace }) }

  /// The argument as words.
  var words: [String] { argument.split(whereSeparator: \.isWhitespace).map(String.init) }

  /// The argument without what opens its documents.
  var argumentBesideDocuments: String {
    documents.reduce(argument) { $0.replacing($1.opening, with: "") }.trimmed
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest.drop(while: \.isWhitespace))
  }

  /// The text as one word of a shell's, whatever is in it.
  var inShellQuotes: String {
    let isBare = !isEmpty && utf8.allSatisfy { $0.isWordByte || "-./:@%+=,".utf8.contains($0) }
    return isBare ? self : "'" + replacing("'", with: #"'\''"#) + "'"
  }
}
