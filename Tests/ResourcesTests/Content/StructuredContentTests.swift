// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Structured components become YAML that reads back as what they were.
struct StructuredContentTests {
  @Test func aComponentIsWrittenAsPeopleWouldWriteIt() {
    let content = StructuredContent(
      parameters: [
        .init(name: "port", type: .number, defaultValue: "8080"), .init(name: "channel", type: .string),
        .init(name: "country", type: .string, defaultValue: "no"),
      ],
      tasks: [
        .init(
          name: "probe", action: "RunShellCommand",
          properties: [.init(name: "commandContent", value: .text("uname -r"))]),
        .init(
          name: "config", action: "RunShellCommand",
          properties: [
            .init(name: "workingDir", value: .text("/etc")),
            .init(name: "commandContent", value: .text("echo \"port={{ port }}\" > a.conf\necho done\n")),
          ]),
        .init(
          name: "fetch", action: "WebDownload",
          properties: [
            .init(name: "destinationDir", value: .text("{{ probe.stdout }}")),
            .init(name: "timeout", value: .text("60")),
            .init(name: "sourcePath", value: .text("https://example.com/a.tgz")),
          ]),
        .init(name: "again", action: "Reboot", properties: []),
      ])
    #expect(
      content.yaml == """
        Parameters:
          port:
            Type: Number
            DefaultValue: 8080
          channel:
            Type: String
          country:
            Type: String
            DefaultValue: "no"
        Tasks:
          - Name: probe
            Action: RunShellCommand
            Properties:
              commandContent: uname -r
          - Name: config
            Action: RunShellCommand
            Properties:
              commandContent: |
                echo "port={{ port }}" > a.conf
                echo done
              workingDir: /etc
          - Name: fetch
            Action: WebDownload
            Properties:
              sourcePath: https://example.com/a.tgz
              destinationDir: "{{ probe.stdout }}"
              timeout: 60
          - Name: again
            Action: Reboot

        """)
  }

  static let traps = [
    "", " ", "\n", "\n\n", " \n ", "a", "a\n", "a\n\n", "\na", " a\nb", "\ta\nb", "a\n  \nb", "a\n  ",
    "a \nb\t\n",
    "a\r\nb\r\n", "\r", "no", "NO", "~", "null", "Null", "012", "0x1F", "1e3", ".5", "-", "- a", "a: b",
    "a #b", "#a",
    "{{ a }}", "{{a}} b", "{a}", "[a]", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "'a'", "\"a\"", "\\",
    "a\\nb",
    "a:", ":a", "a:b", "https://a/b?c=d&e", "\0", "\u{1}\u{7F}\u{85}\u{2028}\u{FEFF}", "日本語", "🧱\n🧱\n", "é",
    "e\u{301}", "\u{E000}\u{E001} {{ a }}", "\\uE000 {{ a }}", "---", "...", "--- a\nb", "a\n---\nb\n", "<<",
    "=", "?",
    "? a", "true", "Yes", "2001-01-01", "1:30", "a\u{A0}", "\u{FFFD}\u{FFFE}\u{10FFFF}", "a\tb",
    "key: |\n  a\n",
  ]

  @Test(arguments: traps) func trapsSurvive(_ text: String) {
    let content = StructuredContent(
      parameters: [.init(name: "p", type: .string, defaultValue: text)],
      tasks: [
        .init(
          name: "t", action: "RunShellCommand",
          properties: [
            .init(name: "commandContent", value: .text(text)), .init(name: "username", value: .text("a")),
          ]),
        .init(
          name: "j", action: "InvokeCommand",
          properties: [
            .init(name: "commandId", value: .text("c")),
            .init(
              name: "parameters",
              value: .mapping(unsorted: [
                .init("b", .list([.text(text), .constant("1")])), .init("a", .text(text)),
              ])),
          ]),
      ])
    expectRoundTrip(content)
  }

  @Test(arguments: 0..<400) func renderingThenReadingGivesTheSame(_ seed: UInt64) {
    var random = Seeded(seed)
    expectRoundTrip(random.content())
  }

  private func expectRoundTrip(_ content: StructuredContent) {
    let text = content.yaml
    guard case .yaml(let read) = ContentText(text).body else {
      Issue.record("not taken for YAML:\n\(text)")
      return
    }
    #expect(read.faults == [], "\(text)")
    #expect(read.structured.map(ContentModel.tasks) == .tasks(content), "\(text)")
    #expect(read.structured?.yaml == text)
  }
}

extension Seeded {
  fileprivate mutating func text() -> String {
    let pieces =
      StructuredContentTests.traps + [
        "a", " ", "\n", "\t", ":", "#", "{{ x }}", "'", "\"", "-", "é", "echo", ": ", " #",
      ]
    return (0..<number(below: 8)).map { _ in pick(pieces) }.joined()
  }

  fileprivate mutating func name() -> String {
    pick(["a", "b_c", "no", "1", "a b", "é", "x: y", "{{ a }}"]) + "\(number(below: 99))"
  }

  fileprivate mutating func value(depth: Int) -> ContentValue {
    switch number(below: depth > 2 ? 2 : 4) {
    case 0: .text(text())
    case 1: .constant(pick(["1", "true", "null", "", "-0.5e3", "~", "0x1F"]))
    case 2: .list((0..<number(below: 4)).map { _ in value(depth: depth + 1) })
    default:
      .mapping(
        unsorted: Set((0..<number(below: 4)).map { _ in name() }).sorted().map {
          .init($0, value(depth: depth + 1))
        })
    }
  }

  fileprivate mutating func content() -> StructuredContent {
    let names = Set((0..<number(below: 4)).map { _ in name() }).sorted()
    let parameters = names.map { name in
      let type = pick(ParameterType.allCases)
      let value: String? =
        switch type {
        case .string: text()
        case .number: pick(["0", "-1.5", "1e9"])
        case .boolean: pick(["true", "false", "TRUE"])
        }
      return StructuredContent.Parameter(name: name, type: type, defaultValue: pick([value, nil]))
    }
    let tasks = (0..<1 + number(below: 5)).map { _ in
      let action = pick(TaskAction.all)
      let properties = action.properties.filter { $0.isRequired || number(below: 2) == 0 }.map { property in
        let value: ContentValue =
          switch property.type {
          case .string: .text(text())
          case .number: pick([.constant("60"), .text("7"), .text("{{ a }}")])
          case .boolean: pick([.constant("true"), .text("False"), .text("{{ a.stdout }}")])
          case .json: .mapping(unsorted: [.init("k", value(depth: 0)), .init(name() + "!", value(depth: 0))])
          }
        return StructuredContent.Property(name: property.name, value: value)
      }
      let extra =
        number(below: 5) == 0 ? [StructuredContent.Property(name: name(), value: value(depth: 1))] : []
      return StructuredContent.Task(
        name: name(), action: action.name, properties: (properties + extra).shuffled(using: &self))
    }
    return StructuredContent(parameters: parameters, tasks: tasks)
  }
}
