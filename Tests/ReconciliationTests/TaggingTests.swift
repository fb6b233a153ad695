// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Planning
import Reconciliation
import Resources
import Synchronization
import Testing

/// A service that does not change tags of pipelines, and manifests that don't want it to.
@Suite struct TaggingTests {
  private func refusing() throws -> VirtualCloud { try VirtualCloud { $0.pipelineTags = false } }

  @Test func otherTagsNeedAnotherPipelineWhereTheServiceRefusesThem() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let line = Line()
    let (plan, report) = try await cloud.run(.sample(tags: ["team": "db"]), through: line)
    #expect(plan.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(plan.changes.first?.reasons.first?.hasPrefix("the service refuses to change tags") == true)
    #expect(plan.changes.first?.fields.map(\.name) == ["tags.team"])
    #expect(report?.isComplete == true)
    #expect(
      line.requests.filter(\.isWrite).map(\.operation) == ["CreateImagePipeline", "DeleteImagePipeline"])
    #expect(line.requests.count { $0.operation == "ListTagResources" } == 1, "it is asked once")
    #expect(try await cloud.everything().first?.resource.tags["team"] == "db")
    #expect(try await !cloud.plan(.sample(tags: ["team": "db"])).hasChanges)
  }

  @Test func anotherGroupNeedsAnotherPipelineToo() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample())
    let (plan, report) = try await cloud.run(.sample(group: "rg-emulated"))
    #expect(plan.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(report?.isComplete == true)
    #expect(try await !cloud.plan(.sample(group: "rg-emulated")).hasChanges)
  }

  @Test func taggingReplaceAsksNobody() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let line = Line()
    let (plan, _) = try await cloud.run(.sample(tags: ["team": "db"], tagging: .replace), through: line)
    #expect(plan.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(plan.changes.first?.reasons.first?.hasPrefix("tagging is replace") == true)
    #expect(line.requests.contains { $0.operation == "ListTagResources" } == false)
  }

  @Test func taggingInPlaceTriesItWithoutAsking() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let line = Line()
    let (plan, report) = try await cloud.run(
      .sample(tags: ["team": "db"], tagging: .inPlace), through: line)
    #expect(plan.summary.description == "0 to add, 1 to change, 0 to destroy")
    #expect(line.requests.contains { $0.operation == "ListTagResources" } == false)
    #expect(report?.failures.count == 1)
    let outcome = try #require(report?.failures.first?.outcome)
    #expect("\(outcome)".contains("tagging: replace"))
  }

  /// Whether the account may list tags says nothing about whether pipelines can be tagged.
  @Test func whoMayNotAskTries() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let line = Line { _, request in
      request.operation == "ListTagResources" ? .refusal(403, "Forbidden.RAM") : .passes
    }
    let (plan, report) = try await cloud.run(.sample(tags: ["team": "db"]), through: line)
    #expect(plan.summary.description == "0 to add, 1 to change, 0 to destroy")
    #expect(report?.isComplete == true)
  }

  @Test func componentsAreTaggedInPlaceAllTheSame() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample(content: "RUN echo 1", tags: ["team": "web"]))
    let (plan, report) = try await cloud.run(.sample(content: "RUN echo 1", tags: ["team": "db"]))
    #expect(plan.summary.description == "0 to add, 1 to change, 0 to destroy")
    #expect(report?.isComplete == true)
  }

  @Test func aDigestThatHasMovedAloneIsNoReasonForANewPipeline() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let id = try #require(try await cloud.everything().first?.id)
    try await cloud.call(
      "TagResources",
      [
        ("ResourceType", "imagepipeline"), ("ResourceId.1", id), ("Tag.1.Key", "kiln:digest"),
        ("Tag.1.Value", "1:0"),
      ])
    #expect(try await !cloud.plan(.sample(tagging: .replace)).hasChanges)
  }

  @Test func protectionThatCantBeChangedIsRefused() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample())
    let state = DesiredState.sample()
    let pipeline = state.pipelines[0]
    var lifecycle = Lifecycle()
    lifecycle.isProtected = true
    let protected = DesiredState(
      stack: state.stack, components: [],
      pipelines: [
        DesiredPipeline(
          name: "web", resource: pipeline.resource, build: pipeline.build, lifecycle: lifecycle,
          provenance: .test)
      ])
    let plan = try await cloud.plan(protected)
    #expect(plan.refusals.map(\.rule) == ["tagging-refused"])
    #expect(plan.refusals.first?.message.contains("protection of pipeline/web") == true)
    #expect(!plan.hasChanges)
  }

  @Test func aRenameThatCantBeRecordedIsRefused() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample())
    var resource = DesiredPipeline.sample().resource
    resource.name = "web"
    let renamed = DesiredState(
      stack: DesiredState.testStack, components: [],
      pipelines: [
        DesiredPipeline(
          name: "site", resource: resource, build: DesiredPipeline.sample().build, provenance: .test)
      ], moves: ["pipeline/web": "pipeline/site"])
    let plan = try await cloud.plan(renamed)
    #expect(plan.refusals.map(\.rule) == ["tagging-refused"])
    #expect(plan.refusals.first?.message.contains("can't become pipeline/site in place") == true)
  }

  /// A stop between the two leaves two equal pipelines of which one bears the wrong tags.
  @Test func aReplacementForTagsThatWasStoppedIsFinished() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let line = Line { _, request in request.operation == "DeleteImagePipeline" ? .isLost : .passes }
    try await cloud.run(.sample(tags: ["team": "db"]), through: line)
    let (plan, _) = try await cloud.run(.sample(tags: ["team": "db"]))
    #expect(plan.summary.description == "0 to add, 0 to change, 1 to destroy")
    #expect(try await cloud.everything().map(\.resource.tags["team"]) == ["db"])
  }

  /// The service may list tags of pipelines and yet change none, or only refuse another group.
  @Test(arguments: ["TagResources", "JoinResourceGroup"])
  func whatACallWasRefusedForIsReplacedByTheNextPlan(_ operation: String) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let line = Line { _, request in
      request.operation == operation ? .refusal(404, "InvalidResourceType.NotFound") : .passes
    }
    let wanted = DesiredState.sample(tags: ["team": "db"], group: "rg-emulated")
    let operations = cloud.operations(through: line)
    let lines = Mutex<[UInt8]>([])
    let journal = Journal(
      run: "test", stack: DesiredState.testStack.tagValue, now: { "2026-01-02T03:04:05Z" },
      append: { line in lines.withLock { $0 += line } })
    let applier = Applier(cloud: operations, journal: journal, time: cloud.time.timekeeper)
    let first = try await survey(wanted, through: operations).plan
    #expect(first.summary.description == "0 to add, 1 to change, 0 to destroy")
    #expect(await applier.apply(first).failures.count == 1)

    let past = JournalEntry.read(lines.withLock { $0 })
    let next = try await survey(wanted, after: past, through: operations).plan
    #expect(next.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(next.changes.first?.reasons.first?.hasPrefix("the service refuses to") == true)
    #expect(await applier.apply(next).isComplete)
    #expect(try await !survey(wanted, after: past, through: operations).plan.hasChanges)
  }

  @Test func aGroupThatWasChangedByHandIsAskedAboutToo() async throws {
    let cloud = try refusing()
    try await cloud.run(.sample(group: "rg-emulated"))
    let line = Line(showing: ["ResourceGroupId": "rg-other"])
    let plan = try await survey(.sample(group: "rg-emulated"), through: cloud.operations(through: line)).plan
    #expect(plan.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(line.requests.count { $0.operation == "ListTagResources" } == 1)
  }

  /// The name on the wire tells what it is, and a tag that can't be set bars no plan.
  @Test func anAddressThatWasLostStaysSo() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let id = try #require(try await cloud.everything().first?.id)
    try await cloud.operations().untag(.pipeline, id: id, [OwnershipTags.addressKey])
    let plan = try await cloud.plan(.sample(tagging: .replace))
    #expect(plan.refusals.isEmpty && !plan.hasChanges)
    let next = try await cloud.plan(.sample(tags: ["team": "db"], tagging: .replace))
    #expect(next.summary.description == "1 to add, 0 to change, 1 to destroy")
  }
}
