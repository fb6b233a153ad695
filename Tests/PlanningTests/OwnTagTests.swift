// SPDX-License-Identifier: Apache-2.0

import Planning
import Resources
import Testing

/// Kiln's own tags, edited by hand.
@Suite struct OwnTagTests {
  /// What the manifest says of a pipeline that Kiln's own tags record.
  struct Manifest: Sendable {
    var version: String?
    var isProtected = false

    var desired: DesiredState {
      var pipeline = ImagePipeline()
      (pipeline.name, pipeline.baseImageType, pipeline.baseImage) = ("web", "IMAGE", "m-1")
      pipeline.buildContent = "RUN a"
      var lifecycle = Lifecycle()
      lifecycle.isProtected = isProtected
      return DesiredState(
        stack: World.stack, components: [],
        pipelines: [
          DesiredPipeline(
            name: "web", version: version, resource: pipeline, lifecycle: lifecycle,
            provenance: World.nowhere)
        ])
    }

    /// What the service holds once the manifest was applied, and somebody has edited the tags.
    func applied(_ edit: (inout [String: String]) -> Void = { _ in }) throws -> ObservedState {
      let made = try #require(Plan(from: ObservedState(owned: []), to: desired).changes.first?.after)
      guard case .pipeline(var pipeline) = made.resource else { return ObservedState(owned: []) }
      edit(&pipeline.tags)
      return ObservedState(owned: [
        ObservedResource(
          id: "ip-1", resource: .pipeline(pipeline), creationTime: "2026-01-02T03:04:05Z")
      ])
    }
  }

  /// A manifest that was applied, what was then set by hand, nil taking the tag away, and the manifest of now.
  struct Case: Sendable {
    let first: Manifest
    let edit: (key: String, value: String?)?
    let next: Manifest
    let drift: [String]
  }

  static let cases: [Case] = [
    Case(
      first: Manifest(isProtected: true), edit: ("kiln:protected", nil), next: Manifest(isProtected: true),
      drift: ["tags.kiln:protected was changed"]),
    Case(
      first: Manifest(), edit: ("kiln:protected", "true"), next: Manifest(),
      drift: ["tags.kiln:protected was changed"]),
    Case(first: Manifest(isProtected: true), edit: nil, next: Manifest(), drift: []),
    Case(first: Manifest(), edit: nil, next: Manifest(isProtected: true), drift: []),
    Case(
      first: Manifest(version: "1.0.0"), edit: ("kiln:version", "9.0.0"), next: Manifest(version: "1.0.0"),
      drift: ["tags.kiln:version was changed"]),
    Case(
      first: Manifest(version: "1.0.0"), edit: ("kiln:version", "9.0.0"), next: Manifest(version: "2.0.0"),
      drift: ["tags.kiln:version was changed"]),
    Case(
      first: Manifest(version: "1.0.0"), edit: ("kiln:version", nil), next: Manifest(version: "1.0.0"),
      drift: ["tags.kiln:version was changed"]),
    Case(
      first: Manifest(), edit: ("kiln:version", "9.0.0"), next: Manifest(),
      drift: ["tags.kiln:version was changed"]),
    Case(first: Manifest(version: "1.0.0"), edit: nil, next: Manifest(version: "2.0.0"), drift: []),
    Case(first: Manifest(version: "1.0.0"), edit: nil, next: Manifest(), drift: []),
    Case(
      first: Manifest(), edit: ("kiln:address", nil), next: Manifest(),
      drift: ["tags.kiln:address was changed"]),
    Case(
      first: Manifest(), edit: ("kiln:address", "nonsense"), next: Manifest(),
      drift: ["tags.kiln:address was changed"]),
    Case(
      first: Manifest(), edit: ("kiln:address", "pipeline/other"), next: Manifest(),
      drift: ["tags.kiln:address was changed"]),
    Case(
      first: Manifest(), edit: ("kiln:keys", "?"), next: Manifest(), drift: ["tags.kiln:keys was changed"]),
  ]

  @Test(arguments: cases.indices) func whatWasEditedByHandIsTold(index: Int) throws {
    let row = Self.cases[index]
    let observed = try row.first.applied { tags in
      if let (key, value) = row.edit { tags[key] = value }
    }
    let plan = Plan(from: observed, to: row.next.desired)
    #expect(plan.drift().map(\.description) == row.drift)
    let told = plan.changes.flatMap(\.fields).filter(\.isDrift).map(\.name)
    #expect(plan.changes.contains { $0.action == .delete } || told.isEmpty == row.drift.isEmpty)
  }

  /// What a Kiln has made that noted nothing of its own tags.
  private func withoutOwnMarks(_ tags: inout [String: String]) { tags["kiln:keys"] = nil }

  @Test func whatAnEarlierKilnMadeIsLeftAsItIs() throws {
    for manifest in [Manifest(), Manifest(version: "1.0.0", isProtected: true)] {
      let plan = Plan(from: try manifest.applied(withoutOwnMarks), to: manifest.desired)
      #expect(!plan.hasChanges)
      #expect(plan.drift().isEmpty)
    }
  }

  /// Of it nothing tells an edit by hand from another manifest, and the next change notes what was missing.
  @Test func whatAnEarlierKilnMadeIsNotedWithTheNextChange() throws {
    let observed = try Manifest(version: "1.0.0", isProtected: true).applied(withoutOwnMarks)
    let next = Manifest(version: "2.0.0", isProtected: true)
    let plan = Plan(from: observed, to: next.desired)
    #expect(plan.drift().isEmpty)
    let wanted = try next.applied().owned.first?.resource.tags["kiln:keys"]
    let update = try #require(plan.changes.first?.update)
    #expect(update.setTags == ["kiln:version": "2.0.0", "kiln:keys": wanted])
  }

  @Test func whatTheManifestHasTakenOverByNowIsNoDrift() throws {
    let observed = try Manifest(version: "1.0.0").applied { $0["kiln:version"] = "2.0.0" }
    let plan = Plan(from: observed, to: Manifest(version: "2.0.0").desired)
    #expect(plan.drift().isEmpty)
    #expect(plan.changes.first.map { Array($0.update.setTags.keys) } == ["kiln:keys"])
  }

  /// One tag has room for sixteen marks, and those of the user's tags come first.
  @Test func ownMarksTakeNoOthersRoom() throws {
    let users = Dictionary(uniqueKeysWithValues: (1...14).map { ("k\($0)", "v") })
    func tags(_ users: [String: String]) throws -> [String: String] {
      OwnershipTags(
        stack: "s/t", address: Address(.pipeline, "web"), digest: SpecDigest(recorded: "1:0"),
        userTags: users, group: "rg-1", isProtected: true, version: "1.0.0"
      ).tags
    }
    let full = try #require(OwnershipTags(observed: try tags(users)))
    #expect(try #require(tags(users)["kiln:keys"]).utf8.count == 16 * 8)
    #expect(users.keys.allSatisfy(full.hasSet(tag:)) && full.hasSetGroup)
    #expect(full.hasSet(tag: "kiln:protected") && !full.hasSet(tag: "kiln:address"))
    let some = try #require(OwnershipTags(observed: try tags(["team": "web"])))
    #expect(["kiln:protected", "kiln:version", "kiln:address"].allSatisfy(some.hasSet(tag:)))
  }
}
