// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import Reconciliation
import Resources
import TestSupport
import Testing

/// Plans in files, over the wire.
@Suite struct SavedPlanTests {
  private func apply(
    _ path: String, _ more: String..., of project: ProjectFixture, environment: [String: String] = [:]
  ) async throws -> BinaryResult {
    try await project.binary.kiln(
      ["apply", path, "--debug"] + more,
      environment: ProjectFixture.keys.merging(environment) { _, new in new })
  }

  @Test func whatIsSavedIsAppliedOnce() async throws {
    try await withStarter { project in
      let plan = try await project.kiln("plan", "--out", "plan.json")
      #expect(plan.exitCode == 0, "\(plan)")
      let first = try await apply("plan.json", of: project)
      #expect(first.exitCode == 0, "\(first)")
      #expect(first.writes.count == 5)
      let held = try await project.held()
      let second = try await apply("plan.json", of: project)
      #expect(second.exitCode == 0, "\(second)")
      #expect(second.writes == [], "all is done: \(second)")
      #expect(try await project.held() == held)
    }
  }

  @Test func whatShowWritesAsJSONIsThePlanOrNothing() async throws {
    try await withStarter { project in
      _ = try await project.kiln("plan", "--out", "plan.json")
      let json = try await project.binary.kiln(["show", "plan.json", "--json"])
      #expect(json.output == (try project.binary.read("plan.json")))
      try project.binary.write("{}", to: "broken.json")
      let broken = try await project.binary.kiln(["show", "broken.json", "--json"])
      #expect(broken.exitCode == 1, "\(broken)")
      #expect(broken.output == "", "\(broken)")
    }
  }

  /// What can shape a plan no more is refused; what can still bar it counts.
  @Test func optionsOfASavedPlanCountOrAreRefused() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      _ = try await project.kiln("plan", "--destroy", "--out", "plan.json")
      for option in ["--preflight", "--no-preflight", "--refresh-only"] {
        let refused = try await apply("plan.json", option, of: project)
        #expect(refused.exitCode == 64, "\(refused)")
        #expect(refused.talk.contains("\(option) can't change it"), "\(refused)")
      }
      let limited = try await apply(
        "plan.json", "--max-deletes", "4", "--markdown", "comment.md", of: project)
      #expect(limited.exitCode == 4, "\(limited)")
      #expect(limited.operations == [])
      #expect(
        limited.talk == """
          error: 5 objects would be deleted without a successor; 4 are allowed [max-deletes]
          hint: if that is meant, use --max-deletes 5

          """)
      #expect(
        try project.binary.read("comment.md").contains("5 objects would be deleted without a successor"))
      let enough = try await apply("plan.json", "--max-deletes", "5", of: project)
      #expect(enough.exitCode == 0, "\(enough)")
    }
  }

  @Test func aSavedPlanIsNoManifest() async throws {
    try await withStarter { project in
      _ = try await project.kiln("plan", "--out", "project/plan.json")
      for verb in ["plan", "destroy"] {
        let result = try await project.binary.kiln([verb, "project/plan.json"])
        #expect(result.exitCode == 1, "\(result)")
        #expect(
          result.talk == """
            error: project/plan.json is a saved plan
            hint: kiln show and kiln apply take it

            """)
      }
    }
  }

  /// It names its format, too.
  @Test func aReportIsNoSavedPlan() async throws {
    try await withStarter { project in
      let report = try await project.binary.kiln(["validate", "project", "--format", "json"])
      try project.binary.write(report.output, to: "report.json")
      for verb in ["plan", "show"] {
        let result = try await project.binary.kiln([verb, "report.json"])
        #expect(result.exitCode == 1, "\(result)")
        #expect(!result.talk.contains("is a saved plan"), "\(result)")
      }
    }
  }

  @Test(arguments: ["--out", "--markdown", "--junit"])
  func aDashIsNoFile(_ option: String) async throws {
    try await withBinary { binary in
      try binary.copy("manifests", to: "project")
      let verb = option == "--junit" ? "apply" : "plan"
      let result = try await binary.kiln([verb, "project", option, "-"])
      #expect(result.exitCode == 64, "\(result)")
      #expect(result.talk.hasPrefix("Error: \(option) "), "\(result)")
    }
  }

  @Test func aPlanThatGoesOnCountsOnlyWhatItDoesItself() async throws {
    try await withStarter(suffering: [
      FaultRule(.error(status: 403, code: "Forbidden.RAM"), operation: "CreateImagePipeline", calls: 1...1)
    ]) { project in
      _ = try await project.kiln("plan", "--out", "plan.json")
      let first = try await apply("plan.json", of: project)
      #expect(first.exitCode == 7, "\(first)")
      let second = try await apply("plan.json", "--junit", "apply.xml", of: project)
      #expect(second.exitCode == 0, "\(second)")
      #expect(second.writes == ["CreateImagePipeline"])
      #expect(second.talk.contains("Resources: 1 added, 0 changed, 0 destroyed."), "\(second)")
      #expect(try project.binary.read("apply.xml").contains("tests=\"1\""))
    }
  }

  @Test func aTagThatSomebodyChangesInBetweenMakesThePlanStale() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.edit("project/pipelines/web.yaml", "Web server with nginx", "The web server")
      _ = try await project.kiln("plan", "--out", "plan.json")
      let address = try #require(project.address)
      let web = try #require(
        try await resources(at: address).first { $0.address?.description == "pipeline/web" })
      try await withCloud(at: address) { cloud in
        try await cloud.tag(.pipeline, id: web.id, ["owner": "somebody"])
      }
      let apply = try await apply("plan.json", of: project)
      #expect(apply.exitCode == 5, "\(apply)")
      #expect(apply.writes == [])
      #expect(apply.talk.contains("pipeline/web (\(web.id)) has changed"))
    }
  }

  @Test func aPlanIsCarriedOutInTheAccountThatItWasMadeFor() async throws {
    try await withBinary { binary in
      let address = try await binary.emulator(
        accessKeys: ["mine:mine:1000000000000001", "other:other:1000000000000002"])
      try binary.copy("manifests", to: "project")
      let project = ProjectFixture(binary: binary, address: address)
      let mine = ProjectFixture.keys(id: "mine")
      let plan = try await project.kiln("plan", "--out", "plan.json", environment: mine)
      #expect(plan.exitCode == 0, "\(plan)")
      let elsewhere = try await apply(
        "plan.json", of: project, environment: ProjectFixture.keys(id: "other"))
      #expect(elsewhere.exitCode == 1, "\(elsewhere)")
      #expect(elsewhere.writes == [])
      #expect(elsewhere.talk.contains("belong to account 1000000000000002"), "\(elsewhere)")
      let here = try await apply("plan.json", of: project, environment: mine)
      #expect(here.exitCode == 0, "\(here)")
      #expect(here.writes.count == 5)
    }
  }

  @Test func whoApprovesAPlanSeesWhereAndHowLongItHolds() async throws {
    try await withStarter { project in
      let none = try await project.kiln("plan", "--out", "plan.json", "--expires", "0s")
      #expect(none.exitCode == 64, "\(none)")
      let plan = try await project.kiln("plan", "--out", "plan.json", "--expires", "7d")
      #expect(plan.exitCode == 0, "\(plan)")
      let show = try await project.binary.kiln(["show", "plan.json"])
      #expect(show.output == plan.output)
      let address = try #require(project.address)
      let lines = show.talk.split(separator: "\n").map(String.init)
      #expect(lines.first?.wholeMatch(of: #/Made at [-0-9T:]+Z, ends at [-0-9T:]+Z\./#) != nil, "\(show)")
      #expect(
        lines.dropFirst() == [
          "For account \(AccessKey.defaultAccount), region cn-hangzhou,", "endpoint \(address).",
        ])
    }
  }

  @Test func aPlanThatDoesOtherThanPoliciesReadIsRefused() async throws {
    try await withStarter { project in
      _ = try await project.kiln("plan", "--out", "plan.json")
      try project.binary.edit("plan.json", "\"SystemDiskSize\": 40", "\"SystemDiskSize\": 400")
      let apply = try await apply("plan.json", of: project)
      #expect(apply.exitCode == 1, "\(apply)")
      #expect(apply.writes == [])
      #expect(apply.talk.contains("somebody has edited it"), "\(apply)")
    }
  }

  @Test func aSensitiveValueIsAskedForAgain() async throws {
    let password = "hunter2-Qx81"
    try await withStarter { project in
      try project.binary.edit(
        "project/stack.yaml", "    team: sandbox",
        "    team: sandbox\n    password: {type: String, sensitive: true}")
      try project.binary.edit(
        "project/pipelines/base.yaml", "description: Hardened Alibaba Cloud Linux",
        "description: !var password")
      let plan = try await project.kiln("plan", "--out", "plan.json", "--var", "password=\(password)")
      #expect(plan.exitCode == 0, "\(plan)")
      #expect(try project.binary.read("plan.json").contains(password) == false)

      let without = try await apply("plan.json", of: project)
      #expect(without.exitCode == 1, "\(without)")
      #expect(without.talk.contains("KILN_VAR_password"))
      let other = try await apply("plan.json", "--var", "password=another", of: project)
      #expect(other.exitCode == 1, "\(other)")
      #expect(other.talk.contains("not the value that the plan was made with"))
      #expect(without.writes + other.writes == [])

      let right = try await apply("plan.json", of: project, environment: ["KILN_VAR_password": password])
      #expect(right.exitCode == 0, "\(right)")
      #expect(!right.talk.contains(password))
      let address = try #require(project.address)
      let descriptions = try await resources(at: address).compactMap { object in
        if case .pipeline(let pipeline) = object.resource { pipeline.description } else { nil }
      }
      #expect(descriptions.contains(password))
    }
  }
}
