// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

private let starter = [
  "gi-starter/local component/hardening@1.0.0", "gi-starter/local component/nginx-smoke-test@1.0.0",
  "gi-starter/local component/nginx@1.4.0", "gi-starter/local pipeline/base",
  "gi-starter/local pipeline/web",
]

@Suite struct PlanAndApplyTests {
  @Test(arguments: Backend.allCases)
  func theStarterIsPlannedAppliedAndThenLeftAlone(_ backend: Backend) async throws {
    try await withStarter(at: backend) { project in
      let first = try await project.kiln("plan", "--detailed-exitcode")
      #expect(first.exitCode == 2, "\(first)")
      #expect(first.summary == "Plan: 5 to add, 0 to change, 0 to destroy.", "\(first)")
      #expect(first.talk == "")

      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(apply.output == first.output)
      #expect(apply.talk.hasSuffix("Apply complete! Resources: 5 added, 0 changed, 0 destroyed.\n"))

      let second = try await project.kiln("plan", "--detailed-exitcode")
      #expect(second.exitCode == 0, "\(second)")
      #expect(second.summary == "Plan: 0 to add, 0 to change, 0 to destroy.")

      let again = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(again.exitCode == 0, "\(again)")
      #expect(again.writes == [])
      #expect(again.operations.count == 2, "one list a kind: \(again.operations)")
      #expect(try await project.held() == starter)
    }
  }

  @Test func aChangedDescriptionReplacesOnePipelineAndSaysWhy() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.edit("project/pipelines/web.yaml", "Web server with nginx", "The web server")
      let plan = try await project.kiln("plan")
      #expect(plan.summary == "Plan: 1 to add, 0 to change, 1 to destroy.", "\(plan)")
      #expect(plan.output.contains("pipeline/web will be replaced"))
      #expect(plan.output.contains("can't change description"))
      #expect(plan.output.contains("\"Web server with nginx\" -> \"The web server\"  # forces replacement"))
      let apply = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(apply.writes == ["CreateImagePipeline", "DeleteImagePipeline"])
      #expect(try await project.held() == starter)
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  @Test func aChangedTagIsOneChangeInPlace() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.edit(
        "project/pipelines/web.yaml", "!var team\n    role: web", "!var team\n    role: proxy")
      let plan = try await project.kiln("plan")
      #expect(plan.summary == "Plan: 0 to add, 1 to change, 0 to destroy.", "\(plan)")
      #expect(plan.output.contains("~ tags.role = \"web\" -> \"proxy\""))
      let apply = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(apply.writes == ["TagResources"])
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  @Test func aDeletedManifestIsOneDeletion() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.delete("project/pipelines/web.yaml")
      let plan = try await project.kiln("plan")
      #expect(plan.summary == "Plan: 0 to add, 0 to change, 1 to destroy.", "\(plan)")
      let apply = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(apply.writes == ["DeleteImagePipeline"])
      #expect(try await project.held() == starter.dropLast())
    }
  }

  @Test(arguments: Backend.allCases)
  func destroyLeavesNothing(_ backend: Backend) async throws {
    try await withStarter(at: backend) { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let destroy = try await project.kiln("destroy", "--auto-approve")
      #expect(destroy.exitCode == 0, "\(destroy)")
      #expect(destroy.summary == "Plan: 0 to add, 0 to change, 5 to destroy.")
      #expect(destroy.talk.hasSuffix("Destroy complete! Resources: 5 destroyed.\n"), "\(destroy)")
      #expect(try await project.held() == [])
    }
  }

  @Test func anEmptiedProjectDoesNotDeleteTheStack() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      for file in ["components", "pipelines"] { try project.binary.delete("project/\(file)") }
      let apply = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(apply.exitCode == 4, "\(apply)")
      #expect(apply.writes == [])
      #expect(apply.talk.contains("error[empty-set]") || apply.talk.contains("empty-set"), "\(apply)")
      #expect(try await project.held() == starter)
    }
  }

  @Test func aMistakeInOneFileDeletesNothingOfAnother() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.write("kind: [", to: "project/pipelines/web.yaml")
      let apply = try await project.kiln("apply", "--auto-approve", "--debug")
      #expect(apply.exitCode == 1, "\(apply)")
      #expect(apply.operations == [])
      #expect(try await project.held() == starter)
    }
  }

  @Test func oneFileIsPlannedWithWhatItNeedsAndNothingElse() async throws {
    try await withStarter { project in
      let plan = try await project.binary.kiln(
        ["plan", "project/pipelines/base.yaml", "--endpoint", project.address ?? ""],
        environment: ProjectFixture.keys)
      #expect(plan.summary == "Plan: 2 to add, 0 to change, 0 to destroy.", "\(plan)")
      #expect(plan.output.contains("partial"))
    }
  }
}
