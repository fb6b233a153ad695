// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Resources
import Testing

/// A saved plan is stale when something has moved, and not when the service only shows it in another way.
@Suite struct StalenessTests {
  /// A plan that leaves the world's objects as they are, changes the pipeline, or deletes both.
  enum Intent: CaseIterable {
    case nothing, change, deletion

    func desired(_ world: World) -> DesiredState {
      switch self {
      case .nothing: return world.desired
      case .change:
        var pipeline = world.desired.pipelines[0].resource
        pipeline.imageOptions.description = "another"
        return world.desired(with: pipeline)
      case .deletion: return DesiredState(stack: World.stack, components: [], pipelines: [])
      }
    }
  }

  private func saved(_ intent: Intent, _ world: World, from observed: ObservedState) -> SavedPlan {
    SavedPlan(
      Plan(from: observed, to: intent.desired(world)),
      binding: SavedPlan.Binding(
        account: nil, regionID: "cn-hangzhou", endpoint: "embedded", folder: "f",
        createdAt: "2026-01-02T03:04:05Z", expiresAt: nil, kilnVersion: "0"),
      lookedUp: NamesToLookUp(components: [], pipelines: []), observed: observed)
  }

  /// Expects that a plan made from one way of showing the world holds for the other.
  private func expectSame(_ world: World, _ other: ObservedState, _ intents: [Intent] = Intent.allCases) {
    for intent in intents {
      for (before, now) in [(world.state, other), (other, world.state)] {
        let review = saved(intent, world, from: before).review(against: now)
        #expect(review.moved == [], "\(intent)")
        #expect(review.done == [:], "\(intent)")
      }
    }
  }

  /// What a plan asks for tells more of what the service may leave out than an object that goes.
  private func intents(_ equality: Equality) -> [Intent] {
    let isHidden = equality.shown.contains { path, value in
      ["BuildContent", "Content"].contains(path) && (value == nil || value == .null || value == "")
    }
    return isHidden ? [.nothing] : Intent.allCases
  }

  @Test(arguments: Equality.pipelines)
  func aPipelineShownInAnotherWayHasNotMoved(_ equality: Equality) throws {
    let world = try World(equality.desired)
    expectSame(world, world.observed(showing: equality.shown, at: "pipeline/web"), intents(equality))
  }

  @Test(arguments: Equality.components)
  func aComponentShownInAnotherWayHasNotMoved(_ equality: Equality) throws {
    let world = try World(equality.desired)
    expectSame(world, world.observed(showing: equality.shown, at: "component/nginx"), intents(equality))
  }

  @Test(arguments: ["acs:rm:rgId", "aliyun:managed"])
  func tagsOfTheSystemDoNotMoveAnything(_ key: String) throws {
    let world = try World(.plain)
    for address in ["pipeline/web", "component/nginx"] {
      let tags = world.tags(at: address) + [["TagKey": .string(key), "TagValue": "x"]]
      expectSame(world, world.observed(showing: [("Tags", ["Tag": .array(tags)])], at: address))
    }
  }

  @Test(arguments: Intent.allCases)
  func aTagThatSomebodySetsMovesWhatBearsIt(_ intent: Intent) throws {
    let world = try World(.plain)
    for (address, id) in [("pipeline/web", "ip-1"), ("component/nginx", "ic-1")] {
      let object = try #require(world.state.owned.first { $0.address?.unversioned == address })
      let tags = world.tags(at: address) + [["TagKey": "owner", "TagValue": "somebody"]]
      let now = world.observed(showing: [("Tags", ["Tag": .array(tags)])], at: address)
      let review = saved(intent, world, from: world.state).review(against: now)
      #expect(review.moved == ["\(object.address?.description ?? "") (\(object.id)) has changed"], "\(id)")
    }
  }

  /// No equality may be so wide that it hides a move.
  @Test(arguments: ImagePipeline.fields.filter { $0.change == .replaces && $0.echo != .chosenByService })
  func everyFieldThatMovesIsNoticed(_ field: Field<ImagePipeline>) throws {
    var described = Described.importing(setEverything)
    described.hasText = true
    let world = try World(described)
    let moved = world.state.owned.map { object -> ObservedResource in
      guard case .pipeline(var pipeline) = object.resource else { return object }
      let twins = ["imageName": "imageOptions.imageName", "imageFamily": "imageOptions.imageFamily"]
      let name = twins[field.name] ?? field.name
      let row = ImagePipeline.fields.first { $0.name == name } ?? field
      pipeline = pipeline.canonical
      row.write(&pipeline, row.read(pipeline).map(\.another))
      return ObservedResource(id: object.id, resource: .pipeline(pipeline), creationTime: object.creationTime)
    }
    let now = ObservedState(owned: moved, circumstances: world.state.circumstances)
    for intent in Intent.allCases {
      let review = saved(intent, world, from: world.state).review(against: now)
      #expect(review.moved.count == 1, "\(intent) \(field.name)")
    }
  }
}
