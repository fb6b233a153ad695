// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Resources
import Testing

/// Whoever edits a saved plan has it refused, or shown as what it would do.
@Suite struct EditedPlanTests {
  enum Scene: CaseIterable {
    case creation, creationOfText, replacement, newVersion, update, deletion, nothing
    /// The service shows a FROM that nobody wrote before a content that changes.
    case shownFrom
    /// The address tag is lost, and the service shows the content in other words.
    case lostAddress

    func saved() throws -> SavedPlan {
      var described = Described.with { $0.tags = ["team": "web"] }
      described.hasText = [.creationOfText, .shownFrom, .lostAddress].contains(self)
      if described.hasText { described.pipeline.buildContent = "RUN one\nRUN two" }
      let world = try World(described)
      var observed = world.state
      var desired = world.desired
      var options = PlanOptions()
      var pipeline = desired.pipelines[0].resource
      switch self {
      case .creation, .creationOfText: observed = ObservedState(owned: [])
      case .replacement:
        pipeline.description = "another"
        pipeline.addAccounts = [1, 2]
        desired = world.desired(with: pipeline)
      case .newVersion:
        var component = desired.components[0].resource
        component.content = "RUN echo 1\nRUN echo 3\n"
        desired = DesiredState(
          stack: World.stack,
          components: [
            DesiredComponent(
              name: "nginx", versionRule: .automatic, resource: component, provenance: World.nowhere)
          ], pipelines: desired.pipelines)
      case .update:
        pipeline.tags = ["team": "api", "stage": "test"]
        pipeline.resourceGroupID = "rg-1"
        desired = world.desired(with: pipeline)
      case .shownFrom:
        let from = "FROM IMAGE_FAMILY:acs:ubuntu_22_04_x64\nRUN one\nRUN two"
        observed = world.observed(showing: [("BuildContent", .string(from))], at: "pipeline/web")
        pipeline.buildContent = "RUN one\nRUN three"
        desired = world.desired(with: pipeline)
      case .lostAddress:
        let shown = world.observed(showing: [("BuildContent", "RUN other words")], at: "pipeline/web")
        observed = ObservedState(
          owned: shown.owned.map { object in
            guard case .pipeline(var pipeline) = object.resource else { return object }
            pipeline.tags[OwnershipTags.addressKey] = nil
            return ObservedResource(
              id: object.id, resource: .pipeline(pipeline), creationTime: object.creationTime)
          })
        options.replace = ["pipeline/web"]
      case .deletion: options.destroys = true
      case .nothing: break
      }
      return SavedPlan(
        Plan(from: observed, to: desired, options: options),
        binding: SavedPlan.Binding(
          account: "1", regionID: "cn-hangzhou", endpoint: "embedded", folder: "f",
          createdAt: "2026-01-02T03:04:05Z", expiresAt: nil, kilnVersion: "0"),
        lookedUp: NamesToLookUp(desired: desired, owned: observed.owned), observed: observed)
    }
  }

  @Test(arguments: Scene.allCases)
  func whatIsNotEditedIsTakenAndTellsTheSame(_ scene: Scene) throws {
    let saved = try scene.saved()
    let again = try SavedPlan(json: saved.json)
    #expect(shown(again) == shown(saved))
    #expect(done(again) == done(saved))
    #expect(again.json == saved.json)
  }

  /// Each leaf of what Kiln reads is edited in turn, and what policies read with it.
  @Test(arguments: Scene.allCases)
  func nothingIsDoneThatIsNotShown(_ scene: Scene) throws {
    let saved = try scene.saved()
    let json = saved.json
    let kiln = try #require(json["kiln"])
    for path in kiln["changes"]?.leaves ?? [] {
      for edit in Edit.allCases {
        let edited = json.edited(path, edit)
        guard edited != json, let plan = try? SavedPlan(json: edited) else { continue }
        #expect(
          done(plan) == done(saved) || shown(plan) != shown(saved), "\(path.joined(separator: ".")) \(edit)")
      }
    }
  }

  @Test func aContentThatIsEditedEverywhereButWhereItIsShownIsRefused() throws {
    let saved = try Scene.newVersion.saved()
    var text = saved.json.text.replacing("RUN echo 1\\nRUN echo 3", with: "RUN echo 1\\nRUN evil")
    #expect(throws: SavedPlanFailure.self) { try SavedPlan(json: try JSONValue(parsing: text)) }
    text = saved.json.text.replacing("RUN echo 3", with: "RUN evil")
    #expect(throws: SavedPlanFailure.self, "the digest is another's") {
      try SavedPlan(json: try JSONValue(parsing: text))
    }
  }

  /// Who knows how to take digests can write another plan, and has it shown.
  @Test func noDeletionIsHiddenAmongWhatStays() throws {
    let text = try Scene.nothing.saved().json.text
      .replacing(
        #""action":"no-op","address":"component"#,
        with: #""tried_again":true,"action":"no-op","address":"component"#)
    #expect(text.contains("tried_again"))
    #expect(throws: SavedPlanFailure.self) { try SavedPlan(json: try JSONValue(parsing: text)) }
  }

  private func item(_ resource: Resource?) -> [String: JSONValue] {
    switch resource {
    case .component(let component): component.replyItem
    case .pipeline(let pipeline): pipeline.replyItem
    case nil: [:]
    }
  }

  private func shown(_ saved: SavedPlan) -> String { saved.plan.text(ink: Ink(isColoured: false)) }

  /// The calls that the plan stands for.
  private func done(_ saved: SavedPlan) -> [String] {
    saved.plan.steps.map { step in
      switch step.work {
      case .create(let planned, let predecessor):
        "create \(JSONValue.object(item(planned.resolved { "<\($0)>" })).text) for \(predecessor ?? "-")"
      case .update(let object, let update):
        "update \(object.id) \(update.setTags.sorted { $0.key < $1.key }) \(update.removeTags) "
          + "\(update.resourceGroupID ?? "-")"
      case .delete(let object, let successor):
        "delete \(object.id) for \(successor?.description ?? "-")"
      }
    }
  }
}

enum Edit: CaseIterable {
  /// Another value in the one place only.
  case here
  /// The same in what policies read.
  case wherePoliciesRead
  /// The same wherever the change tells it, but for what is shown.
  case everywhereButInFields
  /// Another value wherever the text stands.
  case everywhere
  /// Nothing in its place.
  case removal
}

/// Members and indices that lead to a leaf.
private typealias Path = [String]

extension JSONValue {
  /// Paths to all values that are no lists or objects.
  fileprivate var leaves: [[String]] {
    switch self {
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { key, value in value.leaves.map { [key] + $0 } }
    case .array(let elements):
      elements.enumerated().flatMap { index, value in value.leaves.map { [String(index)] + $0 } }
    case .null, .bool, .integer, .decimal, .string: [[]]
    }
  }

  /// The plan with the leaf at `path` under its changes edited.
  fileprivate func edited(_ path: Path, _ edit: Edit) -> JSONValue {
    let place = ["kiln", "changes"] + path[...]
    guard let leaf = self[place], leaf != .null else { return self }
    let other = leaf.another
    switch edit {
    case .here: return changing(place) { _ in other }
    case .removal: return changing(place) { _ in .null }
    case .wherePoliciesRead:
      return changing(place) { _ in other }.replacing(leaf, with: other, under: Self.policies)
    case .everywhereButInFields:
      let address = Array(place.prefix(3))
      return replacing(leaf, with: other, under: Self.policies + [address + ["after"], address + ["update"]])
    case .everywhere: return replacing(leaf, with: other, under: [[]])
    }
  }

  private static let policies: [Path] = [["planned_values"], ["resource_changes"], ["resource_drift"]]

  private var another: JSONValue {
    switch self {
    case .string(let text):
      if let action = ["create", "replace", "update", "delete", "no-op"].firstIndex(of: text) {
        .string(["delete", "update", "no-op", "create", "delete"][action])
      } else if text.contains("RUN") {
        .string(text.replacing("RUN", with: "RUN evil;"))
      } else {
        .string(text + "9")
      }
    case .bool(let truth): .bool(!truth)
    case .integer(let number): .integer(number + 1)
    case .null, .decimal, .array, .object: "another"
    }
  }

  private subscript(path: Path) -> JSONValue? {
    path.reduce(self) { value, part in value?.array.map { $0[Int(part) ?? 0] } ?? value?[part] }
  }

  private func changing(_ path: Path, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard let first = path.first else { return change(self) }
    let rest = Array(path.dropFirst())
    switch self {
    case .object(var members):
      members[first] = members[first]?.changing(rest, change)
      return .object(members)
    case .array(var elements):
      guard let index = Int(first) else { return self }
      elements[index] = elements[index].changing(rest, change)
      return .array(elements)
    case .null, .bool, .integer, .decimal, .string: return self
    }
  }

  private func replacing(_ leaf: JSONValue, with other: JSONValue, under places: [Path]) -> JSONValue {
    places.reduce(self) { json, place in
      json.changing(place) { $0.replacing(leaf, with: other) }
    }
  }

  private func replacing(_ leaf: JSONValue, with other: JSONValue) -> JSONValue {
    if self == leaf { return other }
    switch self {
    case .object(let members): return .object(members.mapValues { $0.replacing(leaf, with: other) })
    case .array(let elements): return .array(elements.map { $0.replacing(leaf, with: other) })
    case .null, .bool, .integer, .decimal, .string: return self
    }
  }
}
