// SPDX-License-Identifier: Apache-2.0

extension [ShellCommand] {
  /// The commands that run what another command hands them right from the Internet.
  var runsOfDownloads: [ShellCommand] {
    indices.compactMap { index in
      let command = self[index]
      if command.runsInput, command.surroundings.isPiped, pipeline(before: index).contains(where: \.fetches) {
        return command
      }
      guard command.runsSubstituted else { return nil }
      let inner = self[(index + 1)...].prefix { $0.surroundings.isSubstituted }
      return inner.contains(where: \.fetches) ? command : nil
    }
  }

  /// The commands whose output reaches the one at `index`, the nearest first.
  private func pipeline(before index: Int) -> [ShellCommand] {
    var commands: [ShellCommand] = []
    var place = index
    while place > 0, self[place].surroundings.isPiped {
      // What stands in a substitution is no part of the pipeline around it.
      repeat {
        place -= 1
      } while place > 0
        && self[place].surroundings.isSubstituted != self[index].surroundings.isSubstituted
      commands.append(self[place])
    }
    return commands
  }
}

/// The files that scripts fetched and nothing has checked since.
struct DownloadedFiles {
  private var names: Set<String> = []

  /// The commands that run one of the files; what `commands` fetch and check counts from then on.
  mutating func runs(in commands: [ShellCommand]) -> [ShellCommand] {
    commands.filter { command in
      if command.checks {
        names = []
        return false
      }
      names.formUnion(command.fetchedFiles)
      guard !names.isEmpty, let file = command.fileRun else { return false }
      return names.contains(file)
    }
  }
}

extension ShellCommand {
  private static let interpreters: Set<String> = ["python", "python3", "perl", "ruby", "node", "php"]

  private var isShell: Bool { ShellCommand.shells.contains(name) }
  private var isInterpreter: Bool { isShell || ShellCommand.interpreters.contains(name) }

  /// Whether it fetches something from another machine that nobody vouches for.
  fileprivate var fetches: Bool {
    guard name == "curl" || name == "wget" else { return false }
    let addresses = fetchedAddresses
    return addresses.isEmpty || addresses.contains { !Download(url: $0.text, range: $0.range).isInside }
  }

  /// Whether it runs what it is given to read.
  fileprivate var runsInput: Bool {
    guard isInterpreter else { return false }
    if isShell ? hasFlag("c") : hasFlag("cemnpEr") || has("--eval") { return false }
    if isShell, hasFlag("s") { return true }
    return operands.first.map { ["-", "/dev/stdin"].contains($0.text) } ?? true
  }

  /// Whether it runs what the commands in its first words write.
  fileprivate var runsSubstituted: Bool {
    switch name {
    case "eval": true
    case "source", ".": operands.first?.text.hasPrefix("$()") == true
    default:
      isInterpreter
        && (hasFlag("c") || operands.isEmpty && isFed || operands.first?.text.hasPrefix("$()") == true)
    }
  }

  /// Whether it tells a file from a forged one.
  fileprivate var checks: Bool {
    name.hasSuffix("sum")
      || ["gpg", "gpg2", "gpgv", "openssl", "cosign", "minisign", "rpmkeys"].contains(name)
  }

  /// The names of the files that it saves what it fetches to, without their folders.
  fileprivate var fetchedFiles: [String] {
    guard fetches else { return [] }
    var files: [Word] = []
    for (index, word) in words.enumerated() where index + 1 < words.count {
      let isShort = word.text.hasPrefix("-") && !word.text.hasPrefix("--")
      let isOutput =
        name == "curl"
        ? word.text == "--output" || isShort && word.text.hasSuffix("o")
        : word.text == "--output-document" || isShort && word.text.hasSuffix("O")
      if isOutput { files.append(words[index + 1]) }
    }
    if files.isEmpty, name == "wget" || hasFlag("O") || has("--remote-name") {
      files = urls
    }
    return files.compactMap(\.lastPathPart)
  }

  /// The name of the file that it runs, without its folder.
  fileprivate var fileRun: String? {
    if isShell, !hasFlag("cn"), let file = operands.first { return file.lastPathPart }
    if name == "source" || name == "." { return operands.first?.lastPathPart }
    return words.first?.text.contains("/") == true ? name : nil
  }
}
