// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static let linux = ContentContext(.component(.linux))
  private static let windows = ContentContext(.component(.windows))
  private static let build = ContentContext(.build)
  private static let test = ContentContext(.test)

  /// Examples with their code, for the same content in a component, in build and in test content.
  private static func everywhere(_ marked: String, code: String) -> [Example] {
    [linux, build, test].map { Example(marked, $0, code: code) }
  }

  /// The service's table of rules; what they find is told by ``ContentText/violations(at:)``.
  static let serviceRules: [ContentRule] = [
    ContentRule(
      "content-missing", .error, "A component has content.",
      wrong: [
        Example("▸◂", linux, code: "MissingParameter.Content"),
        Example("▸ \n\n◂", linux, code: "MissingParameter.Content"),
      ],
      right: [Example("RESTART", linux), Example("", build)]),
    ContentRule(
      "content-too-long", .error, "A content has at most 16,384 bytes of UTF-8.",
      wrong: [
        Example("RUN \(padding)▸x◂", linux, code: "InvalidContent.LengthExceeded"),
        Example("RUN \(padding)▸x◂", build, code: "InvalidBuildContent.LengthExceeded"),
        Example("RUN \(padding)▸x◂", test, code: "InvalidParameter.TestContent"),
      ],
      right: [Example("RUN \(padding)", linux), Example("RUN \(padding)", build)]),
    ContentRule(
      "too-many-commands", .error, "A content has at most 127 commands.",
      wrong: everywhere(
        String(repeating: "RUN a\n", count: 127) + "▸RUN a◂\n",
        code: "InvalidImageTemplateCommandSize.ExceededMaxNumber"),
      right: [Example(String(repeating: "RUN a\n", count: 127))]),
    ContentRule(
      "unknown-command", .error, "Each line begins with a command that the service knows.",
      wrong: [
        "▸ADD◂ app.tar.gz /opt", "▸ARG◂ VERSION", "▸EXPOSE◂ 80", "▸VOLUME◂ /data",
        "RUN ▸--mount=type=cache◂ make",
      ]
      .flatMap { everywhere($0, code: "InvalidImageTemplateCommand.NotSupported") },
      right: [Example("RUN make \\\n  install", linux)]),
    ContentRule(
      "component-in-component", .error, "A component does not contain components.",
      wrong: [Example("▸COMPONENT ic-1◂", linux, code: "InvalidCommand.Component")],
      right: [Example("COMPONENT ic-1", build), Example("COMPONENT ic-1", test)]),
    ContentRule(
      "from-in-component", .error, "A component does not name a source image.",
      wrong: [Example("▸FROM IMAGE:m-1◂\nRUN a", linux, code: "NotSupportedCommand.FROM")],
      right: [Example("RUN a", linux)]),
    ContentRule(
      "duplicate-from", .error, "A source image is named at most once.",
      wrong: [build, test].map {
        Example("FROM IMAGE:m-1\n▸FROM IMAGE:m-1◂", $0, code: "DuplicatedCommand.FROM")
      },
      right: [Example("RUN a")]),
    ContentRule(
      "from-not-first", .error, "A source image is named before everything else.",
      wrong: [build, test].map { Example("RUN a\n▸FROM IMAGE:m-1◂", $0, code: "InvalidCommandOrder.FROM") },
      right: [Example("RUN a")]),
    ContentRule(
      "missing-argument", .error, "A command has its argument.",
      wrong: ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"].flatMap { word in
        everywhere("▸\(word)◂", code: "EmptyCommandContent.\(word)")
      } + [Example("▸FROM◂", build, code: "InvalidCommandContent.FROM")],
      right: [Example("RUN a", linux), Example("CMD a", linux)]),
    ContentRule(
      "malformed-argument", .error, "A command's argument follows its grammar.",
      wrong: malformed.flatMap { word, marked in everywhere(marked, code: "InvalidCommandContent.\(word)") }
        + [
          Example("FROM ▸centos:7◂", build, code: "InvalidCommandContent.FROM"),
          Example("LABEL ▸team◂", linux, code: "InvalidParameter.Content"),
          Example("LABEL ▸team◂", build, code: "InvalidParameter.BuildContent"),
          Example("COMPONENT ▸nginx◂", build, code: "InvalidParameter.BuildContent"),
          Example("COMPONENT ic-1 ▸--port=80◂", test, code: "InvalidParameter.TestContent"),
        ],
      right: [
        Example("ENV A=\"b c\" D=\"e\"\nWORKDIR /opt\nCMD [\"a\", \"b\"]\nLABEL team=\"web\"", linux),
        Example("COMPONENT ic-1 --port 80"),
        Example("COMPONENT acs:ecs:cn-hangzhou:1234567890123456:imagecomponent/web-base/1.2.*"),
      ]),
    ContentRule(
      "copy-query-string", .error, "A URL that COPY fetches has no query string.",
      wrong: everywhere(
        "COPY https://example.com/app-1.4.tgz▸?token=a◂ /opt", code: "InvalidCommandContent.COPY"),
      right: [Example("COPY https://example.com/app-1.4.tgz /opt", linux)]),
    ContentRule(
      "restart-argument", .error, "RESTART stands alone.",
      wrong: everywhere("RESTART ▸now◂", code: "NotEmptyCommandContent.RESTART"),
      right: [Example("RESTART", linux)]),
    ContentRule(
      "wrong-structure", .error, "A content has the form and the structure that its place takes.",
      wrong: [
        Example("▸RUN dir◂", windows, code: "InvalidParameter.Content"),
        Example("Tasks: ▸[]◂\n", linux, code: "InvalidParameter.Content"),
        Example("Tasks:\n  - {Name: a, Action: ▸Dance◂}\n", linux, code: "InvalidParameter.Content"),
        Example(
          "Tasks:\n  - {Name: a, Action: ▸RunShellCommand◂}\n", linux, code: "InvalidParameter.Content"),
        Example("▸Tasks:\n  - {Name: a, Action: Reboot}\n◂", build, code: "InvalidParameter.BuildContent"),
        Example("▸Tasks:\n  - {Name: a, Action: Reboot}\n◂", test, code: "InvalidParameter.TestContent"),
        Example(
          "Tasks:\n  - {Name: a, Action: ▸RunPowerShellCommand◂, Properties: {commandContent: a}}\n", linux,
          code: "InvalidParameter.Content"),
      ],
      right: [Example("Tasks:\n  - {Name: a, Action: Reboot}\n", linux)]),
  ]

  private static let padding = String(repeating: "x", count: ContentCheck.maximumSize - 4)

  private static let malformed: [(String, String)] = [
    ("RUN", "▸RUN◂ make && \\"), ("ENV", "ENV ▸NAME◂"), ("ENV", "ENV A=\"b\" ▸C◂"),
    ("WORKDIR", "WORKDIR /opt▸ app◂"),
    ("COPY", "COPY ▸/opt/app◂"), ("USER", "USER root▸ wheel◂"), ("CMD", "CMD [▸a]◂"),
    ("ENTRYPOINT", "ENTRYPOINT [▸a]◂"),
  ]
}
