// SPDX-License-Identifier: Apache-2.0

import Planning
import Resources
import Testing

/// Creation times count seconds, so objects of one second have another order: who took whose place.
@Suite struct AgeTests {
  private static let moment = "2026-01-02T03:04:05Z"

  private func desired(_ description: String, retain: Int) -> DesiredState {
    var pipeline = ImagePipeline()
    (pipeline.name, pipeline.baseImageType, pipeline.baseImage) = ("web", "IMAGE", "m-1")
    (pipeline.buildContent, pipeline.description) = ("RUN a", description)
    var lifecycle = Lifecycle()
    lifecycle.retain = retain
    return DesiredState(
      stack: World.stack, components: [],
      pipelines: [
        DesiredPipeline(name: "web", resource: pipeline, lifecycle: lifecycle, provenance: World.nowhere)
      ])
  }

  /// The pipelines `ids`, each made in the place of the one before, all in one second.
  private func made(_ ids: [String], retain: Int) throws -> [ObservedResource] {
    var owned: [ObservedResource] = []
    for id in ids {
      let plan = Plan(from: ObservedState(owned: owned), to: desired("of \(id)", retain: 9))
      let change = try #require(plan.changes.first { $0.after != nil })
      #expect(change.before?.id == owned.last?.id, "what is made takes the place of the newest")
      let after = try #require(change.after)
      owned.append(ObservedResource(id: id, resource: after.resource, creationTime: Self.moment))
    }
    return owned
  }

  @Test(arguments: [
    ["ip-1", "ip-2", "ip-3", "ip-4"], ["ip-4", "ip-3", "ip-2", "ip-1"], ["ip-2", "ip-4", "ip-1", "ip-3"],
  ])
  func ofOneSecondTheNewestStay(ids: [String]) throws {
    let owned = try made(ids, retain: 2)
    let plan = Plan(from: ObservedState(owned: owned), to: desired("of \(ids[3])", retain: 2))
    #expect(plan.changes.filter { $0.action == .delete }.compactMap(\.before?.id) == [ids[0]])
    let next = Plan(from: ObservedState(owned: owned), to: desired("another", retain: 2))
    #expect(next.changes.first { $0.action == .create }?.before?.id == ids[3])
    #expect(
      next.changes.filter { $0.action == .delete }.compactMap(\.before?.id) == ids.prefix(2).sorted())
  }

  /// Marks are short, and may have been edited: who took whose place may go round in a circle.
  @Test func aCircleIsNoMatter() {
    func object(_ id: String, replacing other: String) -> ObservedResource {
      var pipeline = ImagePipeline()
      pipeline.name = "web"
      var tags = OwnershipTags(
        stack: World.stack.tagValue, address: Address(.pipeline, "web"), digest: SpecDigest(recorded: "1:0"),
        userTags: [:], isProtected: false)
      tags.marks.insert(SettingMark(replacing: other))
      pipeline.tags = tags.tags
      return ObservedResource(id: id, resource: .pipeline(pipeline), creationTime: Self.moment)
    }
    let owned = [object("ip-1", replacing: "ip-2"), object("ip-2", replacing: "ip-1")]
    let plan = Plan(from: ObservedState(owned: owned), to: desired("any", retain: 0))
    #expect(plan.summary.description == "1 to add, 0 to change, 2 to destroy")
  }
}
