// SPDX-License-Identifier: Apache-2.0

extension [ShellCommand] {
  /// The words that give a password to a command.
  var secretWords: [ShellCommand.Word] {
    indices.flatMap { index -> [ShellCommand.Word] in
      let command = self[index]
      guard command.surroundings.isPiped, index > 0, ["echo", "printf"].contains(self[index - 1].name) else {
        return command.passwords
      }
      let words = self[index - 1].operands
      switch command.name {
      case "chpasswd": return words.filter(\.tellsPassword)
      case "passwd" where command.has("--stdin"): return words.filter { $0.text[...].tells }
      default: return command.passwords
      }
    }
  }
}

extension ShellCommand {
  /// The arguments that hold a password.
  fileprivate var passwords: [Word] {
    switch name {
    case _ where isMySQLClient:
      let attached = arguments.filter {
        $0.text.hasPrefix("-p") && !$0.text.contains("password") && $0.text.dropFirst(2).tells
      }
      guard name.hasSuffix("admin"),
        let verb = arguments.firstIndex(where: { $0.text == "password" }), verb + 1 < words.count,
        words[verb + 1].text[...].tells
      else { return attached }
      return attached + [words[verb + 1]]
    case "sshpass":
      return values(of: "-p") + arguments.filter { $0.text.hasPrefix("-p") && $0.text.dropFirst(2).tells }
    case "docker", "podman", "nerdctl", "helm":
      return operands.contains { $0.text == "login" } ? values(of: "-p", "--password") : []
    case "useradd", "usermod": return values(of: "-p", "--password")
    case "curl": return values(of: "-u", "--user").filter(\.tellsPassword)
    default: return []
    }
  }

  /// The words behind `options` that tell something.
  private func values(of options: String...) -> [Word] {
    words.indices.dropFirst().dropLast().filter { options.contains(words[$0].text) }
      .map { words[$0 + 1] }.filter { $0.text[...].tells }
  }
}

extension ShellCommand.Word {
  /// Whether it is `user:password`, with a password that tells something.
  fileprivate var tellsPassword: Bool {
    let fields = text.split(separator: ":", maxSplits: 1)
    return fields.count == 2 && fields[1].tells
  }
}

extension Substring {
  /// Whether it is a value of its own, and none that a variable, a reference or a person will replace.
  fileprivate var tells: Bool {
    !contains("$") && !contains("{{") && SecretScanner.isTelling(utf8)
  }
}
