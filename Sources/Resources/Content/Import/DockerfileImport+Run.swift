// SPDX-License-Identifier: Apache-2.0

extension DockerfileImport {
  /// Adds a `RUN` line for one of Docker's: with its flags, as a list, with texts below it, for another shell.
  mutating func carryRun(_ instruction: DockerfileInstruction) {
    for flag in instruction.flags { remarkRunFlag(flag, instruction) }
    if !instruction.documents.isEmpty { return carryRunWithDocument(instruction) }
    if let words = instruction.list {
      add(.run(words.map(\.inShellQuotes).joined(separator: " ")), for: instruction)
      remark(instruction.line, "the list of RUN became a line for the shell", nil, isMapped: true)
      return
    }
    guard shell != nil else { return addWritten(instruction) }
    add(.run(inShell(instruction.argument)), for: instruction)
  }

  /// Adds the line as it is written, over as many lines.
  private mutating func addWritten(_ instruction: DockerfileInstruction) {
    let faults = commands.count
    add(.run(instruction.argument), for: instruction)
    guard commands.count > faults else { return }
    commands[faults] = "RUN " + instruction.written.joined(separator: "\\\n")
  }

  /// The line as an argument of the shell that `SHELL` names.
  private func inShell(_ line: String) -> String {
    guard let shell else { return line }
    return (shell.map(\.inShellQuotes) + ["'" + line.replacing("'", with: #"'\''"#) + "'"]).joined(
      separator: " ")
  }

  private mutating func remarkRunFlag(_ flag: String, _ instruction: DockerfileInstruction) {
    let isCache = flag.contains("type=cache") || flag.contains("type=tmpfs")
    if flag.hasPrefix("--mount"), !isCache {
      remark(
        instruction.line, "\(flag) is left out: the line finds nothing there",
        flag.contains("secret")
          ? "fetch the secret on the instance, with a RAM role and KMS"
          : "fetch the files with COPY and a URL")
    } else {
      remark(instruction.line, "\(flag) is left out", nil, isMapped: true)
    }
  }

  private mutating func carryRunWithDocument(_ instruction: DockerfileInstruction) {
    let rest = instruction.argumentBesideDocuments
    guard instruction.documents.count == 1, let document = instruction.documents.first else {
      return remark(
        instruction.line, "RUN is left out: it has several here-documents", "write one RUN line for each")
    }
    if rest.isEmpty {
      if document.lines.first?.hasPrefix("#!") == true {
        return remark(
          instruction.line, "RUN is left out: its here-document is a program of its own",
          "name the interpreter in a RUN line, or use a task with RunShellCommand")
      }
      let count = commands.count
      add(.run(document.lines.joined(separator: "\n")), for: instruction)
      guard commands.count > count else { return }
      if shell != nil, commands[count].hasPrefix("RUN ") {
        commands[count] = "RUN " + inShell(String(commands[count].dropFirst(4)))
      }
    } else if document.isPlain {
      add(.run(inShell("\(document.asPrintf) | \(rest)")), for: instruction)
    } else {
      return remark(
        instruction.line, "RUN is left out: variables count in its here-document",
        "use a task with RunShellCommand, which takes scripts as they are")
    }
    remark(instruction.line, "the here-document of RUN became one line", nil, isMapped: true)
  }
}

extension DockerfileInstruction.Document {
  /// A command that prints the text.
  var asPrintf: String {
    lines.isEmpty
      ? "printf ''"
      : "printf '%s\\n' " + lines.map { $0.isEmpty ? "''" : $0.inShellQuotes }.joined(separator: " ")
  }
}
