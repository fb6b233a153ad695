// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import TestSupport
import Testing

@Suite struct CommandLineTests {
  @Test func fiveMistakesInThreeFilesAreToldAtOnce() async throws {
    try await withStarter { project in
      try project.binary.edit(
        "project/components/hardening.yaml", "version: 1.0.0",
        "version: 1.0.0\n  systemType: Linus\n  descripton: typo")
      try project.binary.edit("project/pipelines/base.yaml", "component: hardening", "component: hardning")
      try project.binary.edit("project/pipelines/web.yaml", "systemDiskSize: 40", "systemDiskSize: 10")
      try project.binary.edit("project/pipelines/web.yaml", "component: nginx-smoke-test", "component: smoke")
      let apply = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(apply.exitCode == 1, "\(apply)")
      #expect(apply.operations == [])
      let errors = apply.talk.split(separator: "\n").filter { $0.contains("error") && $0.contains(".yaml:") }
      #expect(errors.count == 5, "\(apply)")
      for file in ["components/hardening.yaml", "pipelines/base.yaml", "pipelines/web.yaml"] {
        #expect(apply.talk.contains("project/\(file):"), "\(apply)")
      }
      #expect(apply.talk.contains("5 errors in the manifests; nothing was sent."))
      #expect(try await project.held() == [])
    }
  }

  @Test(arguments: [["CI": "true"], [:]])
  func withoutApprovalNothingIsDoneWhereNobodyCanBeAsked(_ environment: [String: String]) async throws {
    try await withStarter { project in
      let apply = try await project.kiln("apply", environment: environment)
      #expect(apply.exitCode == 64, "\(apply)")
      #expect(apply.talk.contains("--auto-approve"))
      #expect(try await project.held() == [])
    }
  }

  @Test func anUnknownOptionIsAMistakeInUsage() async throws {
    try await withBinary { binary in
      let result = try await binary.kiln(["plan", "--frobnicate"])
      #expect(result.exitCode == 64)
      #expect(result.output == "")
      #expect(result.talk.contains("--frobnicate"))
    }
  }

  @Test func coloursComeOnlyWhereTheyAreWanted() async throws {
    try await withStarter { project in
      let plain = try await project.kiln("plan")
      #expect(!plain.output.contains("\u{1B}"), "it is no terminal")
      let forced = try await project.kiln("plan", environment: ["CLICOLOR_FORCE": "1"])
      #expect(forced.output.contains("\u{1B}[32m+\u{1B}[0m"))
      let barred = try await project.kiln("plan", environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
      #expect(barred.output == plain.output)
      let asked = try await project.kiln("plan", "--no-color", environment: ["CLICOLOR_FORCE": "1"])
      #expect(asked.output == plain.output)
    }
  }

  @Test func everyLineOfJSONIsAnEvent() async throws {
    try await withStarter { project in
      let apply = try await project.kiln("apply", "--auto-approve", "--json")
      #expect(apply.exitCode == 0, "\(apply)")
      var types: [String] = []
      for line in apply.output.split(separator: "\n") {
        let event = try JSONValue(parsing: Array(line.utf8))
        for key in ["@level", "@message", "@module", "@timestamp", "type"] {
          #expect(event[key]?.string != nil, "\(key) is missing in \(line)")
        }
        types.append(event["type"]?.string ?? "")
      }
      let starts = types.count { $0 == "apply_start" }
      let ends = types.count { $0 == "apply_complete" }
      #expect(types.first == "version")
      #expect(types.count { $0 == "planned_change" } == 5)
      #expect((starts, ends) == (5, 5))
      #expect(types.suffix(2) == ["change_summary", "outputs"])
    }
  }

  @Test func diagnosticsAreEventsToo() async throws {
    try await withStarter { project in
      try project.binary.edit("project/pipelines/web.yaml", "systemDiskSize: 40", "systemDiskSize: 10")
      let plan = try await project.kiln("plan", "--json")
      #expect(plan.exitCode == 1, "\(plan)")
      let line = try #require(plan.output.split(separator: "\n").first)
      let event = try JSONValue(parsing: Array(line.utf8))
      #expect(event["type"]?.string == "diagnostic")
      #expect(event["diagnostic"]?["range"]?["filename"]?.string == "project/pipelines/web.yaml")
    }
  }

  @Test func aServiceThatIsNotThereIsToldPlainly() async throws {
    try await withBinary { binary in
      try binary.copy("manifests", to: "project")
      let plan = try await binary.kiln(
        ["plan", "project", "--endpoint", "http://203.0.113.1"], environment: ProjectFixture.keys)
      #expect(plan.exitCode == 1, "\(plan)")
      #expect(plan.talk.hasPrefix("error:"), "\(plan)")
    }
  }
}
