// SPDX-License-Identifier: Apache-2.0

extension ShellCommand {
  /// Whether it waits for someone at a terminal, or never comes to an end.
  var isInteractive: Bool {
    let waits = isEndless ? !surroundings.isTimed : !isFed && asksAtTerminal || asksForPassword
    return waits && !surroundings.isInBackground && !has("--help", "--version")
  }

  /// Whether it goes on until someone stops it.
  private var isEndless: Bool {
    switch name {
    case "tail":
      (hasFlag("fF") || has("--follow")) && !has("--pid") && !surroundings.isFollowedByPipe
    case "journalctl": (hasFlag("f") || has("--follow")) && !surroundings.isFollowedByPipe
    case "top": !hasFlag("bhv")
    case "htop": true
    case "watch": !hasFlag("hv")
    case "ping", "ping6": !hasFlag("cwhV") && !operands.isEmpty
    default: false
    }
  }

  private var asksAtTerminal: Bool {
    switch name {
    case "vi", "vim", "nvim", "ex":
      !hasFlag("ceEs") && !has("--headless", "--cmd") && !arguments.contains { $0.text.isEditorCommand }
    case "nano", "pico", "nmtui", "dialog", "whiptail", "vipw", "vigr": true
    case "emacs": !has("--batch", "-batch", "--script", "-script", "--daemon")
    case "raspi-config": verb != "nonint"
    case "visudo": !hasFlag("cVh") && !has("--check")
    case "mysql_secure_installation": !has("--use-default", "-D")
    case "passwd":
      !has("--stdin", "--lock", "--unlock", "--delete", "--expire", "--status") && !hasFlag("ludeSxnwi")
    case "crontab": hasFlag("e")
    case "systemctl", "kubectl", "virsh": verb == "edit"
    case "read": hasFlag("ps")
    case "su": !hasFlag("c") && !has("--command", "--session-command") && suOperands <= 1
    case "sudo": hasFlag("is")
    case "ssh-keygen": !hasFlag("fAFHRlyMTIGkLQYDe") && !has("-l")
    case "fdisk", "gdisk", "cfdisk", "cgdisk":
      operands.contains { $0.text.hasPrefix("/dev/") } && !hasFlag("lxsv") && !has("--list")
    case "gpg", "gpg2":
      has("--gen-key", "--full-gen-key", "--full-generate-key", "--edit-key") && !has("--batch")
    case "openssl":
      verb == "req" && (has("-new") || has("-newkey"))
        && !has("-subj") && !has("-config") && !has("-batch")
    case "aws", "aliyun": operands.map(\.text) == ["configure"]
    default: false
    }
  }

  /// How many arguments `su` has behind its options: an account, and what the account's shell is given.
  private var suOperands: Int {
    operands(behind: ["-s", "-g", "-G", "-w", "--shell", "--group"]).count { $0.text != "-" }
  }

  /// Whether a client asks for a password, which it does at the terminal even where it is fed.
  private var asksForPassword: Bool {
    guard !surroundings.isPiped else { return false }
    let option: String
    switch name {
    case _ where isMySQLClient: option = "-p"
    case "psql", "pg_dump", "createdb", "createuser": option = "-W"
    default: return false
    }
    return arguments.contains { $0.text == option || $0.text == "--password" }
  }

  /// Whether it is one of MySQL's or MariaDB's clients, which take passwords alike.
  var isMySQLClient: Bool { ShellCommand.mySQLClients.contains(name) }

  private static let mySQLClients: Set<String> = [
    "mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin",
  ]

  /// Whether it reboots the instance, or switches it off.
  var isReboot: Bool {
    switch name.lowercased() {
    case "reboot", "poweroff", "halt": !has("--help", "--version")
    case "shutdown", "shutdown.exe":
      !has("--help", "--version", "--show", "-c", "-k")
        && !arguments.contains { ["/a", "/?"].contains($0.text) }
    case "init", "telinit": verb == "0" || verb == "6"
    case "kexec": hasFlag("e") || has("--exec")
    case "systemctl":
      switch verb {
      case "reboot", "poweroff", "halt", "kexec": true
      case "start", "isolate":
        operands.dropFirst().contains {
          ["reboot.target", "poweroff.target", "halt.target"].contains($0.text)
        }
      default: false
      }
    case "restart-computer", "stop-computer": true
    default: false
    }
  }

  /// Whether only Windows has it.
  var isForWindows: Bool {
    let name = name.lowercased()
    switch name {
    case "powershell", "powershell.exe", "cmd", "cmd.exe", "choco", "winget", "msiexec", "msiexec.exe", "reg",
      "reg.exe", "regedit", "icacls", "netsh", "schtasks", "robocopy", "xcopy", "wmic", "sc.exe", "bcdedit",
      "dism", "dism.exe", "ipconfig", "taskkill", "net.exe", "@echo", "cls":
      return true
    case "net": return ["user", "start", "stop", "localgroup", "share", "use"].contains(verb)
    case "rem" where self.name == "REM": return true
    case "rd", "del",
      "erase" where arguments.contains { ["/s", "/q", "/f"].contains($0.text.lowercased()) }:
      return true
    default: break
    }
    if words.first?.isCmdlet == true { return true }
    if words.contains(where: { $0.isWindowsVariable }) { return true }
    return ShellCommand.fileCommands.contains(name) && words.contains { $0.isWindowsPath }
  }

  /// Commands that work on files, on Windows or everywhere; what others are given may be a text about a path.
  private static let fileCommands: Set<String> = [
    "copy", "move", "del", "erase", "dir", "md", "mkdir", "rd", "rmdir", "ren", "type", "cd", "chdir",
    "start",
    "call", "attrib", "cp", "mv", "rm", "ls", "wget", "curl", "tar", "unzip",
  ]

  /// The URLs among its words, without what stands before and behind them in the word.
  var urls: [Word] {
    words.filter { CopySource.isURL($0.text) }
  }
}

extension String {
  /// Whether it is `+wq` or the like, behind the name of an editor; `+10` is a line.
  fileprivate var isEditorCommand: Bool {
    hasPrefix("+") && dropFirst().first.map { $0.isLetter || $0 == ":" } == true
  }
}

extension ShellCommand.Word {
  private static let cmdletVerbs: Set<String> = [
    "add", "clear", "copy", "disable", "enable", "expand", "export", "get", "import", "install", "invoke",
    "move", "new", "out", "remove", "rename", "restart", "select", "set", "start", "stop", "test",
    "uninstall",
    "update", "write",
  ]

  /// Whether it is the name of a PowerShell command, as `Install-WindowsFeature`.
  fileprivate var isCmdlet: Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.first?.isUppercase == true }),
      parts.allSatisfy({ $0.utf8.allSatisfy(\.isLetter) })
    else { return false }
    return ShellCommand.Word.cmdletVerbs.contains(parts[0].lowercased())
  }

  /// Whether it is a path with a drive letter; the shell has taken the backslashes away by then.
  fileprivate var isWindowsPath: Bool {
    let bytes = Array(text.utf8.prefix(3))
    return bytes.count == 3 && bytes[0].isLetter && bytes[0].uppercased == bytes[0] && bytes[1] == Byte.colon
      && bytes[2] != Byte.slash && range.count > text.utf8.count
  }

  /// Whether it is `%NAME%` or `$env:NAME`.
  fileprivate var isWindowsVariable: Bool {
    let bytes = text.utf8
    if bytes.first == Byte.dollar {
      return text.hasPrefix("$env:") && bytes.dropFirst(5).first?.isLetter == true
    }
    guard bytes.first == Byte.percent else { return false }
    let name = bytes.dropFirst().prefix { $0.isWordByte && $0 == $0.uppercased }
    return name.count > 1 && bytes[name.endIndex...].first == Byte.percent
  }
}
