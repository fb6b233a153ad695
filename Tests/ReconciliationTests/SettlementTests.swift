// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Planning
import Reconciliation
import Resources
import Synchronization
import Testing

/// A plan right after an apply is empty, even where lists show for a while what was.
@Suite struct SettlementTests {
  private static let staleness = Duration.seconds(10)

  private func expectNothingToDo(
    _ desired: DesiredState, after earlier: DesiredState, _ comment: Comment
  ) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(earlier)
    let line = Line(staleness: Self.staleness)
    let (plan, report) = try await cloud.run(desired, through: line)
    #expect(plan.hasChanges, comment)
    #expect(report?.unseen.isEmpty == true, comment)
    #expect(report?.isComplete == true, "\(comment): \(report?.entries.map(\.outcome) ?? [])")
    let next = try await survey(desired, through: cloud.operations(through: line)).plan
    #expect(!next.hasChanges, comment)
  }

  @Test func tagsAreWaitedFor() async throws {
    try await expectNothingToDo(.sample(tags: ["team": "db"]), after: .sample(tags: ["team": "web"]), "set")
    try await expectNothingToDo(.sample(), after: .sample(tags: ["team": "web"]), "removed")
  }

  @Test func groupsAreWaitedFor() async throws {
    try await expectNothingToDo(.sample(group: "rg-emulated"), after: .sample(), "joined")
  }

  @Test func deletionsAreWaitedFor() async throws {
    let pipeline = DesiredPipeline.sample()
    try await expectNothingToDo(
      .sample(content: "RUN echo 1"), after: .sample(content: "RUN echo 1", pipeline: pipeline), "deleted")
  }

  @Test func replacementsAreWaitedFor() async throws {
    try await expectNothingToDo(
      .sample(description: "newer"), after: .sample(description: "older"), "replaced")
  }

  @Test func listsThatNeverShowItDontHoldTheApplyForEver() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let before = cloud.time.elapsed
    let told = Mutex<[String]>([])
    let (_, report) = try await cloud.run(
      .sample(tags: ["team": "db"]), through: Line(staleness: .seconds(3600))
    ) { event in
      if case .waiting(_, let reason) = event { told.withLock { $0.append(reason) } }
    }
    #expect(report?.isComplete == true, "the service has said that it is done")
    #expect((30..<40).contains((cloud.time.elapsed - before).components.seconds))
    #expect(Set(told.withLock { $0 }) == ["lists don't show yet what was done"])
    #expect(report?.unseen.map(\.description) == ["pipeline/web"])
  }

  /// Who planned while lists showed neither would make the successor once more.
  @Test func nothingGoesBeforeListsShowItsSuccessor() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(description: "older"))
    let (_, report) = try await cloud.run(
      .sample(description: "newer"), through: Line(staleness: .seconds(3600)))
    #expect(report?.isComplete == true, "what must wait is no failure")
    let both = try await cloud.everything()
    #expect(both.count == 2)
    #expect(
      report?.deferred.map(\.outcome)
        == [.deferred(id: both[0].id, reason: "lists don't show pipeline/web yet")])
    try await cloud.run(.sample(description: "newer"))
    #expect(try await cloud.everything() == [both[1]])
  }

  /// An object that stays invisible for longer than the grace is made again under the next token; when both show, the
  /// next apply takes the younger one away.
  @Test func aCopyOfWhatWasInvisibleForTooLongIsTakenAwayByTheNextApply() async throws {
    let cloud = try VirtualCloud()
    let (_, report) = try await cloud.run(.sample(), through: Line(lag: .seconds(45)))
    #expect(report?.isComplete == true)
    cloud.time.pass(.seconds(60))
    let copies = try await cloud.everything()
    #expect(copies.count == 2)
    let (plan, _) = try await cloud.run(.sample())
    #expect(plan.summary.description == "0 to add, 0 to change, 1 to destroy")
    #expect(try await cloud.everything() == [copies[0]], "of equal ones the oldest stays")
    #expect(try await !cloud.plan(.sample()).hasChanges)
  }
}
