// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static let linux = ContentContext(.component(.linux))
  private static let offline = ContentContext(.build, internetMaxBandwidthOut: 0)

  private static func download(_ url: String) -> String {
    "Tasks:\n  - Name: a\n    Action: WebDownload\n    Properties:\n      sourcePath: \(url)\n      destinationDir: /opt\n"
  }

  /// Rules about what is fetched while the image is built.
  static let downloadRules: [ContentRule] = [
    ContentRule(
      "download-without-internet", .error,
      "What is fetched from the Internet needs internetMaxBandwidthOut above 0.",
      costs: "The instance of the build has no way out: the download waits for a connection until it fails.",
      wrong: [
        Example("COPY ▸https://example.com/app-1.4.tgz◂ /opt", offline),
        Example("RUN a && curl -fLO ▸https://example.com/app-1.4.tgz◂", offline),
        Example("RUN git clone -q ▸https://example.com/app.git◂ /opt", offline),
        Example(
          download("▸https://example.com/app-1.4.tgz◂"),
          ContentContext(.component(.linux), internetMaxBandwidthOut: 0)),
      ],
      right: [
        Example(
          "COPY https://example.com/app-1.4.tgz /opt", ContentContext(.build, internetMaxBandwidthOut: 10)),
        Example("COPY https://example.com/app-1.4.tgz /opt"),
        Example("RUN curl -f http://localhost:8080/", offline),
        Example("RUN wget http://mirrors.cloud.aliyuncs.com/a-1.rpm", offline),
        Example("RUN curl http://100.100.100.200/latest/meta-data/", offline),
        Example("COPY https://b.oss-cn-hangzhou-internal.aliyuncs.com/a.tgz /opt", offline),
        Example("RUN echo https://a", offline),
      ]
    ) { content in
      guard content.context.internetMaxBandwidthOut == 0 else { return [] }
      return content.downloads.filter { !$0.isInside }.map { download in
        Found(
          message: "the build can't reach the Internet: internetMaxBandwidthOut is 0",
          hint: "set internetMaxBandwidthOut, or fetch it from OSS over the internal network",
          range: download.range)
      }
    },
    ContentRule(
      "unpinned-download", .warning, "Downloads name a version, so that the same build gives the same image.",
      costs: "The same manifests give another image tomorrow, and nothing tells that, or why.",
      wrong: [
        Example("COPY ▸https://example.com/latest/app.tgz◂ /opt"),
        Example("RUN curl -fLO ▸https://example.com/app-latest.tgz◂"),
        Example("RUN wget ▸https://example.com/raw/master/a.tgz◂"),
        Example(download("▸https://example.com/latest/a.tgz◂"), linux),
      ],
      right: [
        Example("COPY https://example.com/v1.4/app.tgz /opt"),
        Example("RUN curl -f http://100.100.100.200/latest/meta-data/"),
        Example("RUN curl -fLO https://example.com/app-1.4.tgz"),
      ]
    ) { content in
      content.downloads.filter { !$0.isInside && $0.isUnpinned }.map { download in
        Found(
          message: "the URL names no version", hint: "name one, and check its checksum", range: download.range
        )
      }
    },
    ContentRule(
      "pipe-to-shell", .warning, "What is downloaded is checked before it is run.",
      costs:
        "Whoever can answer for that address runs commands as root in every image; a download cut short runs half a script.",
      wrong: [
        Example("RUN curl -fsSL https://example.com/i.sh | ▸sh◂"),
        Example("RUN wget -qO- https://example.com/i.sh | sudo ▸bash -s a◂"),
        Example("RUN ▸bash <(curl -s https://example.com/i.sh)◂"),
        Example("RUN ▸sh -c \"$(curl -fsSL https://example.com/i.sh)\"◂"),
      ],
      right: [
        Example(
          "RUN curl -fsSLo i.sh https://example.com/i-1.2.sh && echo \"ab  i.sh\" | sha256sum -c && sh i.sh"),
        Example("RUN curl -f https://example.com/a-1.json | python3 -m json.tool"),
        Example("RUN echo ls | sh"),
      ]
    ) { content in
      content.scripts.flatMap { script in
        script.commands.runsOfDownloads.map { command in
          Found(
            message: "\(command.name) runs what was just downloaded, whatever it is",
            hint: "save it, check its sha256sum, then run it", range: script.source(command.range))
        }
      }
    },
  ]
}

/// Something that a content fetches.
struct Download {
  let url: String
  let range: Range<Int>

  /// The name or address of the host.
  private let host: String

  init(url: String, range: Range<Int>) {
    self.url = url
    self.range = range
    let fields = url.utf8.split(separator: Byte.slash, maxSplits: 3, omittingEmptySubsequences: false)
    let authority = fields.count > 2 ? fields[2].prefix { $0 != Byte.question } : url.utf8.prefix(0)
    let address = authority.split(separator: UInt8(ascii: "@")).last ?? authority
    host = String(Substring(address.prefix { $0 != Byte.colon }))
  }

  /// Whether it comes from the instance itself, or over the cloud's own network.
  var isInside: Bool {
    host == "localhost" || host.hasPrefix("127.") || host.hasPrefix("100.100.") || host.hasPrefix("10.")
      || host.hasPrefix("192.168.") || host.hasSuffix("-internal.aliyuncs.com")
      || host.hasSuffix(".cloud.aliyuncs.com") || host.contains("$") || host.contains("{")
  }

  /// Whether its path says that it is the newest of something.
  var isUnpinned: Bool {
    let parts = url.lowercased().split { !($0.isLetter || $0.isNumber) }
    return parts.contains("latest") || url.contains("/master/") || url.contains("/main/")
      || url.contains("/HEAD/")
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
    for (script, command) in shellCommands where ["curl", "wget", "git", "aria2c"].contains(command.name) {
      downloads += command.urls.map { Download(url: $0.text, range: script.source($0.range)) }
    }
    return downloads
  }
}

extension [ShellCommand] {
  private static let shells: Set<String> = [
    "sh", "bash", "dash", "zsh", "ash", "ksh", "python", "python3", "perl", "ruby", "node",
  ]

  /// The commands that run what a command next to them downloads.
  fileprivate var runsOfDownloads: [ShellCommand] {
    indices.compactMap { index in
      let command = self[index]
      let isShell = Self.shells.contains(command.name)
      if isShell, command.isPiped, index > 0, self[index - 1].fetches,
        !command.arguments.contains(where: { $0.text == "-c" || $0.text == "-m" })
      {
        return command
      }
      let runsText = isShell || ["eval", "source", "."].contains(command.name)
      let inner = dropFirst(index + 1).first
      return runsText && inner?.isSubstituted == true && inner?.fetches == true ? command : nil
    }
  }
}

extension ShellCommand {
  fileprivate var fetches: Bool { name == "curl" || name == "wget" }
}
