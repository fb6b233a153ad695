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
      let downloads = content.downloads.filter(\.isFromInternet)
      guard !downloads.isEmpty, !content.namesProxy else { return [] }
      return downloads.map { download in
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
        Example("RUN docker pull ▸nginx:latest◂"),
      ],
      right: [
        Example("COPY https://example.com/v1.4/app.tgz /opt"),
        Example("RUN curl -f http://100.100.100.200/latest/meta-data/"),
        Example("RUN curl -fLO https://example.com/app-1.4.tgz"),
      ]
    ) { content in
      content.downloads.filter { $0.isFromInternet && $0.isUnpinned }.map { download in
        Found(
          message: "the URL names no version", hint: "name one, and check its checksum", range: download.range
        )
      }
        + content.shellCommands.flatMap { script, command in
          command.unpinnedNames.map { word in
            Found(
              message: "'\(word.text)' is the newest there is", hint: "name a version instead of latest",
              range: script.source(word.range))
          }
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
        Example("RUN curl -fsSLO https://example.com/i.sh && ▸sh i.sh◂"),
      ],
      right: [
        Example(
          "RUN curl -fsSLo i.sh https://example.com/i-1.2.sh && echo \"ab  i.sh\" | sha256sum -c && sh i.sh"),
        Example("RUN curl -f https://example.com/a-1.json | python3 -m json.tool"),
        Example("RUN echo ls | sh"),
      ]
    ) { content in
      var downloaded = DownloadedFiles()
      return content.scripts.flatMap { script in
        (script.commands.runsOfDownloads + downloaded.runs(in: script.commands)).map { command in
          Found(
            message: "\(command.name) runs what was just downloaded, whatever it is",
            hint: "save it, check its sha256sum, then run it", range: script.source(command.range))
        }
      }
    },
  ]
}
