// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import ManifestSyntax
import Planning
import Reconciliation
import Resources
import Testing

/// A service that shows something else than it was sent, however often it is sent again.
@Suite struct RewordingTests {
  private static let stack = DesiredState.sample(description: "asked for")

  private func plan(_ desired: DesiredState, of cloud: VirtualCloud, through line: Line) async throws -> Plan
  {
    try await survey(desired, through: cloud.operations(through: line)).plan
  }

  @Test func whatIsShownOtherwiseFromTheBeginningIsToldAndNotReplaced() async throws {
    let cloud = try VirtualCloud()
    let line = Line(showing: ["Description": "shown", "RepairMode": "Standard"])
    let (_, report) = try await cloud.run(Self.stack, through: line)
    #expect(report?.isComplete == true)
    let next = try await plan(Self.stack, of: cloud, through: line)
    #expect(!next.hasChanges, "\(next.text(ink: Ink(isColoured: false)))")
    #expect(next.warnings.map(\.rule) == ["rewritten-field", "rewritten-field"])
    #expect(next.drift().isEmpty)
  }

  @Test func whatChangesAfterwardsIsDrift() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(Self.stack, through: Line(showing: ["Description": "shown"]))
    for shown: [String: JSONValue] in [
      ["Description": "another"], ["Description": "shown", "SystemDiskSize": 77],
    ] {
      let next = try await plan(Self.stack, of: cloud, through: Line(showing: shown))
      #expect(next.changes.map(\.action) == [.replace])
      #expect(next.changes.first?.fields.count == 1)
      #expect(next.changes.first?.isDrift == true)
    }
  }

  @Test func aChangeOfTheManifestIsStillSeen() async throws {
    let cloud = try VirtualCloud()
    let line = Line(showing: ["Description": "shown"])
    try await cloud.run(Self.stack, through: line)
    let other = DesiredState.sample(description: "another")
    let (plan, report) = try await cloud.run(other, through: line)
    #expect(plan.changes.map(\.action) == [.replace])
    #expect(report?.isComplete == true)
    #expect(try await !self.plan(other, of: cloud, through: line).hasChanges)
  }

  /// Where the note can't be written, the successor brings it along.
  @Test func nothingIsReplacedTwiceForOneReason() async throws {
    let cloud = try VirtualCloud()
    let line = Line(showing: ["Description": "shown"]) { _, request in
      request.operation == "TagResources" ? .refusal(404, "InvalidResourceType.NotFound") : .passes
    }
    let (_, first) = try await cloud.run(Self.stack, through: line)
    #expect(first?.isComplete == true, "a note is not worth a failure")
    let (second, report) = try await cloud.run(Self.stack, through: line)
    #expect(second.changes.map(\.action) == [.replace])
    #expect(report?.isComplete == true)
    #expect(try await !plan(Self.stack, of: cloud, through: line).hasChanges)
    #expect(try await cloud.everything().count == 1)
  }

  @Test func aNoteOutlivesChangesOfTags() async throws {
    let cloud = try VirtualCloud()
    let line = Line(showing: ["Description": "shown"])
    try await cloud.run(Self.stack, through: line)
    let tagged = DesiredState.sample(description: "asked for", tags: ["team": "web"])
    let (plan, _) = try await cloud.run(tagged, through: line)
    #expect(plan.changes.map(\.action) == [.update])
    #expect(try await !self.plan(tagged, of: cloud, through: line).hasChanges)
  }

  @Test func notesFitBesideAllTagsThatAUserMaySet() async throws {
    let cloud = try VirtualCloud()
    let tags = Dictionary(
      uniqueKeysWithValues: (1...OwnershipTags.userTagLimit).map { ("tag\($0)", "value") })
    let desired = DesiredState.sample(description: "asked for", tags: tags, group: "rg-emulated")
    let line = Line(showing: [
      "Description": "shown", "RepairMode": "Standard", "SystemDiskSize": 77, "BaseImage": "m-other",
    ])
    let (_, report) = try await cloud.run(desired, through: line)
    #expect(report?.isComplete == true)
    #expect(try await !plan(desired, of: cloud, through: line).hasChanges)
    let keys = try await cloud.everything().first?.resource.tags[OwnershipTags.keysKey]
    #expect((keys?.count ?? 0) == 128)
  }
}
