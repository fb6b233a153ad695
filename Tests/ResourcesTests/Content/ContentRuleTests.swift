// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources
import Testing

/// Each rule finds what its wrong examples mark, and nothing else is found in any example.
struct ContentRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let example: ContentRule.Example

    var testDescription: String { "\(rule) \(String(example.marked.prefix(60)).debugDescription)" }
  }

  // What a shell judges is found by asking one: ShellSyntaxTests.
  static let wrong = ContentRule.all.filter { $0.id != ContentRule.shellSyntax.id }.flatMap { rule in
    rule.wrong.map { Case(rule: rule.id, example: $0) }
  }
  static let right = ContentRule.all.flatMap { rule in rule.right.map { Case(rule: rule.id, example: $0) } }

  @Test(arguments: wrong) func wrongExamplesAreFound(_ wrong: Case) throws {
    let marked = Marked(wrong.example.marked)
    let findings = ContentText(marked.text).findings(in: wrong.example.context).filter {
      $0.rule == wrong.rule
    }
    #expect(findings.count == 1, "\(findings)")
    let finding = try #require(findings.first)
    #expect(marked.shows(finding.byteRange), "\(finding) not \(marked.start ?? -1)..<\(marked.end ?? -1)")
    #expect(finding.code == wrong.example.code)
    #expect(marked.text == wrong.example.text)
    let first = ContentText(marked.text).violations(at: wrong.example.context.place).first
    #expect(first?.code == wrong.example.code)
  }

  @Test(arguments: right) func rightExamplesAreSound(_ right: Case) {
    let findings = ContentText(right.example.text).findings(in: right.example.context)
    #expect(findings.filter { $0.rule == right.rule } == [])
    #expect(findings.filter { $0.severity == .error } == [])
  }

  @Test func everyRuleHasExamplesAndAName() {
    #expect(Set(ContentRule.all.map(\.id)).count == ContentRule.all.count)
    for rule in ContentRule.all {
      #expect(!rule.wrong.isEmpty && !rule.right.isEmpty, "\(rule.id)")
      #expect(rule.id.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (97...122).contains($0) })
      #expect(rule.summary.hasSuffix(".") && rule.costs.hasSuffix("."))
    }
  }

  @Test func aCommentWithAReasonSilences() {
    let text = "# kiln:ignore reboot-in-script,crlf we wait for it\nRUN reboot\nRUN reboot\n"
    let findings = ContentText(text).findings(in: ContentContext(.build)).filter {
      $0.rule == "reboot-in-script"
    }
    #expect(findings.map(\.byteRange.lowerBound) == [66])
    let unreasoned = ContentText(
      "# kiln:ignore reboot-in-script\nRUN reboot\n"
    ).findings(in: ContentContext(.build))
    #expect(unreasoned.contains { $0.rule == "reboot-in-script" })
    let inline = ContentText(
      "RUN reboot # kiln:ignore reboot-in-script it is last\n"
    ).findings(in: ContentContext(.build))
    #expect(!inline.contains { $0.rule == "reboot-in-script" })
  }

  @Test func findingsComeByPlace() {
    let findings = ContentText("RUN yum install a\nBAD\nrun reboot\nUSER x\n").findings(
      in: ContentContext(.build))
    #expect(
      findings.map(\.rule) == [
        "install-without-yes", "unknown-command", "lower-case-command", "reboot-in-script",
      ])
  }
}

/// Scripts are found again however YAML writes them.
struct ScriptPlaceTests {
  @Test(arguments: [
    "▸vi /a◂", "'set -e; ▸vi /it''s◂'", #""set \"-e\"; ▸vi /a◂; echo \\ b""#, #""set -e\n▸vi /a◂\n""#,
    "|\n        set -e\n\n        if a; then\n          ▸vi /a◂\n        fi\n",
    ">\n        set -e\n        -x;\n\n        ▸vi /a◂\n",
    ">-\n        set -e;\n        ▸vi /a◂;\n        ls",
    "set -e;\n        ▸vi /a◂; ls", "|2\n          set -e\n        ▸vi /a◂\n",
    "|\n        set -e\r\n        ▸vi /a◂\r\n",
  ])
  func aCommandIsShownWhereItStands(_ value: String) {
    let marked = Marked(
      "Tasks:\n  - Name: é\n    Action: RunShellCommand\n    Properties:\n      commandContent: \(value)\n")
    let found = ContentText(marked.text).findings(in: ContentContext(.component(.linux)))
      .filter { $0.rule == "interactive-command" }
    #expect(found.count == 1)
    for finding in found { #expect(marked.shows(finding.byteRange), "\(finding.byteRange) \(marked)") }
  }
}
