// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Planning
import Reconciliation
import Resources
import Synchronization
import Testing

/// What the service may answer at the worst moment, and what comes of it.
@Suite struct ApplierTests {
  @Test func aLostAnswerIsAskedForAgainUnderTheSameToken() async throws {
    let cloud = try VirtualCloud()
    let line = Line { _, request in
      request.isFirst(of: "CreateImagePipeline") ? .breaks(losingAnswer: true) : .passes
    }
    let (_, report) = try await cloud.run(.sample(), through: line)
    #expect(report?.isComplete == true)
    #expect(line.tokens.count == 2)
    #expect(Set(line.tokens).count == 1)
    #expect(try await cloud.everything().count == 1)
  }

  @Test func aTokenThatIsUsedForSomethingElseIsNotTheEnd() async throws {
    let cloud = try VirtualCloud()
    let line = Line { _, request in
      request.isFirst(of: "CreateImagePipeline") ? .refusal(403, "IdempotentParameterMismatch") : .passes
    }
    let before = cloud.time.elapsed
    let (_, report) = try await cloud.run(.sample(), through: line)
    #expect(report?.isComplete == true)
    #expect(Set(line.tokens).count == 2, "the next attempt has a token of its own")
    #expect(cloud.time.elapsed - before > .seconds(30), "ours might have appeared in the lists meanwhile")
    #expect(try await cloud.everything().count == 1)
  }

  @Test(arguments: [false, true])
  func aServiceThatRefusesEveryTokenIsNotAskedForEver(_ isVacated: Bool) async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(.sample())
    let line = Line { _, request in
      request.operation == "CreateImagePipeline" ? .refusal(403, "IdempotentParameterMismatch") : .passes
    }
    let report = await cloud.apply(
      plan, through: line, vacated: isVacated ? [Address(.pipeline, "web")] : [])
    #expect(report.failures.count == 1)
  }

  /// A service that takes every token for that of an object which is known to be deleted.
  private static let replays = HTTPAnswer(
    status: 200, body: Array(#"{"RequestId": "R", "ImagePipelineId": "ip-gone"}"#.utf8))

  @Test func aServiceThatNamesOnlyDeletedObjectsIsNotAskedForEver() async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(.sample())
    let line = Line { _, request in
      request.operation == "CreateImagePipeline" ? .isAnswered(Self.replays) : .passes
    }
    let report = await cloud.apply(plan, through: line, deleted: ["ip-gone"])
    #expect(report.failures.count == 1)
    #expect(
      report.failures.first?.outcome
        == .failed(reason: "the service names only deleted objects, such as ip-gone"))
  }

  @Test func aStopEndsTheSearchForATokenThatIsNotUsedUp() async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(.sample())
    let stop = Mutex(false)
    let line = Line { _, request in
      guard request.operation == "CreateImagePipeline" else { return .passes }
      if request.earlier == 2 { stop.withLock { $0 = true } }
      return .isAnswered(Self.replays)
    }
    let report = await cloud.apply(
      plan, through: line, deleted: ["ip-gone"], isStopping: { stop.withLock { $0 } })
    #expect(line.tokens.count == 3)
    #expect(report.wasInterrupted)
    #expect(report.skipped.count == 1)
  }

  /// An earlier run made it with other tags, was killed, and the list did not show it yet when we planned.
  @Test func whatAnEarlierRunMadeIsFoundByNameAndGetsItsTags() async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(.sample(tags: ["team": "db"], group: "rg-emulated"))
    try await cloud.run(.sample(tags: ["team": "web", "stage": "a"]))
    let line = Line()
    let report = await cloud.apply(plan, through: line)
    #expect(report.isComplete)
    #expect(
      line.requests.filter(\.isWrite).map(\.operation) == [
        "CreateImagePipeline", "UntagResources", "JoinResourceGroup", "TagResources",
      ])
    let objects = try await cloud.everything()
    #expect(objects.count == 1)
    #expect(objects.first?.resource.tags.filter { !$0.key.hasPrefix("kiln:") } == ["team": "db"])
    #expect(
      try await !cloud.plan(.sample(tags: ["team": "db"], group: "rg-emulated")).hasChanges)
  }

  @Test func aVersionThatExistsWithOurDigestIsOurs() async throws {
    let cloud = try VirtualCloud { $0.tokenLifetime = 0 }
    let desired = DesiredState.sample(content: "RUN echo 1", version: .pinned(Version(1, 0, 0)))
    let plan = try await cloud.plan(desired)
    try await cloud.run(desired)
    cloud.time.pass(.seconds(60))
    let line = Line()
    let report = await cloud.apply(plan, through: line)
    #expect(report.isComplete)
    #expect(line.codes == [], "no write but the create that was refused")
    #expect(try await cloud.everything().count == 1)
  }

  @Test func aVersionThatExistsWithAnotherDigestIsAStalePlan() async throws {
    let cloud = try VirtualCloud()
    let rule = VersionRule.pinned(Version(1, 0, 0))
    let plan = try await cloud.plan(.sample(content: "RUN echo 2", version: rule))
    try await cloud.run(.sample(content: "RUN echo 1", version: rule))
    let before = cloud.time.elapsed
    let report = await cloud.apply(plan)
    let holder = try #require(try await cloud.everything().first?.id)
    #expect(
      report.moved == [
        "component/nginx@1.0.0 exists already as \(holder), with another content: somebody has applied meanwhile"
      ])
    #expect(cloud.time.elapsed - before < .seconds(5), "waiting would not make it ours")
  }

  /// Two branches, each with a content of its own, come to the same number.
  @Test func ofTwoBranchesThatRaceTheSlowerOneHasAStalePlan() async throws {
    let cloud = try VirtualCloud()
    let pipeline = DesiredPipeline.sample(naming: ["nginx"])
    try await cloud.run(.sample(content: "RUN echo 1", pipeline: pipeline))
    let line = Line { _, request in
      if request.isFirst(of: "CreateImageComponent") {
        _ = try? await cloud.run(.sample(content: "RUN echo theirs", pipeline: pipeline))
      }
      return .passes
    }
    let ours = DesiredState.sample(content: "RUN echo ours", pipeline: pipeline)
    let (_, report) = try await cloud.run(ours, through: line)
    #expect(report?.moved.count == 1)
    #expect(
      report?.skipped.map(\.step.address.description) == [
        "pipeline/web", "pipeline/web", "component/nginx@1.0.0",
      ])
    let (plan, _) = try await cloud.run(ours)
    #expect(plan.changes.first?.address.description == "component/nginx@1.0.2")
    #expect(try await cloud.everything().count == 2)
  }

  /// Two branches take the place of one pipeline: both are ours, whichever is the manifest's.
  @Test func ofTwoBranchesThatReplaceAPipelineTheNextApplyLeavesOne() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let line = Line { _, request in
      if request.isFirst(of: "CreateImagePipeline") {
        _ = try? await cloud.run(.sample(description: "theirs"))
      }
      return .passes
    }
    try await cloud.run(.sample(description: "ours"), through: line)
    #expect(try await cloud.everything().count == 2)
    let (plan, report) = try await cloud.run(.sample(description: "ours"))
    #expect(plan.warnings == [])
    #expect(report?.isComplete == true)
    #expect(try await cloud.everything().count == 1)
  }

  @Test func aVersionThatAStrangerHoldsIsLeftAlone() async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(
      .sample(content: "RUN echo 2", version: .pinned(Version(1, 0, 0)), pipeline: .sample(naming: ["nginx"]))
    )
    try await cloud.call(
      "CreateImageComponent", [("Name", "nginx"), ("ComponentVersion", "1.0.0"), ("Content", "RUN true")])
    let strangers = try await cloud.everything()
    let report = await cloud.apply(plan)
    #expect(report.failures.map(\.step.address.description) == ["component/nginx@1.0.0"])
    #expect("\(report.failures[0].outcome)".contains("\(strangers[0].id), which no stack owns"))
    #expect(report.moved.isEmpty, "no later plan would be carried out either")
    #expect(report.skipped.map(\.step.address.description) == ["pipeline/web"])
    #expect(try await cloud.everything() == strangers)
  }

  /// The service remembers the token of an object that was deleted since.
  @Test func aTokenThatLeadsToADeletedObjectCountsAsUsedUpAfterAWhile() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let old = try #require(try await cloud.everything().first?.id)
    try await cloud.call("DeleteImagePipeline", [("ImagePipelineId", old)])
    let before = cloud.time.elapsed
    let line = Line()
    let events = Mutex<[String]>([])
    let (_, report) = try await cloud.run(.sample(), through: line) { event in
      if case .waiting(_, let reason) = event { events.withLock { $0.append(reason) } }
    }
    #expect(report?.isComplete == true)
    #expect(Set(line.tokens).count == 2)
    #expect((30..<40).contains((cloud.time.elapsed - before).components.seconds))
    #expect(events.withLock { $0 }.count { $0 == "\(old) is not visible yet, or is gone" } == 1, "told once")
    #expect(try await cloud.everything().count == 1)
    #expect(try await cloud.everything().first?.id != old)
    // A run that knows nothing of this one comes to the same object.
    #expect(try await !cloud.plan(.sample()).hasChanges)
  }

  @Test func whatListsDoNotShowYetIsWaitedFor() async throws {
    let cloud = try VirtualCloud()
    let line = Line(lag: .seconds(8))
    let desired = DesiredState.sample(content: "RUN echo 1", pipeline: .sample(naming: ["nginx"]))
    let (_, report) = try await cloud.run(desired, through: line)
    #expect(report?.isComplete == true)
    #expect(line.requests.filter(\.isWrite).count == 2)
    #expect(try await cloud.everything().count == 2)
  }

  @Test func whatIsGoneAlreadyIsAsGoodAsDeleted() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let id = try #require(try await cloud.everything().first?.id)
    let line = Line { _, request in
      if request.operation == "DeleteImagePipeline" {
        // Somebody is faster, after we have looked.
        _ = try? await cloud.call("DeleteImagePipeline", [("ImagePipelineId", id)])
      }
      return .passes
    }
    let (_, report) = try await cloud.run(.sample(), options: .destroying, through: line)
    #expect(report?.isComplete == true)
    #expect(report?.summary.destroy == 1)
  }

  @Test(arguments: [
    ("DeleteImageComponent", "InvalidImageComponent.InUse", "a pipeline still uses it"),
    ("DeleteImagePipeline", "InvalidImagePipeline.HasRunningExecution", "an execution of it is running"),
  ])
  func whatIsInUseIsDeferred(_ operation: String, _ code: String, _ reason: String) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(content: "RUN echo 1", pipeline: .sample()))
    let line = Line { _, request in request.operation == operation ? .refusal(403, code) : .passes }
    let (_, report) = try await cloud.run(
      .sample(content: "RUN echo 1"), options: .destroying, through: line)
    #expect(report?.isComplete == true, "it is no failure")
    #expect(report?.deferred.count == 1)
    let outcome = try #require(report?.deferred.first?.outcome)
    #expect("\(outcome)".contains(reason))
  }

  @Test(arguments: [
    [("Tag.1.Key", "kiln:stack"), ("Tag.1.Value", "gi-other/local")],
    [("Tag.1.Key", "kiln:address"), ("Tag.1.Value", "pipeline/other")],
    [("Tag.1.Key", "kiln:digest"), ("Tag.1.Value", "1:0")],
  ])
  func whoseTagsHaveMovedSinceThePlanIsNotDeleted(_ tag: [(String, String)]) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let plan = try await cloud.plan(.sample(), options: .destroying)
    let id = try #require(try await cloud.everything().first?.id)
    try await cloud.call(
      "TagResources",
      [("ResourceType", "imagepipeline"), ("ResourceId.1", id)] + tag.map { (name: $0.0, value: $0.1) })
    let line = Line()
    let report = await cloud.apply(plan, through: line)
    #expect(line.requests.filter(\.isWrite).isEmpty)
    #expect(report.skipped.count == 1)
    #expect("\(report.skipped[0].outcome)".contains("no longer bears the tags"))
    #expect(try await cloud.everything().count == 1)
  }

  @Test func withoutItsSuccessorTheOldOneStays() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let line = Line { _, request in
      // The new one is made and seen; then somebody deletes it.
      if request.operation == "DescribeImagePipelines",
        request.parameters.contains(where: { $0.name == "ImagePipelineId.2" }),
        let new = try? await cloud.everything().last
      {
        _ = try? await cloud.call("DeleteImagePipeline", [("ImagePipelineId", new.id)])
      }
      return .passes
    }
    let (_, report) = try await cloud.run(.sample(description: "newer"), through: line)
    #expect(report?.skipped.map(\.step.address.description) == ["pipeline/web"])
    let outcome = try #require(report?.skipped.first?.outcome)
    #expect("\(outcome)".contains("does not exist"))
    #expect(!line.requests.contains { $0.operation == "DeleteImagePipeline" })
    #expect(try await cloud.everything().count == 1)
  }

  @Test func aFailureStopsOnlyWhatDependsOnIt() async throws {
    let cloud = try VirtualCloud()
    let desired = DesiredState(
      stack: DesiredState.testStack,
      components: [.sample("bad", content: "RUN echo bad"), .sample("good", content: "RUN echo good")],
      pipelines: [.sample("first", naming: ["bad"]), .sample("second", naming: ["good"])])
    let line = Line { _, request in
      request.parameters.contains { $0.value == "RUN echo bad" }
        ? .refusal(400, "QuotaExceed.ImageComponent") : .passes
    }
    let (_, report) = try await cloud.run(desired, through: line)
    #expect(report?.failures.map(\.step.address.description) == ["component/bad@1.0.0"])
    #expect(report?.skipped.map(\.step.address.description) == ["pipeline/first"])
    #expect(report?.summary.add == 2)
    let attempts = line.requests.count { request in
      request.parameters.contains { $0.value == "RUN echo bad" }
    }
    #expect(attempts == 1, "what is refused for good is not sent again")
    #expect(try await cloud.run(desired).report?.isComplete == true)
  }

  /// The service may remember a refusal with its token: a later run, which the journal tells, asks under the next.
  @Test func whatWasRefusedForGoodIsAskedForUnderTheNextTokenByALaterRun() async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(.sample())
    let first = Line { _, request in
      request.operation == "CreateImagePipeline" ? .refusal(400, "QuotaExceed.ImagePipeline") : .passes
    }
    #expect(await cloud.apply(plan, through: first).failures.count == 1)
    #expect(first.tokens.count == 1)
    let second = Line()
    let report = await cloud.apply(plan, through: second, refusedTokens: Set(first.tokens))
    #expect(report.isComplete)
    #expect(second.tokens.count == 1)
    #expect(second.tokens != first.tokens)
  }

  @Test func idsAreVerifiedTwentyACall() async throws {
    let cloud = try VirtualCloud()
    let desired = DesiredState(
      stack: DesiredState.testStack,
      components: (1...45).map { .sample("c\($0)", content: "RUN echo \($0)") },
      pipelines: [])
    let line = Line()
    let (_, report) = try await cloud.run(desired, through: line)
    #expect(report?.summary.add == 45)
    let sizes = line.requests.map { request in
      request.parameters.count { $0.name.hasPrefix("ImageComponentId.") }
    }
    #expect(sizes.filter { $0 > 0 }.sorted() == [5, 20, 20])
  }

  @Test func theTokenIsOfAtMostSixtyFourCharactersOfASCII() async throws {
    let cloud = try VirtualCloud()
    let line = Line()
    try await cloud.run(.sample(), through: line)
    let token = try #require(line.tokens.first)
    #expect(token.hasPrefix("kiln-"))
    #expect(token.utf8.count <= 64)
    #expect(token.utf8.allSatisfy { $0 < 128 })
  }

  @Test func aReplacementThatFailsKeepsTheOldOne() async throws {
    let cloud = try VirtualCloud()
    let pipeline = DesiredPipeline.sample(naming: ["nginx"])
    try await cloud.run(.sample(content: "RUN echo 1", pipeline: pipeline))
    let before = try await cloud.everything()
    let line = Line { _, request in
      request.operation == "CreateImagePipeline" ? .refusal(400, "QuotaExceed.ImagePipeline") : .passes
    }
    let (_, report) = try await cloud.run(.sample(content: "RUN echo 2", pipeline: pipeline), through: line)
    #expect(report?.failures.count == 1)
    #expect(report?.skipped.map(\.step.address.description) == ["pipeline/web", "component/nginx@1.0.0"])
    #expect(try await cloud.everything().filter { old in before.contains(old) } == before)
  }

  @Test func aListThatBreaksOffGivesNoPlan() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let line = Line { _, request in
      request.operation == "DescribeImagePipelines" ? .refusal(403, "Forbidden.RAM") : .passes
    }
    await #expect(throws: CallFailure.self) { try await cloud.run(.sample(description: "b"), through: line) }
    #expect(line.requests.filter(\.isWrite).isEmpty)
  }

  @Test func afterAStopNothingNewIsBegun() async throws {
    let cloud = try VirtualCloud()
    let desired = DesiredState(
      stack: DesiredState.testStack,
      components: (1...6).map { .sample("c\($0)", content: "RUN echo \($0)") },
      pipelines: [.sample(naming: ["c1"])])
    let stop = Mutex(false)
    let line = Line { _, request in
      if request.parameters.contains(where: { $0.value == "RUN echo 3" }) {
        stop.withLock { $0 = true }
      }
      return .passes
    }
    let plan = try await cloud.plan(desired)
    let report = await cloud.apply(plan, through: line, width: 1, isStopping: { stop.withLock { $0 } })
    #expect(report.wasInterrupted)
    #expect(report.summary.add == 3, "what was begun is brought to its end")
    #expect(report.skipped.count == 4)
    #expect(try await cloud.run(desired).report?.summary.add == 4)
  }
}

extension PlanOptions {
  fileprivate static var destroying: PlanOptions {
    var options = PlanOptions()
    options.destroys = true
    return options
  }
}

extension Line {
  /// The client tokens in the order sent.
  fileprivate var tokens: [String] {
    requests.compactMap { request in request.parameters.first { $0.name == "ClientToken" }?.value }
  }

  /// The operations that change tags or groups.
  fileprivate var codes: [String] {
    requests.map(\.operation).filter { $0.hasPrefix("Tag") || $0.hasPrefix("Untag") || $0.hasPrefix("Join") }
  }
}
