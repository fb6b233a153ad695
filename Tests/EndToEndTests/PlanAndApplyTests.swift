// SPDX-License-Identifier: Apache-2.0

import Reconciliation
import Resources
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

  @Test func destroyEndsInTrueSentences() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let limited = try await project.kiln("destroy", "--auto-approve", "--max-deletes", "4")
      #expect(limited.exitCode == 4, "\(limited)")
      #expect(limited.talk.contains("hint: if that is meant, use --max-deletes 5"), "\(limited)")
      #expect(try await project.kiln("plan", "--destroy", "--max-deletes", "4").exitCode == 4)
      let done = try await project.kiln("destroy", "--auto-approve", "--max-deletes", "5")
      #expect(done.exitCode == 0, "\(done)")
      #expect(done.talk.hasSuffix("Destroy complete! Resources: 5 destroyed.\n"), "\(done)")
      let again = try await project.kiln("destroy", "--auto-approve")
      #expect(again.exitCode == 0, "\(again)")
      #expect(
        again.output == """
          Nothing to destroy: the service holds nothing of this stack.

          Plan: 0 to add, 0 to change, 0 to destroy.

          """)
    }
  }

  @Test func whatMustWaitIsNotCalledDestroyed() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let address = try #require(project.address)
      let nginx = try #require(
        try await resources(at: address).first { $0.address?.description == "component/nginx@1.4.0" })
      let user = try await withCloud(at: address) { cloud in
        var pipeline = ImagePipeline()
        (pipeline.name, pipeline.buildContent) = ("elsewhere", "COMPONENT \(nginx.id)")
        (pipeline.baseImageType, pipeline.baseImage) = (
          "IMAGE_FAMILY", "acs:alibaba_cloud_linux_3_2104_lts_x64"
        )
        return try await cloud.create(.pipeline(pipeline), token: "user")
      }
      let most = try await project.kiln("destroy", "--auto-approve")
      #expect(most.exitCode == 0, "\(most)")
      #expect(most.output.contains("To be deleted by a later destroy, when nothing stands in the way:\n"))
      #expect(
        most.talk.hasSuffix(
          """
          Destroy incomplete for now. Resources: 4 destroyed, 1 deferred.
          Run destroy again when nothing stands in the way.

          """), "\(most)")
      let none = try await project.kiln("destroy", "--auto-approve")
      #expect(none.exitCode == 0, "\(none)")
      #expect(none.output.hasPrefix("Nothing can be destroyed now.\n"), "\(none)")
      try await withCloud(at: address) { try await $0.delete(.pipeline, id: user) }
      let rest = try await project.kiln("destroy", "--auto-approve")
      #expect(rest.talk.hasSuffix("Destroy complete! Resources: 1 destroyed.\n"), "\(rest)")
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
