// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Planning
import Reconciliation
import Resources
import Synchronization
import Testing

/// Retirements that must wait: told before they are tried, tried again by each later apply, no failure.
@Suite struct DeferralTests {
  private static let pipeline = DesiredPipeline.sample(naming: ["nginx"])
  private static let first = DesiredState.sample(content: "RUN echo 1", pipeline: pipeline)
  private static let second = DesiredState.sample(content: "RUN echo 2", pipeline: pipeline)

  /// A stack of a component and a pipeline of which an execution is under way.
  private func running() async throws -> (cloud: VirtualCloud, old: ObservedResource) {
    let cloud = try VirtualCloud()
    try await cloud.run(Self.first)
    let old = try #require(try await cloud.everything().last)
    try await cloud.call("StartImagePipelineExecution", [("ImagePipelineId", old.id)])
    return (cloud, old)
  }

  @Test func aPipelineWithARunningExecutionIsPutOffInThePlan() async throws {
    let (cloud, old) = try await running()
    let (plan, report) = try await cloud.run(Self.second)
    #expect(plan.summary.description == "2 to add, 0 to change, 0 to destroy")
    #expect(plan.deferred.map(\.address.description) == ["component/nginx@1.0.0", "pipeline/web"])
    #expect(plan.deferred.last?.reason.contains("is under way") == true)
    #expect(plan.deferred.first?.reason == "pipeline/web still uses it")
    #expect(report?.isComplete == true)
    #expect(try await cloud.everything().contains(old))
  }

  @Test func untilTheExecutionEndsLaterPlansHaveNothingToDo() async throws {
    let (cloud, _) = try await running()
    try await cloud.run(Self.second)
    let waiting = try await cloud.plan(Self.second)
    #expect(!waiting.hasChanges)
    #expect(waiting.deferred.count == 2)
    cloud.time.pass(.seconds(7200))
    let (plan, report) = try await cloud.run(Self.second)
    #expect(plan.summary.description == "0 to add, 0 to change, 2 to destroy")
    #expect(report?.isComplete == true)
    #expect(try await cloud.everything().count == 2)
    #expect(try await cloud.plan(Self.second).deferred == [])
  }

  /// The one that took its place is gone by then: the one after that still tells that it is no copy by hand.
  @Test func whatWasPutOffIsKnownForOursHoweverManyComeAfterIt() async throws {
    let (cloud, old) = try await running()
    for content in 2...4 {
      try await cloud.run(.sample(content: "RUN echo \(content)", pipeline: Self.pipeline))
    }
    #expect(try await cloud.everything().contains(old))
    cloud.time.pass(.seconds(7200))
    let last = DesiredState.sample(content: "RUN echo 4", pipeline: Self.pipeline)
    let (plan, _) = try await cloud.run(last)
    #expect(plan.warnings == [])
    #expect(try await cloud.everything().count == 2)
  }

  @Test func whoWaitsForExecutionsDeletesWhenTheyHaveEnded() async throws {
    let (cloud, old) = try await running()
    var options = PlanOptions()
    options.waitsForExecutions = true
    let plan = try await cloud.plan(Self.second, options: options)
    #expect(plan.summary.description == "2 to add, 0 to change, 2 to destroy")
    #expect(plan.deferred == [])
    let line = Line()
    let report = await cloud.apply(plan, through: line, executionPatience: .seconds(7200))
    #expect(report.isComplete)
    #expect(report.deferred.isEmpty)
    #expect(try await cloud.everything().map(\.id).contains(old.id) == false)
    let deletions = line.requests.indices.filter { line.requests[$0].operation == "DeleteImagePipeline" }
    #expect(deletions.count > 1)
    for index in deletions {
      #expect(
        line.requests[index - 1].operation == "DescribeImagePipelines", "looked at again before each try")
    }
    #expect(try await !cloud.plan(Self.second).hasChanges)
  }

  @Test func patienceThatRunsOutPutsOff() async throws {
    let (cloud, old) = try await running()
    var options = PlanOptions()
    options.waitsForExecutions = true
    let plan = try await cloud.plan(Self.second, options: options)
    let before = cloud.time.elapsed
    let report = await cloud.apply(plan, executionPatience: .seconds(60))
    #expect(report.isComplete, "what must wait is no failure")
    #expect(report.deferred.map(\.step.address.description) == ["pipeline/web", "component/nginx@1.0.0"])
    #expect((60..<120).contains((cloud.time.elapsed - before).components.seconds))
    #expect(try await cloud.everything().map(\.id).contains(old.id))
  }

  @Test func aPipelineWhoseTagsMoveWhileItIsWaitedForIsLeftAlone() async throws {
    let (cloud, old) = try await running()
    var options = PlanOptions()
    options.waitsForExecutions = true
    let plan = try await cloud.plan(Self.second, options: options)
    let line = Line { _, request in
      if request.isFirst(of: "DeleteImagePipeline") {
        _ = try? await cloud.call(
          "UntagResources",
          [("ResourceType", "imagepipeline"), ("ResourceId.1", old.id), ("TagKey.1", "kiln:stack")])
      }
      return .passes
    }
    let report = await cloud.apply(plan, through: line, executionPatience: .seconds(7200))
    #expect(report.skipped.first?.step.address.description == "pipeline/web")
    #expect(try await cloud.everything().map(\.id).contains(old.id))
  }

  @Test func aReplacementThatWasAskedForIsNotUndoneWhileTheOldOneRuns() async throws {
    let (cloud, old) = try await running()
    var options = PlanOptions()
    options.replace = ["pipeline/web"]
    let (plan, report) = try await cloud.run(Self.first, options: options)
    #expect(plan.summary.description == "1 to add, 0 to change, 0 to destroy")
    #expect(plan.deferred.map(\.id) == [old.id])
    #expect(report?.isComplete == true)
    let new = try #require(try await cloud.everything().last)
    let next = try await cloud.plan(Self.first)
    #expect(!next.hasChanges)
    #expect(next.deferred.map(\.id) == [old.id])
    #expect(next.drift() == [])
    cloud.time.pass(.seconds(7200))
    try await cloud.run(Self.first)
    #expect(try await cloud.everything().filter { $0.address?.kind == .pipeline } == [new])
    #expect(try await !cloud.plan(Self.first).hasChanges)
  }

  @Test func aReplacementThatWasStoppedBeforeItsDeletionIsFinishedByTheNextApply() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let old = try #require(try await cloud.everything().first)
    var options = PlanOptions()
    options.replace = ["pipeline/web"]
    let line = Line { _, request in request.operation == "DeleteImagePipeline" ? .isLost : .passes }
    try await cloud.run(.sample(), options: options, through: line)
    #expect(try await cloud.everything().count == 2)
    let (plan, _) = try await cloud.run(.sample())
    #expect(plan.changes.filter { $0.action == .delete }.map(\.before?.id) == [old.id])
    #expect(try await cloud.everything().map(\.id) != [old.id])
    #expect(try await cloud.everything().count == 1)
  }

  @Test(arguments: ["id", "arn", "pattern"])
  func aComponentThatSomethingElseUsesIsPutOff(_ form: String) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(content: "RUN echo 1"))
    let component = try #require(try await cloud.everything().first)
    let arn = "acs:ecs:cn-hangzhou:\(AccessKey.defaultAccount):imagecomponent/nginx/"
    let handle = ["id": component.id, "arn": arn + "1.0.0", "pattern": arn + "1.0.*"][form] ?? ""
    try await cloud.call(
      "CreateImagePipeline",
      [
        ("Name", "theirs"), ("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "acs:ubuntu_22_04_x64"),
        ("BuildContent", "COMPONENT \(handle)"),
      ])
    let empty = DesiredState.sample(content: "RUN echo 1", pipeline: nil)
    var options = PlanOptions()
    options.destroys = true
    let plan = try await cloud.plan(empty, options: options)
    #expect(!plan.hasChanges)
    #expect(plan.deferred.map(\.id) == [component.id])
    #expect(
      plan.deferred.first?.reason.contains("(theirs), which the stack does not own, still uses it") == true)
  }

  /// What an apply was told is in its journal, and the next plan promises nothing that won't come about.
  @Test func aUseThatNoListShowsIsPutOffByLaterPlansAndTriedAgain() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(Self.first)
    let refusing = Line { _, request in
      request.operation == "DeleteImageComponent" ? .refusal(403, "InvalidImageComponent.InUse") : .passes
    }
    var journal = try await journal(of: Self.second, on: cloud, through: refusing, past: [])
    for _ in 0..<2 {
      let plan = try await plan(Self.second, on: cloud, past: journal)
      #expect(!plan.hasChanges, "so plan --detailed-exitcode ends with 0")
      #expect(plan.summary.destroy == 0)
      #expect(
        plan.deferred.map(\.reason) == ["a pipeline still uses it, as the service said; apply asks again"])
      #expect(plan.triesAgain && plan.hiding(["a secret"]).triesAgain)
      #expect(plan.withoutTryingAgain.steps.isEmpty)
      let saved = SavedPlan(
        plan,
        binding: SavedPlan.Binding(
          account: nil, regionID: "cn-hangzhou", endpoint: "embedded", folder: "f", createdAt: "",
          expiresAt: nil, kilnVersion: "0"),
        lookedUp: NamesToLookUp(components: [], pipelines: []), observed: ObservedState(owned: []))
      let told = (saved.json["resource_changes"]?.array ?? []).map { $0["change"]?["actions"] }
      #expect(told.contains(["delete"]), "policies read of the attempt")
      journal = try await self.journal(of: Self.second, on: cloud, through: refusing, past: journal)
    }
    #expect(refusing.requests.count { $0.operation == "DeleteImageComponent" } == 3)
    // Another content makes the old version the predecessor of a predecessor.
    let third = DesiredState.sample(content: "RUN echo 3", pipeline: Self.pipeline)
    let next = try await plan(third, on: cloud, past: journal)
    #expect(next.summary.description == "2 to add, 0 to change, 2 to destroy")
    #expect(next.deferred.count == 1)
    journal = try await self.journal(of: Self.second, on: cloud, through: Line(), past: journal)
    let last = try await plan(Self.second, on: cloud, past: journal)
    #expect(last.deferred == [] && !last.hasChanges)
    #expect(try await cloud.everything().count == 2)
  }

  private func plan(
    _ desired: DesiredState, on cloud: VirtualCloud, past: [JournalEntry]
  ) async throws -> Plan {
    try await survey(desired, after: past, through: cloud.operations()).plan
  }

  /// Applies, and gives the journal afterwards.
  private func journal(
    of desired: DesiredState, on cloud: VirtualCloud, through line: Line, past: [JournalEntry]
  ) async throws -> [JournalEntry] {
    let lines = Mutex<[UInt8]>([])
    let plan = try await plan(desired, on: cloud, past: past)
    let journal = Journal(
      run: "test", stack: plan.stack.tagValue, now: { "2026-01-02T03:04:05Z" },
      append: { line in lines.withLock { $0 += line } })
    let report = await Applier(
      cloud: cloud.operations(through: line), journal: journal, time: cloud.time.timekeeper
    ).apply(plan)
    #expect(report.isComplete, "what must wait is no failure")
    return past + JournalEntry.read(lines.withLock { $0 })
  }

  @Test func aPatternThatFitsANewerVersionDoesNotHoldTheOldOne() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(content: "RUN echo 1"))
    try await cloud.call(
      "CreateImagePipeline",
      [
        ("Name", "theirs"), ("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "acs:ubuntu_22_04_x64"),
        (
          "BuildContent",
          "COMPONENT acs:ecs:cn-hangzhou:\(AccessKey.defaultAccount):imagecomponent/nginx/1.*.*"
        ),
      ])
    let (plan, report) = try await cloud.run(.sample(content: "RUN echo 2"))
    #expect(plan.deferred == [])
    #expect(report?.deferred.isEmpty == true)
    #expect(report?.summary.destroy == 1)
  }

  @Test func nothingIsAskedForWhereNothingGoes() async throws {
    let cloud = try VirtualCloud()
    let line = Line()
    try await cloud.run(Self.first, through: line)
    _ = try await survey(Self.first, through: cloud.operations(through: line))
    let operations = Set(line.requests.map(\.operation))
    #expect(!operations.contains("DescribeImagePipelineExecutions"))
    #expect(!operations.contains("ListTagResources"))
  }

  @Test func aServiceThatDoesNotTellOfExecutionsIsAskedByDeleting() async throws {
    let (cloud, _) = try await running()
    let line = Line { _, request in
      request.operation == "DescribeImagePipelineExecutions"
        ? .refusal(403, "Forbidden.RAM") : .passes
    }
    let (plan, report) = try await cloud.run(Self.second, through: line)
    #expect(plan.deferred == [])
    #expect(report?.isComplete == true)
    #expect(report?.deferred.map(\.step.address.description) == ["pipeline/web", "component/nginx@1.0.0"])
  }
}
