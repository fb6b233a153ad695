// SPDX-License-Identifier: Apache-2.0

/// A program that installs packages, and how it is told to ask nothing.
struct PackageManager {
  /// What asks before it is done.
  private let verbs: Set<String>
  /// What answers, or keeps it from doing anything.
  private let options: Set<String>
  private let letters: String
  /// Its options that are followed by a value in a word of its own.
  private let optionsWithValue: Set<String>
  /// What to add to a command that asks.
  let answer: String

  /// Whether `command` would ask before it goes on.
  func asks(_ command: ShellCommand) -> Bool {
    guard !command.isFed, !command.hasFlag(letters) else { return false }
    let operands = command.operands(behind: optionsWithValue).map(\.text)
    guard let verb = operands.first, isAsking(verb, operands.dropFirst().first) else { return false }
    return !command.arguments.contains { word in
      let option = word.text.prefix { $0 != "=" }
      return options.contains(String(option)) || options.contains(word.text) || word.text.setsAssumption
    }
  }

  private func isAsking(_ verb: String, _ next: String?) -> Bool {
    switch verb {
    case "group", "groups": next.map(verbs.contains) ?? false
    case "module":
      next.map { verbs.contains($0) || ["enable", "disable", "reset", "switch-to"].contains($0) } ?? false
    default: verbs.contains(verb)
    }
  }

  /// The manager called `name`.
  static func named(_ name: String) -> PackageManager? { all[name] }

  private static let all: [String: PackageManager] = {
    let yum = PackageManager(
      verbs: [
        "install", "remove", "erase", "update", "upgrade", "update-minimal", "upgrade-minimal", "reinstall",
        "localinstall", "localupdate", "groupinstall", "groupupdate", "groupremove", "autoremove",
        "downgrade",
        "swap", "distro-sync", "distribution-synchronization", "builddep",
      ], options: ["--assumeyes", "--assumeno", "--downloadonly", "--help"], letters: "y",
      optionsWithValue: [
        "-c", "-d", "-e", "-x", "-R", "--enablerepo", "--disablerepo", "--repo", "--repoid", "--exclude",
        "--releasever", "--installroot", "--setopt", "--config", "--disableexcludes", "--forcearch",
      ], answer: "-y")
    let apt = PackageManager(
      verbs: [
        "install", "remove", "purge", "upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade", "autoremove",
        "autopurge", "build-dep", "reinstall", "satisfy", "dselect-upgrade",
      ],
      options: [
        "--yes", "--assume-yes", "--assume-no", "--simulate", "--dry-run", "--just-print", "--no-act",
        "--recon",
        "--print-uris", "--help", "-qq", "-q=2",
      ], letters: "ysh",
      optionsWithValue: [
        "-o", "-t", "-c", "-a", "--option", "--target-release", "--default-release", "--config-file",
      ],
      answer: "-y")
    let zypper = PackageManager(
      verbs: [
        "install", "in", "remove", "rm", "update", "up", "dup", "dist-upgrade", "patch", "verify", "ve",
        "source-install", "si",
      ],
      options: ["--non-interactive", "--no-confirm", "--dry-run", "--help"], letters: "nyD",
      optionsWithValue: [
        "-c", "-C", "-D", "-R", "--config", "--root", "--reposd-dir", "--cache-dir", "-r", "--repo",
      ],
      answer: "--non-interactive")
    let conda = PackageManager(
      verbs: ["install", "create", "update", "upgrade", "remove", "uninstall", "clean"],
      options: ["--yes", "--dry-run", "--json", "--help"], letters: "ydh",
      optionsWithValue: ["-n", "-p", "-c", "--name", "--prefix", "--channel"], answer: "-y")
    let pip = PackageManager(
      verbs: ["uninstall"], options: ["--yes", "--help"], letters: "yh", optionsWithValue: [], answer: "-y")
    return [
      "yum": yum, "dnf": yum, "dnf5": yum, "tdnf": yum, "apt-get": apt, "apt": apt, "aptitude": apt,
      "zypper": zypper, "conda": conda, "mamba": conda, "pip": pip, "pip3": pip,
    ]
  }()
}

extension String {
  /// Whether a setting in it lets yum or apt take yes for an answer.
  fileprivate var setsAssumption: Bool {
    let text = lowercased()
    return text.contains("assumeyes=") || text.contains("assume-yes=")
  }
}
