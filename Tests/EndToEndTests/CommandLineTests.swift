// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
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
      let line = try #require(plan.output.split(separator: "\n").dropFirst().first)
      let event = try JSONValue(parsing: Array(line.utf8))
      #expect(event["type"]?.string == "diagnostic")
      #expect(event["diagnostic"]?["range"]?["filename"]?.string == "project/pipelines/web.yaml")
    }
  }

  @Test func theVersionIsTheFirstEventAndTheOnlyOneOfItsType() async throws {
    try await withStarter { project in
      func types(_ arguments: [String]) async throws -> [String] {
        let result = try await project.binary.kiln(arguments + ["--json"], environment: ProjectFixture.keys)
        return try result.output.split(separator: "\n").map {
          try JSONValue(parsing: Array($0.utf8))["type"]?.string ?? ""
        }
      }
      func expectVersion(_ arguments: [String]) async throws {
        let types = try await types(arguments)
        #expect(types.first == "version" && types.count { $0 == "version" } == 1, "\(arguments): \(types)")
      }
      _ = try await project.kiln("apply", "--auto-approve", "--only", "component/nginx")
      _ = try await project.kiln("plan", "--out", "plan.json")
      try await expectVersion(["apply", "plan.json", "--only", "pipeline/web"])
      try await expectVersion(["apply", "plan.json"])
      let done = try await types(["apply", "plan.json"])
      #expect(done == ["version", "change_summary", "outputs"], "nothing is left to do")
      for verb in ["drift", "adopt"] { try await expectVersion(project.arguments(verb)) }
      try await expectVersion(["validate", "project"])
      try await expectVersion(["history", "--project", "project"])
      try await expectVersion(["history", "component/none", "--project", "nowhere"])
      try await expectVersion(project.arguments("apply", ["--all-targets"]))
      try project.binary.edit("project/pipelines/web.yaml", "systemDiskSize: 40", "systemDiskSize: 10")
      for verb in ["plan", "apply", "destroy", "drift", "adopt", "validate"] {
        try await expectVersion([verb, "project"])
      }
      try await expectVersion(["forget", "component/nginx", "--project", "project"])
      try await expectVersion(["export", "--all", "--out", "exported", "--project", "project"])
    }
  }

  @Test func whatWasSkippedOrMustWaitHasItsEventToo() async throws {
    try await withStarter(suffering: [
      FaultRule(.error(status: 403, code: "Forbidden.RAM"), operation: "CreateImageComponent", calls: 1...1),
      FaultRule(
        .error(status: 400, code: "InvalidImageComponent.InUse"), operation: "DeleteImageComponent"),
    ]) { project in
      func hooks(_ type: String, _ result: BinaryResult) throws -> [JSONValue] {
        try result.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
          .filter { $0["type"]?.string == type }.compactMap { $0["hook"] }
      }
      let apply = try await project.kiln("apply", "--auto-approve", "--parallelism", "1", "--json")
      #expect(apply.exitCode == 7, "\(apply)")
      let failed = try #require(try hooks("apply_errored", apply).first?["resource"]?["addr"]?.string)
      let skipped = try hooks("apply_skipped", apply)
      #expect(!skipped.isEmpty, "\(apply)")
      #expect(skipped.allSatisfy { $0["reason"]?.string == "\(failed) is not done" }, "\(skipped)")
      #expect(skipped.allSatisfy { $0["resource"]?["addr"]?.string?.hasPrefix("pipeline/") == true })
      _ = try await project.kiln("apply", "--auto-approve")
      let destroy = try await project.kiln("destroy", "--auto-approve", "--json")
      #expect(destroy.exitCode == 0, "\(destroy)")
      let deferred = try hooks("apply_deferred", destroy)
      #expect(deferred.count == 3, "\(destroy)")
      #expect(deferred.allSatisfy { $0["id_value"]?.string?.hasPrefix("ic-") == true && $0["reason"] != nil })
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
