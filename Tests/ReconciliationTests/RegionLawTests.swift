// SPDX-License-Identifier: Apache-2.0

import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

/// The same manifests at two targets never touch each other's things.
@Suite struct RegionLawTests {
  private func desired(_ state: DesiredState, at target: String) -> DesiredState {
    DesiredState(
      stack: StackIdentity(id: state.stack.id, name: state.stack.name, target: target),
      components: state.components, pipelines: state.pipelines, prunes: state.prunes)
  }

  @Test(arguments: WorldSeeds.all())
  func twoRegionsLeaveEachOtherAlone(_ seed: UInt64) async throws {
    var east = try History(seed)
    let here = east.cloud
    let there = VirtualCloud(here, regionID: "cn-shanghai")
    // One has another name; the other is the same target, sent elsewhere with --region.
    for target in ["shanghai", WorldGenerator.identity.target] {
      let state = east.next()
      var random = SeededRandom(seed)
      let pause = Int.random(in: 1...30, using: &random)
      let other = desired(state, at: target)
      let line = Line { count, _ in
        if count == pause { _ = try? await there.run(other) }
        return .passes
      }
      let (_, report) = try await here.run(state, through: line)
      #expect(report?.isComplete ?? true, "seed \(seed): \(told(report))")
      try await there.run(other)
      try await east.expectNothingToDo(state, "seed \(seed), here")
      #expect(try await !there.plan(other).hasChanges, "seed \(seed), there")
      let kept = try await here.everything()
      var options = PlanOptions()
      options.destroys = true
      try await there.run(other, options: options)
      #expect(try await there.everything().isEmpty, "seed \(seed)")
      #expect(try await here.everything() == kept, "seed \(seed)")
    }
  }

  /// One region and account, two targets: only the tags tell whose things are whose, as numbers of versions are shared.
  @Test(arguments: WorldSeeds.all())
  func twoTargetsInOneRegionLeaveEachOthersPipelinesAlone(_ seed: UInt64) async throws {
    var history = try History(seed)
    let cloud = history.cloud
    let first = history.next()
    // Pipelines share names freely; components of one name and version can't be in one region twice.
    let pipelines = first.pipelines.filter(\.references.isEmpty)
    let one = DesiredState(stack: first.stack, components: [], pipelines: pipelines)
    let two = desired(one, at: "second")
    try await cloud.run(one)
    let kept = try await cloud.everything()
    try await cloud.run(two)
    #expect(try await cloud.everything().count == 2 * pipelines.count, "seed \(seed)")
    #expect(try await !cloud.plan(one).hasChanges, "seed \(seed)")
    var options = PlanOptions()
    options.destroys = true
    try await cloud.run(two, options: options)
    #expect(try await cloud.everything() == kept, "seed \(seed)")
  }
}
