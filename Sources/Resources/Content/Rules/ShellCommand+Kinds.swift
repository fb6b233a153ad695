// SPDX-License-Identifier: Apache-2.0

/// A program that installs packages, and how it is told to ask nothing.
struct PackageManager {
  let verbs: Set<String>
  let options: [String]
  let letters: [Character]
  /// What to add to a command that asks.
  let answer: String

  /// Whether `command` would ask before it goes on.
  func asks(_ command: ShellCommand) -> Bool {
    guard !command.isPiped, command.arguments.contains(where: { verbs.contains($0.text) }) else {
      return false
    }
    return !command.arguments.contains { word in options.contains(word.text) }
      && !letters.contains { command.hasFlag($0) } && !command.has("-qq", "--help", "--downloadonly")
  }

  /// The manager called `name`.
  static func named(_ name: String) -> PackageManager? { all[name] }

  private static let all: [String: PackageManager] = {
    let yum = PackageManager(
      verbs: [
        "install", "remove", "erase", "update", "upgrade", "reinstall", "localinstall", "groupinstall",
        "autoremove",
        "downgrade", "swap",
      ], options: ["--assumeyes", "--assumeno"], letters: ["y"], answer: "-y")
    let apt = PackageManager(
      verbs: [
        "install", "remove", "purge", "upgrade", "dist-upgrade", "full-upgrade", "autoremove", "build-dep",
      ],
      options: ["--yes", "--assume-yes"], letters: ["y"], answer: "-y")
    let zypper = PackageManager(
      verbs: ["install", "in", "remove", "rm", "update", "up", "dup", "dist-upgrade", "patch"],
      options: ["--non-interactive", "--no-confirm"], letters: ["n", "y"], answer: "--non-interactive")
    return [
      "yum": yum, "dnf": yum, "tdnf": yum, "microdnf": yum, "apt-get": apt, "apt": apt, "aptitude": apt,
      "zypper": zypper,
    ]
  }()
}

extension ShellCommand {
  /// Whether it waits for someone at a terminal.
  var isInteractive: Bool {
    switch name {
    case "vi", "vim", "nano", "emacs", "less", "more", "htop", "visudo", "mysql_secure_installation",
      "raspi-config",
      "nmtui", "man":
      !isPiped && !has("--version", "--help", "-es")
    case "top": !hasFlag("b")
    case "passwd":
      !isPiped && !has("--stdin", "--lock", "--unlock", "--delete", "--expire")
        && !["l", "u", "d", "e", "S"].contains { hasFlag($0) }
    case "tail", "journalctl": hasFlag("f") || has("--follow")
    case "watch": true
    case "crontab": hasFlag("e")
    case "systemctl": verb == "edit"
    default: false
    }
  }

  /// Whether it reboots the instance, or switches it off.
  var isReboot: Bool {
    switch name.lowercased() {
    case "reboot", "poweroff", "halt", "shutdown": !has("--help", "--version", "-c")
    case "init", "telinit": verb == "0" || verb == "6"
    case "systemctl": ["reboot", "poweroff", "halt", "kexec"].contains(verb)
    case "restart-computer", "stop-computer": true
    default: false
    }
  }

  /// Whether only Windows has it.
  var isForWindows: Bool {
    let name = name.lowercased()
    switch name {
    case "powershell", "powershell.exe", "cmd", "cmd.exe", "choco", "winget", "msiexec", "msiexec.exe", "reg",
      "reg.exe",
      "regedit", "icacls", "netsh", "schtasks", "robocopy", "xcopy", "wmic", "sc.exe", "bcdedit", "dism",
      "dism.exe",
      "ipconfig", "taskkill", "net.exe":
      return true
    case "net": return ["user", "start", "stop", "localgroup", "share", "use"].contains(verb)
    default: break
    }
    if let dash = self.name.firstIndex(of: "-"), self.name.first?.isUppercase == true,
      self.name[dash...].dropFirst().first?.isUppercase == true
    {
      return ShellCommand.powerShellVerbs.contains(String(name[..<dash]))
    }
    return words.contains { $0.isWindowsPath }
  }

  private static let powerShellVerbs: Set<String> = [
    "add", "clear", "copy", "disable", "enable", "expand", "export", "get", "import", "install", "invoke",
    "move", "new",
    "out", "remove", "rename", "restart", "select", "set", "start", "stop", "test", "uninstall", "update",
    "write",
  ]

  /// The URLs among its words, without what stands before and behind them in the word.
  var urls: [Word] {
    words.filter { CopySource.isURL($0.text) }
  }
}

extension ShellCommand.Word {
  /// Whether it is a path with a drive letter; the shell has taken the backslashes away by then.
  fileprivate var isWindowsPath: Bool {
    let bytes = Array(text.utf8.prefix(3))
    return bytes.count == 3 && bytes[0].isLetter && bytes[0].uppercased == bytes[0] && bytes[1] == Byte.colon
      && bytes[2] != Byte.slash && range.count > text.utf8.count
  }
}
