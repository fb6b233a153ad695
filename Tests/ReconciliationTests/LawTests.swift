// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

/// Laws that hold for all stacks and all histories.
///
/// `KILN_WORLDS` says how many are tried, `KILN_SEED` repeats the one that a failure names.
@Suite struct LawTests {
  @Test(arguments: WorldSeeds.all())
  func afterAnApplyThereIsNothingToDo(_ seed: UInt64) async throws {
    try await expectEveryStageSettles(of: try History(seed), "seed \(seed)")
  }

  private func expectEveryStageSettles(of history: History, _ note: String) async throws {
    var history = history
    for stage in 0..<3 {
      let desired = history.next()
      let (plan, report) = try await history.cloud.run(desired)
      #expect(plan.refusals.isEmpty, "\(note), stage \(stage)")
      #expect(report?.isComplete ?? true, "\(note), stage \(stage): \(told(report))")
      try await history.expectNothingToDo(desired, "\(note), stage \(stage)")
      try await history.expectEverythingOnce(desired, "\(note), stage \(stage)")
    }
  }

  @Test(arguments: WorldSeeds.all())
  func stoppedAfterAnyCallTheNextRunReachesTheSameEnd(_ seed: UInt64) async throws {
    // The same history twice: undisturbed, and cut at one call of its last stage.
    var smooth = try History(seed)
    var rough = try History(seed)
    let earlier = smooth.next()
    _ = rough.next()
    try await smooth.cloud.run(earlier)
    try await rough.cloud.run(earlier)
    let desired = smooth.next()
    _ = rough.next()
    let line = Line()
    try await smooth.cloud.run(desired, through: line)
    let expected = try await smooth.ends()

    var random = SeededRandom(seed)
    var cut = 0
    // In half of the worlds the second run is cut as well.
    for _ in 0..<(random.chance(50) ? 2 : 1) {
      cut = Int.random(in: 1...line.requests.count, using: &random)
      let dying = Line.dying(at: cut, losingAnswer: random.chance(70))
      _ = try? await rough.cloud.run(desired, through: dying)
    }
    let (plan, report) = try await rough.cloud.run(desired)
    #expect(plan.refusals.map(\.message) == [], "seed \(seed), cut at \(cut)")
    #expect(report?.isComplete ?? true, "seed \(seed), cut at \(cut): \(told(report))")
    let ends = try await rough.ends()
    let isSame = ends == expected
    #expect(
      isSame,
      "seed \(seed), cut at \(cut):\n\(unifiedDifference(from: expected.joined(separator: "\n"), to: ends.joined(separator: "\n")))"
    )
    try await rough.expectNothingToDo(desired, "seed \(seed), cut at \(cut)")
  }

  @Test(arguments: WorldSeeds.all())
  func twoAppliersInterleavedAtAnyCallMakeOneObjectEach(_ seed: UInt64) async throws {
    var history = try History(seed)
    try await history.cloud.run(history.next())
    let desired = history.next()
    let cloud = history.cloud
    var random = SeededRandom(seed)
    let pause = Int.random(in: 1...30, using: &random)
    let line = Line { count, _ in
      // The other one plans and applies while this one waits to send its request.
      if count == pause { _ = try? await cloud.run(desired) }
      return .passes
    }
    let (plan, report) = try await cloud.run(desired, through: line)
    #expect(plan.refusals.map(\.message) == [], "seed \(seed), pause at \(pause)")
    #expect(report?.failures.isEmpty ?? true, "seed \(seed), pause at \(pause): \(told(report))")
    try await history.expectEverythingOnce(desired, "seed \(seed), pause at \(pause)")
    try await history.expectNothingToDo(desired, "seed \(seed), pause at \(pause)")
  }

  /// Who plans by a list that is out of date may make a copy; the next apply takes it away again.
  @Test(arguments: WorldSeeds.all())
  func twoAppliersWithListsThatLagComeToOneObjectEach(_ seed: UInt64) async throws {
    var history = try History(seed)
    let cloud = history.cloud
    try await cloud.run(history.next())
    cloud.time.pass(.seconds(20))
    let desired = history.next()
    var random = SeededRandom(seed)
    let pause = Int.random(in: 1...30, using: &random)
    let line = Line(lag: .seconds(5)) { count, _ in
      if count == pause { _ = try? await cloud.run(desired, through: Line(lag: .seconds(5))) }
      return .passes
    }
    try await cloud.run(desired, through: line)
    cloud.time.pass(.seconds(20))
    let (plan, report) = try await cloud.run(desired)
    #expect(plan.refusals.map(\.message) == [], "seed \(seed), pause at \(pause)")
    #expect(report?.isComplete ?? true, "seed \(seed), pause at \(pause): \(told(report))")
    try await history.expectEverythingOnce(desired, "seed \(seed), pause at \(pause)")
    try await history.expectNothingToDo(desired, "seed \(seed), pause at \(pause)")
  }

  @Test(arguments: WorldSeeds.all())
  func everyCreateComesBeforeWhatRefersToItAndEveryDeleteAfter(_ seed: UInt64) async throws {
    var history = try History(seed)
    try await history.cloud.run(history.next())
    let line = Line()
    let desired = history.next()
    let (plan, report) = try await history.cloud.run(desired, through: line, width: 1)
    #expect(report?.isComplete ?? true, "seed \(seed): \(told(report))")
    for (index, step) in plan.steps.enumerated() {
      #expect(step.after.allSatisfy { $0 != index && plan.steps[$0].rank < step.rank }, "seed \(seed)")
      guard case .create(let planned, _) = step.work else { continue }
      let needed = Set(planned.uses.values)
      for (other, step) in plan.steps.enumerated() {
        guard case .create = step.work, needed.contains(step.address) else { continue }
        #expect(plan.steps[index].after.contains(other), "seed \(seed): \(planned.address), \(step.address)")
      }
    }
    let order = [
      "CreateImageComponent", "CreateImagePipeline", "", "DeleteImagePipeline", "DeleteImageComponent",
    ]
    let ranks = line.requests.filter(\.isWrite).map { order.firstIndex(of: $0.operation) ?? 2 }
    #expect(ranks == ranks.sorted(), "seed \(seed)")
  }

  @Test(arguments: WorldSeeds.all())
  func whatLacksOurTagIsNeverWritten(_ seed: UInt64) async throws {
    var history = try History(seed)
    let cloud = history.cloud
    // Pipelines under names that the stack uses, a component under another, one of another stack.
    for name in ["alpha", "beta"] {
      try await cloud.call(
        "CreateImagePipeline",
        [("Name", name), ("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "acs:ubuntu_22_04_x64")])
    }
    try await cloud.call(
      "CreateImageComponent", [("Name", "alpha"), ("ComponentVersion", "9.0.0"), ("Content", "RUN true")])
    try await cloud.call(
      "CreateImageComponent",
      [
        ("Name", "beta"), ("ComponentVersion", "9.0.0"), ("Content", "RUN true"),
        ("Tag.1.Key", "kiln:stack"), ("Tag.1.Value", "gi-world/other"),
        ("Tag.2.Key", "kiln:address"), ("Tag.2.Value", "component/beta"),
        ("Tag.3.Key", "kiln:digest"), ("Tag.3.Value", "1:0"),
      ])
    let strangers = try await cloud.everything()
    let line = Line()
    try await cloud.run(history.next(), through: line)
    try await cloud.run(history.next(), through: line)
    var options = PlanOptions()
    options.destroys = true
    try await cloud.run(history.next(), options: options, through: line)
    #expect(try await cloud.everything() == strangers, "seed \(seed)")
    let ids = Set(strangers.map(\.id))
    let touched = line.requests.filter(\.isWrite).flatMap(\.parameters).map(\.value).filter(ids.contains)
    #expect(touched == [], "seed \(seed)")
  }

  @Test(arguments: WorldSeeds.all())
  func theOrderOfTheInputChangesNoByteOfThePlan(_ seed: UInt64) async throws {
    var history = try History(seed)
    try await history.cloud.run(history.next())
    let desired = history.next()
    let observed = try await observe(desired, through: history.cloud.operations())
    let plan = Plan(from: observed, to: desired)
    var random = SeededRandom(seed)
    for _ in 0..<3 {
      let shuffled = DesiredState(
        stack: desired.stack, components: desired.components.shuffled(using: &random),
        pipelines: desired.pipelines.shuffled(using: &random), prunes: desired.prunes)
      let other = Plan(
        from: ObservedState(
          owned: observed.owned.shuffled(using: &random),
          strangers: observed.strangers.shuffled(using: &random), circumstances: observed.circumstances),
        to: shuffled)
      #expect(other == plan, "seed \(seed)")
      #expect(other.text(ink: Ink(isColoured: true)) == plan.text(ink: Ink(isColoured: true)), "seed \(seed)")
      #expect(other.events == plan.events, "seed \(seed)")
      #expect(other.steps == plan.steps, "seed \(seed)")
    }
  }

  /// Two appliers may delete what the other has planned, but nobody deletes what no plan names.
  @Test(arguments: WorldSeeds.all())
  func onlyIdsOfThePlanAreDeleted(_ seed: UInt64) async throws {
    var history = try History(seed)
    try await history.cloud.run(history.next())
    let line = Line()
    let (plan, _) = try await history.cloud.run(history.next(), through: line)
    let planned = Set(
      plan.changes.filter { $0.action == .delete || $0.action == .replace }.compactMap { $0.before?.id })
    let deleted = line.requests.filter { $0.operation.hasPrefix("Delete") }.flatMap(\.parameters)
      .filter { $0.name.hasSuffix("Id") && $0.name != "RegionId" }.map(\.value)
    #expect(Set(deleted) == planned, "seed \(seed)")
  }

  @Test(arguments: WorldSeeds.all())
  func whereTagsAreRefusedAnApplyComesToItsEndAllTheSame(_ seed: UInt64) async throws {
    let cloud = try VirtualCloud { $0.pipelineTags = false }
    try await expectEveryStageSettles(of: try History(seed, on: cloud), "seed \(seed)")
  }

  @Test(arguments: WorldSeeds.all())
  func destroyLeavesNothingOfOurs(_ seed: UInt64) async throws {
    var history = try History(seed)
    try await history.cloud.run(history.next())
    let desired = history.next()
    try await history.cloud.run(desired)
    var options = PlanOptions()
    options.destroys = true
    let (plan, report) = try await history.cloud.run(desired, options: options)
    #expect(plan.isApplicable, "seed \(seed)")
    #expect(report?.isComplete ?? true, "seed \(seed): \(told(report))")
    #expect(try await history.cloud.everything().isEmpty, "seed \(seed)")
  }
}
