// SPDX-License-Identifier: Apache-2.0

/// Something that a content fetches.
struct Download {
  let range: Range<Int>

  /// The name or address of the host.
  private let host: String
  private let path: Substring

  init(url: String, range: Range<Int>) {
    self.range = range
    // `git@host:path` is an address without a scheme.
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    path = rest.dropFirst(authority.count)
    let address = authority.split(separator: "@").last ?? authority
    host = String(
      address.hasPrefix("[") ? address.prefix { $0 != "]" }.dropFirst() : address.prefix { $0 != ":" })
  }

  /// Whether it comes neither from the instance itself, nor over the cloud's own or a private network, as far as its
  /// address tells.
  var isFromInternet: Bool { !isInside && !host.contains("$") && !host.contains("{") }

  /// Whether it comes from the instance itself, or over the cloud's own or a private network.
  var isInside: Bool {
    if let address { return address.isInside }
    // A name without a dot is one of a private network.
    return !host.contains(".") && !host.contains("$") && !host.contains("{")
      || Download.insideEnds.contains(where: host.hasSuffix)
  }

  private static let insideEnds = [
    "-internal.aliyuncs.com", ".cloud.aliyuncs.com", "mirrors.aliyuncs.com", ".internal", ".local",
    ".localdomain", ".lan", ".corp", ".intranet",
  ]

  /// The numbers of an IPv4 address.
  private var address: IPv4Address? {
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard numbers.count == 4 else { return nil }
    let known = numbers.compactMap { $0 }
    return known.count == 4 ? IPv4Address(first: known[0], second: known[1]) : nil
  }

  /// Whether its path says that it is the newest of something, and no version.
  var isUnpinned: Bool {
    guard !path.hasVersion else { return false }
    let parts = path.lowercased().split { !($0.isLetter || $0.isNumber) }
    if parts.contains("latest") { return true }
    let segments = path.split(separator: "/")
    let hasBranch = segments.contains { segment in
      ["master", "main", "HEAD", "develop"].contains(segment.prefix { $0 != "." })
    }
    return hasBranch
      && (host.contains("git") || segments.contains { ["raw", "archive", "blob", "-"].contains($0) })
  }
}

/// The first two numbers of an address tell whose network it is of.
private struct IPv4Address {
  let first: UInt8
  let second: UInt8

  var isInside: Bool {
    switch first {
    case 0, 10, 127: true
    case 100: (64...127).contains(second)
    case 169: second == 254
    case 172: (16...31).contains(second)
    case 192: second == 168
    default: false
    }
  }
}

extension Substring {
  /// Whether two numbers with a dot between stand in it, or a variable that may hold a version.
  fileprivate var hasVersion: Bool {
    if utf8.contains(Byte.dollar) { return true }
    let bytes = Array(utf8)
    return bytes.indices.dropFirst().dropLast().contains { index in
      bytes[index] == Byte.dot && bytes[index - 1].isDigit && bytes[index + 1].isDigit
    }
  }
}

extension LintedContent {
  /// Looks for what the content fetches, as far as it says so.
  func findDownloads() -> [Download] {
    var downloads: [Download] = []
    for line in commands(.copy) {
      guard case .copy(let source, _) = line.command, CopySource.isURL(source) else { continue }
      downloads.append(Download(url: source, range: line.source(of: 0..<source.utf8.count)))
    }
    for task in yaml?.tasks ?? [] where task.action?.text == "WebDownload" {
      for property in task.properties where property.name.text == "sourcePath" {
        if case .text(let url) = property.value, CopySource.isURL(url) {
          downloads.append(Download(url: url, range: property.range))
        }
      }
    }
    for (script, command) in shellCommands {
      downloads += command.fetchedAddresses.map { Download(url: $0.text, range: script.source($0.range)) }
    }
    return downloads
  }

  /// Whether it says that the Internet is reached by a proxy.
  var namesProxy: Bool {
    let text = content.text.lowercased()
    return ["http_proxy", "https_proxy", "all_proxy", "--proxy"].contains(where: text.contains)
      || shellCommands.contains { $0.command.name == "curl" && $0.command.hasFlag("x") }
  }
}

extension ShellCommand {
  /// The addresses that it fetches from.
  var fetchedAddresses: [Word] {
    switch name {
    case "curl", "wget", "aria2c":
      return operands(behind: [
        "-e", "--referer", "-H", "--header", "-A", "--user-agent", "-d", "--data", "-x",
      ])
      .filter { CopySource.isURL($0.text) }
    case "git":
      guard let verb = operands(behind: ["-C", "-c"]).first?.text,
        ["clone", "fetch", "pull", "ls-remote"].contains(verb)
      else { return [] }
      return words.filter { CopySource.isURL($0.text) || $0.isGitAddress }
    case "yum", "dnf", "pip", "pip3":
      guard ["install", "localinstall", "reinstall", "download"].contains(verb) else { return [] }
      return urls
    case "rpm": return urls
    case "yum-config-manager": return urls.filter { $0.text.hasSuffix(".repo") }
    default: return []
    }
  }

  /// The images and packages among its words that are the newest of their kind, whichever that is then.
  var unpinnedNames: [Word] {
    switch name {
    case "docker", "podman", "nerdctl", "crictl", "ctr":
      guard operands.contains(where: { $0.text == "pull" }) else { return [] }
      return operands.filter { $0.text.hasSuffix(":latest") }
    case "npm", "pnpm", "yarn", "npx", "go":
      return operands.filter { $0.text.hasSuffix("@latest") }
    default: return []
    }
  }
}

extension ShellCommand.Word {
  /// Whether it is `user@host:path`.
  fileprivate var isGitAddress: Bool {
    guard let at = text.utf8.firstIndex(of: Byte.at), at != text.utf8.startIndex else { return false }
    return text.utf8[at...].contains(Byte.colon)
  }
}
