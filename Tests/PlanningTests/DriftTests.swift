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
}
