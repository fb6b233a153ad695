// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Resources
import Testing

@Suite struct DriftTests {
  @Test func aChangeOfTheManifestIsNoDrift() throws {
    let world = try World(.plain)
    var other = world.desired.pipelines[0].resource
    other.description = "another"
    other.tags = ["team": "web"]
    #expect(Plan(from: world.state, to: world.desired(with: other)).drift().isEmpty)
  }

  /// What Kiln set is known by its marks, whatever the manifest asks for by now.
  @Test(arguments: [["team": "web", "stage": "new"], ["stage": "new"], [:]])
  func aChangeOfTheManifestHidesNoDriftOfTags(_ tags: [String: String]) throws {
    for description in ["as before", "another"] {
      var first = ImagePipeline()
      (first.name, first.baseImageType, first.baseImage) = ("web", "IMAGE", "m-1")
      (first.buildContent, first.description) = ("RUN a", "as before")
      first.tags = ["team": "web", "stage": "one"]
      func desired(_ pipeline: ImagePipeline) -> DesiredState {
        DesiredState(
          stack: World.stack, components: [],
          pipelines: [DesiredPipeline(name: "web", resource: pipeline, provenance: World.nowhere)])
      }
      let made = try #require(Plan(from: ObservedState(owned: []), to: desired(first)).changes.first?.after)
      guard case .pipeline(var edited) = made.resource else { return }
      edited.tags["stage"] = "edited by hand"
      let observed = ObservedResource(
        id: "ip-1", resource: .pipeline(edited), creationTime: "2026-01-02T03:04:05Z")
      var next = first
      (next.tags, next.description) = (tags, description)
      let plan = Plan(from: ObservedState(owned: [observed]), to: desired(next))
      #expect(plan.drift().map(\.description) == ["tags.stage was changed"])
    }
  }

  @Test func aFieldThatWasChangedElsewhereIsDrift() throws {
    let world = try World(.plain)
    let plan = world.plan(showing: [("Description", "edited")], at: "pipeline/web")
    #expect(plan.drift().map(\.description) == ["was changed: description"])
  }

  @Test func aDigestThatWasEditedIsDrift() throws {
    let world = try World(.plain)
    for digest in ["1:0", ""] {
      var tags = world.tags(at: "pipeline/web").filter { $0["TagKey"]?.string != OwnershipTags.digestKey }
      if !digest.isEmpty { tags.append(["TagKey": "kiln:digest", "TagValue": .string(digest)]) }
      let plan = world.plan(showing: [("Tags", ["Tag": .array(tags)])], at: "pipeline/web")
      #expect(plan.drift().map(\.description) == ["its digest tag was changed"])
    }
  }

  @Test func aDigestInAnotherKilnsFormatIsNoDrift() throws {
    let world = try World(.plain)
    let tags =
      world.tags(at: "pipeline/web").filter { $0["TagKey"]?.string != OwnershipTags.digestKey }
      + [["TagKey": "kiln:digest", "TagValue": "2:0"]]
    let plan = world.plan(showing: [("Tags", ["Tag": .array(tags)])], at: "pipeline/web")
    #expect(plan.changes.filter { $0.action != .nothing }.map(\.action) == [.update])
    #expect(plan.drift().isEmpty)
  }

  /// The digest of a pipeline covers the names of its components.
  @Test func aRenamedComponentIsNoDriftOfItsPipelines() throws {
    let world = try World(.plain)
    let old = world.desired.components[0]
    let renamed = DesiredState(
      stack: World.stack,
      components: [
        DesiredComponent(
          name: "webserver", versionRule: old.versionRule, resource: old.resource,
          provenance: World.nowhere)
      ],
      pipelines: [
        DesiredPipeline(
          name: "web", resource: world.desired.pipelines[0].resource,
          build: Composition([
            .component(ComponentReference("webserver"), arguments: ""), .command("RUN echo 1"),
          ]), provenance: World.nowhere)
      ], moves: ["component/nginx": "component/webserver"])
    let plan = Plan(from: world.state, to: renamed)
    #expect(plan.summary.description == "0 to add, 2 to change, 0 to destroy")
    #expect(plan.drift().isEmpty)
  }

  private static func component(
    _ rule: VersionRule, _ content: String = "RUN one\n", retain: Int = 0
  ) -> DesiredState {
    var component = ImageComponent()
    component.content = content
    component.description = "as described"
    var lifecycle = Lifecycle()
    lifecycle.retain = retain
    return DesiredState(
      stack: World.stack,
      components: [
        DesiredComponent(
          name: "app", versionRule: rule, resource: component, lifecycle: lifecycle,
          provenance: World.nowhere)
      ], pipelines: [])
  }

  private static func applied(
    _ desired: DesiredState, _ change: (inout ImageComponent) -> Void
  ) throws -> ObservedState {
    let state = try World.applied(desired)
    return ObservedState(
      owned: state.owned.map { object in
        guard case .component(var component) = object.resource else { return object }
        change(&component)
        return ObservedResource(
          id: object.id, resource: .component(component), creationTime: object.creationTime)
      }, circumstances: state.circumstances)
  }

  /// The console calls components modifiable (reference §1).
  @Test(arguments: [VersionRule.automatic, .patch(major: 1, minor: 0), .pinned(Version(1, 0, 0))])
  func aComponentThatWasChangedElsewhereIsDrift(_ rule: VersionRule) throws {
    for retain in [0, 1] {
      let desired = Self.component(rule, retain: retain)
      let observed = try Self.applied(desired) { $0.content = "RUN evil\n" }
      let plan = Plan(from: observed, to: desired)
      #expect(plan.drift().map(\.description) == ["was changed: content"])
      #expect(plan.drift().map(\.id) == ["ic-1"])
      guard rule.pinned == nil else {
        #expect(plan.refusals.map(\.rule) == ["immutable-version"])
        #expect(!plan.hasChanges)
        continue
      }
      let change = try #require(plan.changes.first)
      #expect(change.action == (retain == 0 ? .replace : .create))
      #expect(
        change.reasons.first == "drift: content was changed outside Kiln, not in the manifest")
      #expect(plan.summary.description == "1 to add, 0 to change, \(retain == 0 ? 1 : 0) to destroy")
    }
  }

  @Test func severalFieldsOfAComponentAreTold() throws {
    let desired = Self.component(.automatic)
    let observed = try Self.applied(desired) {
      $0.description = "edited"
      $0.systemType = "Windows"
    }
    let plan = Plan(from: observed, to: desired)
    #expect(plan.drift().map(\.description) == ["was changed: systemType, description"])
  }

  @Test func aChangedComponentOfTheManifestIsNoDrift() throws {
    let observed = try Self.applied(Self.component(.automatic)) { _ in }
    let rules: [VersionRule] = [.automatic, .pinned(Version(2, 0, 0))]
    for (rule, content) in zip(rules, ["RUN two\n", "RUN one\n"]) {
      let plan = Plan(from: observed, to: Self.component(rule, content))
      #expect(plan.changes.map(\.action) == [.replace])
      #expect(plan.changes.first?.reasons.first?.hasPrefix("a version is immutable") == true)
      #expect(plan.drift().isEmpty)
    }
  }
}
