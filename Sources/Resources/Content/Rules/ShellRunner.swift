// SPDX-License-Identifier: Apache-2.0

/// What only runs the command behind it, as `sudo` does, or stands before one, as `then` does.
struct ShellRunner {
  /// Its options that are followed by a value in a word of its own; nil where it has no options.
  private let optionsWithValue: Set<String>?
  /// How many words of its own stand before the command.
  private let operands: Int

  private init(_ optionsWithValue: Set<String>? = nil, operands: Int = 0) {
    self.optionsWithValue = optionsWithValue
    self.operands = operands
  }

  /// The runner called `name`.
  static func named(_ name: String) -> ShellRunner? { all[name] }

  /// The command in the words behind it.
  func command(in words: ArraySlice<ShellCommand.Word>) -> ArraySlice<ShellCommand.Word> {
    guard let optionsWithValue else { return words }
    var rest = words
    while let word = rest.first, word.text.hasPrefix("-") {
      rest = rest.dropFirst(optionsWithValue.contains(word.text) ? 2 : 1)
      if word.text == "--" { break }
    }
    return rest.dropFirst(operands)
  }

  private static let all: [String: ShellRunner] = {
    var all: [String: ShellRunner] = [
      "sudo": ShellRunner(["-u", "-g", "-h", "-p", "-C", "-D", "-r", "-t", "-T", "-U", "--user", "--group"]),
      "doas": ShellRunner(["-u", "-C"]),
      "env": ShellRunner(["-u", "-C", "--unset", "--chdir"]),
      "nice": ShellRunner(["-n"]),
      "ionice": ShellRunner(["-c", "-n"]),
      "stdbuf": ShellRunner(["-i", "-o", "-e"]),
      "time": ShellRunner(["-f", "-o"]),
      "xargs": ShellRunner(["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"]),
      "timeout": ShellRunner(["-k", "-s", "--kill-after", "--signal"], operands: 1),
      "flock": ShellRunner(["-E", "-w", "--timeout", "--wait"], operands: 1),
      "chroot": ShellRunner([], operands: 1),
    ]
    for name in [
      "exec", "nohup", "setsid", "eatmydata", "command", "builtin", "if", "then", "else", "elif", "while",
      "until", "do", "!", "{",
    ] {
      all[name] = ShellRunner()
    }
    return all
  }()
}
