// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static let linux = ContentContext(.component(.linux))

  private static func yaml(_ script: String, action: String = "RunShellCommand") -> String {
    "Tasks:\n  - Name: a\n    Action: \(action)\n    Properties:\n      commandContent: |\n        set -e\n        \(script)\n"
  }

  /// Rules about scripts: what makes a build hang or fail.
  static let scriptRules: [ContentRule] = [
    ContentRule(
      "install-without-yes", .error, "Package managers are told to ask nothing.",
      costs:
        "Nobody answers the question, so the build fails, or hangs until its time is over, on an instance that is paid for.",
      wrong: [
        Example("RUN ▸yum install nginx◂"), Example("RUN set -e; ▸apt-get -q install nginx◂ && a"),
        Example("RUN ▸zypper install nginx◂"), Example("RUN sudo ▸dnf -q upgrade◂"),
        Example(yaml("▸yum update◂"), linux),
      ],
      right: [
        Example("RUN yum -y install nginx"), Example("RUN apt-get install -yq nginx"),
        Example("RUN apt-get update"),
        Example("RUN zypper -n in nginx"), Example("RUN dnf install --assumeyes nginx"),
        Example("RUN yum clean all"),
        Example("RUN yes | apt-get install nginx"), Example("RUN echo yum install nginx"),
        Example("RUN apt-get -qq install nginx"), Example(yaml("yum -y update"), linux),
      ]
    ) { content in
      let found: [Found] = content.shellCommands.compactMap { script, command in
        guard let manager = PackageManager.named(command.name), manager.asks(command) else { return nil }
        return Found(
          message: "\(command.name) would ask before it goes on",
          hint: "add \(manager.answer), which answers for it",
          range: script.source(command.range))
      }
      return found.isEmpty || content.assumesYes ? [] : found
    },
    ContentRule(
      "interactive-command", .error, "No command waits for someone at a terminal.",
      costs:
        "There is no terminal: the build fails, or hangs until its time is over, on an instance that is paid for.",
      wrong: [
        Example("RUN ▸vi /etc/hosts◂"), Example("RUN ▸passwd root◂"),
        Example("RUN a && ▸tail -f /var/log/messages◂"),
        Example("RUN ▸mysql_secure_installation◂"), Example(yaml("▸journalctl -f◂"), linux),
      ],
      right: [
        Example("RUN sed -i s/a/b/ /etc/hosts"), Example("RUN echo root:$PW | chpasswd"),
        Example("RUN tail -n 5 /a"),
        Example("RUN yum -y install vim"), Example("RUN passwd -l root"),
        Example("RUN echo a | passwd --stdin root"),
        Example("RUN top -b -n 1"),
      ]
    ) { content in
      content.shellCommands.compactMap { script, command in
        guard command.isInteractive else { return nil }
        return Found(
          message: "\(command.name) waits for someone at a terminal",
          hint: "use a command that does it unattended",
          range: script.source(command.range))
      }
    },
    ContentRule(
      "reboot-in-script", .error,
      "The instance is rebooted by RESTART or a Reboot task, which the service waits for.",
      costs: "The instance goes away under the running command, and the service takes that for a failure.",
      wrong: [
        Example("RUN a && ▸reboot◂"), Example("RUN ▸shutdown -r now◂"), Example("RUN ▸systemctl reboot◂"),
        Example("RUN ▸init 6◂"), Example(yaml("▸reboot◂"), linux),
        Example(
          yaml("▸Restart-Computer -Force◂", action: "RunPowerShellCommand"),
          ContentContext(.component(.windows))),
      ],
      right: [Example("RUN a\nRESTART"), Example("RUN systemctl restart nginx"), Example("RUN echo reboot")]
    ) { content in
      let hint =
        content.yaml == nil ? "end the RUN there and write RESTART" : "make it a task with the action Reboot"
      return content.scripts.flatMap { script in
        script.commands.filter { $0.isReboot }.map { command in
          Found(
            message: "\(command.name) takes the instance away from the build", hint: hint,
            range: script.source(command.range))
        }
      }
    },
    ContentRule(
      "windows-command", .warning, "Scripts for Linux have no commands of Windows.",
      costs: "The command does not exist there, so the build fails after the instance was paid for.",
      wrong: [
        Example("RUN ▸powershell -File a.ps1◂"), Example("RUN ▸Install-WindowsFeature Web-Server◂"),
        Example("RUN ▸choco install git◂"), Example(yaml("▸net user a b /add◂"), linux),
        Example("RUN ▸copy C:\\a D:\\b◂"),
      ],
      right: [
        Example("RUN net-snmp-config --version"), Example("RUN pwsh -File a.ps1"),
        Example(
          yaml("Install-WindowsFeature Web-Server", action: "RunPowerShellCommand"),
          ContentContext(.component(.windows))),
      ]
    ) { content in
      content.shellCommands.compactMap { script, command in
        guard command.isForWindows else { return nil }
        return Found(
          message: "\(command.name) is a command of Windows",
          hint: "make it a component with systemType Windows and a RunPowerShellCommand task",
          range: script.source(command.range))
      }
    },
    ContentRule(
      "user-not-created", .warning, "USER names an account that exists by then.",
      costs: "The service takes the content, and the build fails at the first command behind USER.",
      wrong: [Example("RUN a\nUSER ▸deploy◂")],
      right: [
        Example("RUN useradd -m deploy\nUSER deploy"), Example("USER root"),
        Example("RUN adduser deploy\nUSER deploy"),
        Example("COMPONENT ic-1\nUSER deploy"), Example("RUN yum -y install nginx\nUSER nginx"),
      ]
    ) { content in
      // Without one there is no script to look into.
      guard !content.commands(.user).isEmpty else { return [] }
      var known = systemAccounts
      var found: [Found] = []
      for line in content.dockerfile?.lines ?? [] {
        switch line.command {
        case .component: return found
        case .run(let script):
          let commands = ShellCommand.split(Array(script.utf8))
          if script.contains("/etc/passwd") || commands.contains(where: \.mayCreateAccounts) { return found }
          for command in commands where ["useradd", "adduser"].contains(command.name) {
            known.formUnion(command.arguments.map(\.text))
          }
        case .user(let name) where !known.contains(name) && !name.contains("$") && UInt32(name) == nil:
          found.append(
            Found(
              message: "nothing before creates the account \(name)",
              hint: "write RUN useradd -m \(name) before it",
              range: line.argumentRange))
        default: break
        }
      }
      return found
    },
  ]
}

/// The accounts that systems come with.
private let systemAccounts: Set<String> = [
  "root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data",
  "backup", "list", "irc", "operator", "ftp", "nobody", "adm", "admin", "sshd", "dbus", "messagebus",
  "chrony",
  "ntp", "systemd-network", "ecs-user",
]

extension ShellCommand {
  /// Whether it may bring accounts with it that it does not name, as packages and scripts do.
  fileprivate var mayCreateAccounts: Bool {
    switch name {
    case "useradd", "adduser": words.contains { $0.text.contains("$") }
    case "rpm", "dpkg", "apk", "snap", "newusers", "systemd-sysusers", "usermod", "puppet", "chef-client",
      "salt-call", "source", ".":
      true
    default:
      PackageManager.named(name) != nil || name.hasPrefix("ansible")
        || ShellCommand.shells.contains(name) && !operands.isEmpty && !hasFlag("c")
        || words.first?.text.contains("/") == true && words.first?.text.contains("bin/") == false
    }
  }
}
