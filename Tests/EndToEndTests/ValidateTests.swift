// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONSyntax
import Resources
import TestSupport
import Testing

/// What `kiln validate` tells, and how it ends.
@Suite struct ValidateTests {
  static let stack = """
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: Stack
    metadata: {name: s}
    spec: {id: s, targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]}

    """

  /// A finding of `kiln validate --format json`.
  struct Finding: Hashable {
    let rule: String
    let line: Int64
    let column: Int64
  }

  @Test func twentyMistakesAreTwentyFindings() async throws {
    try await withBinary { binary in
      try binary.copy("Tests/Cases/diagnostics/twenty-mistakes/manifests", to: "project")
      let outcome = try await binary.kiln(["validate", "project", "--format", "json"])
      #expect(outcome.exitCode == 1)
      guard case .array(let found)? = try JSONValue(parsing: Array(outcome.output.utf8))["diagnostics"] else {
        Issue.record("no report: \(outcome)")
        return
      }
      #expect(found.count == 20)
      for diagnostic in found { #expect(diagnostic["hint"]?.string?.isEmpty == false, "\(diagnostic)") }
      let places = found.compactMap { $0["location"]?["file"]?.string }
      #expect(places == places.sorted())
      #expect(outcome.talk.hasSuffix("18 errors, 2 warnings in the manifests.\n"), "\(outcome)")
    }
  }

  @Test func aFileThatIsLargerThanTheMemoryIsRefusedUnread() async throws {
    try await withBinary { binary in
      try binary.write(Self.stack, to: "project/stack.yaml")
      try binary.write("a: b\n", to: "project/large.yaml")
      let file = try FileHandle(forWritingTo: URL(filePath: "\(binary.folder)/project/large.yaml"))
      try file.truncate(atOffset: 1 << 36)
      let outcome = try await binary.kiln(["validate", "project"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.talk.contains("large.yaml can't be read: it has more than 32 MiB"), "\(outcome)")
    }
  }

  @Test func warningsFailOnlyWhereThatIsAsked() async throws {
    try await withBinary { binary in
      try binary.write(
        Self.stack + component("RUN a", "run b"), to: "project/all.yaml")
      let lenient = try await binary.kiln(["validate", "project"])
      #expect(lenient.exitCode == 0)
      #expect(lenient.talk.contains("[lower-case-command]"), "\(lenient)")
      let strict = try await binary.kiln(["validate", "project", "--strict"])
      #expect(strict.exitCode == 1)
    }
  }

  @Test func ofAFolderThatIsNotThereOneThingIsSaid() async throws {
    try await withBinary { binary in
      let outcome = try await binary.kiln(["validate", "nowhere"])
      #expect(outcome.exitCode == 1)
      let complaints = outcome.talk.split(separator: "\n").filter { $0.contains("error:") }
      #expect(complaints.count == 1 && outcome.talk.contains("nowhere can't be read"), "\(outcome)")
      #expect(!outcome.talk.contains("NSCocoaErrorDomain"))
    }
  }

  @Test func oneOfAKindIsCountedAsOne() async throws {
    try await withBinary { binary in
      try binary.write(Self.stack + component("RUN a"), to: "project/all.yaml")
      let outcome = try await binary.kiln(["validate", "project"])
      #expect(outcome.talk.contains("Valid: 1 component and 0 pipelines for stack s, target local."))
    }
  }

  @Test(arguments: ["sarif", "junit", "github", "gitlab", "json"])
  func aReportStandsAloneOnStandardOutput(_ format: String) async throws {
    try await withBinary { binary in
      try binary.write(Self.stack + component("RUN yum install nginx"), to: "project/all.yaml")
      let outcome = try await binary.kiln(["validate", "project", "--format", format])
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.contains("install-without-yes"))
      #expect(!outcome.output.contains("in the manifests"))
      #expect(outcome.talk.contains("1 error in the manifests."))
    }
  }

  @Test func planStopsAtWhatWouldFailABuild() async throws {
    try await withBinary { binary in
      try binary.write(Self.stack + component("RUN yum install nginx", "run b"), to: "project/all.yaml")
      let plan = try await binary.kiln(["plan", "project"])
      #expect(plan.exitCode == 1)
      #expect(plan.talk.contains("[install-without-yes]"), "\(plan)")
      #expect(!plan.talk.contains("[lower-case-command]"), "warnings are validate's")
    }
  }

  @Test func whatLooksLikeASecretIsNotRepeated() async throws {
    try await withBinary { binary in
      try binary.write(Self.stack + component("ENV DB_PASSWORD=\"hunter22hunter\""), to: "project/all.yaml")
      for format in DiagnosticReport.Format.allCases {
        let outcome = try await binary.kiln(["validate", "project", "--format", format.rawValue])
        #expect((outcome.output + outcome.talk).contains("secret-in-content"))
        #expect(!(outcome.output + outcome.talk).contains("hunter22hunter"), "\(outcome)")
      }
    }
  }

  @Test func anUnknownRuleHasANeighbour() async throws {
    try await withBinary { binary in
      let outcome = try await binary.kiln(["explain", "instal-without-yes"])
      #expect(outcome.exitCode == 64)
      #expect(outcome.talk.contains("did you mean install-without-yes?"))
    }
  }

  /// The rule's own examples, told apart by the shell; where there is no bash there is nothing to ask.
  @Test(.enabled(if: hasBash)) func theShellJudgesTheExamplesOfItsRule() async throws {
    let rule = ContentRule.shellSyntax
    try await withBinary { binary in
      var text = Self.stack
      var expected: [Finding] = []
      for (index, example) in (rule.wrong + rule.right).enumerated() {
        var line = Int64(text.split(separator: "\n", omittingEmptySubsequences: false).count + 6)
        text += component(named: "c\(index)", example.text)
        for row in example.marked.split(separator: "\n", omittingEmptySubsequences: false) {
          if let mark = row.firstIndex(of: "▸") {
            expected.append(
              Finding(
                rule: rule.id, line: line, column: Int64(5 + row.distance(from: row.startIndex, to: mark))))
          }
          line += 1
        }
      }
      try binary.write(text, to: "project/all.yaml")
      let outcome = try await binary.kiln(["validate", "project", "--format", "json"])
      #expect(try findings(outcome.output).filter { $0.rule == rule.id } == expected, "\(outcome)")
    }
  }

  @Test(.enabled(if: hasBash)) func oneBrokenScriptHidesNoOther() async throws {
    try await withBinary { binary in
      let scripts = (0..<300).map { number in
        switch number % 50 {
        case 7: "RUN if a"
        case 33: "RUN [[ a == b"
        default: "RUN echo \(number)"
        }
      }
      let halves = [scripts.prefix(120), scripts.dropFirst(120).prefix(120), scripts.suffix(60)]
      try binary.write(
        Self.stack
          + halves.enumerated().map { component(named: "c\($0)", $1.joined(separator: "\n")) }.joined(),
        to: "project/all.yaml")
      let outcome = try await binary.kiln(["validate", "project", "--format", "json"])
      #expect(try findings(outcome.output).count { $0.rule == "shell-syntax" } == 12, "\(outcome.talk)")
    }
  }

  private func findings(_ report: String) throws -> [Finding] {
    guard case .array(let found)? = try JSONValue(parsing: Array(report.utf8))["diagnostics"] else {
      return []
    }
    return found.map { diagnostic in
      let start = diagnostic["location"]?["start"]
      guard case .integer(let line)? = start?["line"], case .integer(let column)? = start?["column"] else {
        return Finding(rule: diagnostic["rule"]?.string ?? "", line: 0, column: 0)
      }
      return Finding(rule: diagnostic["rule"]?.string ?? "", line: line, column: column)
    }
  }

  private func component(_ lines: String...) -> String {
    component(named: "web", lines.joined(separator: "\n"))
  }

  /// A component whose content begins on the seventh line, in the fifth column.
  private func component(named name: String, _ content: String) -> String {
    """
    ---
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: ImageComponent
    metadata: {name: \(name)}
    spec:
      content: |
    \(content.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n"))

    """
  }
}

private let hasBash = ["/bin/bash", "/usr/bin/bash"].contains { path in
  FileManager.default.isExecutableFile(atPath: path)
}
