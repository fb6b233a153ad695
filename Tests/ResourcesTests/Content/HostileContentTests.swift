// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Whatever the text is, reading and checking it ends, in time that grows with its length only.
struct HostileContentTests {
  static let pieces = [
    "RUN ", "ENV ", "COPY ", "LABEL ", "CMD ", "COMPONENT ", "FROM ", "USER ", "RESTART", "\n", "\r\n",
    "\\\n", "\\", "\"", "'",
    "`", "$(", "${", ")", "}", "{{ a }}", "{{", "}}", "<<EOF", "EOF\n", "#", " ", "\t", "\0", "é", "🧱",
    "\u{FEFF}", "\u{85}",
    "\u{2028}", "[", "]", "[\"a\"]", ",", "=", "--a", "ic-1", "acs:ecs:a:1:imagecomponent/b/1.*.*",
    "https://a?b", "a", ": ",
    "- ", "|\n", ">-\n", "  ", "Tasks:", "\nTasks:\n  - ", "Name: a", "\n    Action: RunShellCommand",
    "\n    Properties:\n      ",
    "commandContent: ", "Parameters:\n  a:\n    Type: String\n", "&a ", "*a", "!b ", "---\n", "%YAML", "\\u",
    "\\uE000", "\u{E000}",
    "kiln:ignore a b", "PASSWORD=abcdefgh", "-----BEGIN PRIVATE KEY-----", "curl https://a | sh",
    "yum install",
  ]

  static let places: [ContentPlace] = [.component(.linux), .component(.windows), .build, .test]

  @Test(arguments: 0..<1500) func anyTextIsRead(_ seed: UInt64) {
    var random = Seeded(seed)
    let text = (0..<random.number(below: 40)).map { _ in random.pick(Self.pieces) }.joined()
    check(text, random.pick(Self.places))
  }

  /// Sound contents with some bytes changed, taken away or doubled.
  @Test(arguments: 0..<1500) func anyMutationIsRead(_ seed: UInt64) {
    var random = Seeded(seed)
    let examples = ContentRule.all.flatMap { $0.wrong + $0.right }.map(\.text).filter {
      $0.utf8.count < 2_000
    }
    var bytes = Array(random.pick(examples).utf8)
    for _ in 0..<1 + random.number(below: 6) where !bytes.isEmpty {
      let index = random.number(below: bytes.count)
      switch random.number(below: 4) {
      case 0: bytes[index] = UInt8(random.number(below: 256))
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(bytes[random.number(below: bytes.count)], at: index)
      default: bytes.insert(contentsOf: random.pick(Self.pieces).utf8, at: index)
      }
    }
    check(String(decoding: bytes, as: UTF8.self), random.pick(Self.places))
  }

  static let large: [(name: String, text: String)] = [
    ("backslashes", "RUN " + repeated("\\")), ("continuations", "RUN a" + repeated(" \\\n")),
    ("one word", repeated("a")),
    ("NULs", repeated("\0")), ("quotes", "ENV A=" + repeated("\"")), ("pairs", "ENV " + repeated("a=\"b\" ")),
    ("unknown lines", repeated("x\n")), ("here-documents", repeated("RUN cat <<A\n")),
    ("braces", "Tasks: " + repeated("{{")),
    ("references", "Tasks: [" + repeated("{{ a }}, ") + "]"),
    ("list", "Tasks: [" + repeated("{é: 1}, ") + "]"),
    ("substitutions", "RUN " + repeated("$(")), ("backquotes", "RUN " + repeated("`")),
    ("pipes", "RUN " + repeated("a | ")),
    ("secrets", "RUN " + repeated("TOKEN=")), ("equals", "RUN " + repeated("=")),
    ("addresses", "RUN " + repeated("://a:b")),
    ("silences", repeated("# kiln:ignore a b\n")), ("strings", "CMD [" + repeated("\"a\",")),
    ("comments", repeated("#\n")),
    ("documents", repeated("Tasks: []\n---\n")), ("parameters", "COMPONENT ic-1 " + repeated("--a 1 ")),
    ("anchors", "Tasks: &a [" + repeated("*a, ") + "]"),
    ("tasks", "Tasks:\n" + repeated("- {Name: a, Action: Reboot}\n")),
  ]

  @Test func aMegabyteOfBackslashesIsRead() {
    let text = "RUN " + String(repeating: "\\", count: 1 << 20)
    #expect(ContentText(text).violations(at: .build).map(\.code) == ["InvalidBuildContent.LengthExceeded"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: large.map(\.name)) func largeTextsAreRead(_ name: String) throws {
    check(try #require(Self.large.first { $0.name == name }?.text), .build)
    check(try #require(Self.large.first { $0.name == name }?.text), .component(.linux))
  }

  private static func repeated(_ piece: String) -> String {
    String(repeating: piece, count: 10_000 / piece.utf8.count)
  }

  private func check(_ text: String, _ place: ContentPlace) {
    let content = ContentText(text)
    for finding in content.findings(in: ContentContext(place, internetMaxBandwidthOut: 0)) {
      #expect(finding.byteRange.lowerBound >= 0 && finding.byteRange.upperBound <= content.size)
    }
    #expect(content.violations(at: place).count <= ContentViolation.limit)
    _ = content.componentUses
    _ = content.declaredParameters
    #expect(content.model(at: place).canonicalBytes.isEmpty == false)
    if let structured = content.structured { #expect(ContentText(structured.yaml).structured == structured) }
  }
}

extension ContentText {
  fileprivate var structured: StructuredContent? {
    if case .yaml(let content) = body { content.structured } else { nil }
  }
}
