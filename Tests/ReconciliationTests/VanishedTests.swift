// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Reconciliation
import Resources
import Synchronization
import Testing

/// Ids that the service still names for a token, though somebody has deleted their objects.
@Suite struct VanishedTests {
  /// A component and a pipeline, deleted by hand; what the journal says by then; and the plan that makes them anew.
  private func deletedByHand(_ cloud: VirtualCloud) async throws -> (plan: Plan, journal: [JournalEntry]) {
    let desired = DesiredState.sample(content: "RUN true", pipeline: .sample())
    let first = await run(try await cloud.plan(desired), on: cloud, past: [])
    for object in try await cloud.everything().reversed() {
      let kind = object.resource.kind.manifestKind
      try await cloud.call("Delete\(kind)", [("\(kind)Id", object.id)])
    }
    return (try await cloud.plan(desired), first)
  }

  private func run(
    _ plan: Plan, on cloud: VirtualCloud, past: [JournalEntry], after age: Duration = .zero
  ) async -> [JournalEntry] {
    let lines = Mutex<[UInt8]>([])
    cloud.time.pass(age)
    let time = cloud.time.timekeeper
    let journal = Journal(
      run: "test", stack: plan.stack.tagValue, now: { time.now().iso8601 },
      append: { line in lines.withLock { $0 += line } })
    let applier = Applier(
      cloud: cloud.operations(), journal: journal, time: time,
      options: Applier.Options(after: past, now: time.now()))
    let report = await applier.apply(plan)
    #expect(report.isComplete)
    return past + JournalEntry.read(lines.withLock { $0 })
  }

  @Test func whatWasMadeLongAgoIsNotWaitedFor() async throws {
    let cloud = try VirtualCloud()
    let (plan, past) = try await deletedByHand(cloud)
    cloud.time.pass(.seconds(100))
    let before = cloud.time.elapsed
    _ = await run(plan, on: cloud, past: past)
    #expect(cloud.time.elapsed - before < .seconds(10))
    #expect(try await cloud.everything().count == 2)
  }

  @Test func whatWasWaitedForInVainIsNotWaitedForAgain() async throws {
    let cloud = try VirtualCloud()
    let (plan, past) = try await deletedByHand(cloud)
    let begin = cloud.time.elapsed
    let journal = await run(plan, on: cloud, past: past)
    #expect(cloud.time.elapsed - begin >= .seconds(60), "made a moment ago, they may yet show")
    let gone = Set(past.compactMap(\.id))
    #expect(JournalEntry.deleted(journal).isSuperset(of: gone))
    #expect(Set(JournalEntry.created(journal).values).isDisjoint(with: gone))
  }
}
