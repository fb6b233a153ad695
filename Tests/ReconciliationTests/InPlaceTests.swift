// SPDX-License-Identifier: Apache-2.0

import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

@Suite struct InPlaceTests {
  /// Stopped between the two, the next run would take the tag for somebody else's.
  @Test func tagsAreRemovedBeforeTheRecordOfOurKeysIsRewritten() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: ["team": "web", "stage": "a"]))
    let line = Line()
    let (plan, report) = try await cloud.run(.sample(tags: ["team": "db"]), through: line)
    #expect(plan.changes.map(\.action) == [.update])
    #expect(report?.isComplete == true)
    #expect(line.requests.filter(\.isWrite).map(\.operation) == ["UntagResources", "TagResources"])
  }

  @Test func tagsOfOthersAndOfTheSystemAreLeftAlone() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: ["team": "web"]))
    let id = try #require(try await cloud.everything().first?.id)
    for (key, value) in [("owner", "someone"), ("cost", "7")] {
      try await cloud.call(
        "TagResources",
        [
          ("ResourceType", "imagepipeline"), ("ResourceId.1", id), ("Tag.1.Key", key), ("Tag.1.Value", value),
        ])
    }
    #expect(try await !cloud.plan(.sample(tags: ["team": "web"])).hasChanges)
    try await cloud.run(.sample(tags: [:]))
    let tags = try await cloud.everything().first?.resource.tags.filter { !$0.key.hasPrefix("kiln:") }
    #expect(tags == ["owner": "someone", "cost": "7"])
  }

  @Test func aTagThatSomebodyElseSetBeforeUsBecomesOursOnlyOnceDescribed() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(tags: [:]))
    let id = try #require(try await cloud.everything().first?.id)
    try await cloud.call(
      "TagResources",
      [
        ("ResourceType", "imagepipeline"), ("ResourceId.1", id), ("Tag.1.Key", "owner"),
        ("Tag.1.Value", "someone"),
      ])
    try await cloud.run(.sample(tags: ["owner": "us"]))
    #expect(try await cloud.everything().first?.resource.tags["owner"] == "us")
    try await cloud.run(.sample(tags: [:]))
    #expect(try await cloud.everything().first?.resource.tags["owner"] == nil)
  }

  @Test func theResourceGroupIsJoinedBeforeItIsRecordedAsOurs() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let line = Line()
    try await cloud.run(.sample(group: "rg-emulated"), through: line)
    #expect(line.requests.filter(\.isWrite).map(\.operation) == ["JoinResourceGroup", "TagResources"])
    #expect(try await cloud.everything().first?.resource.resourceGroupID == "rg-emulated")
    #expect(try await !cloud.plan(.sample(group: "rg-emulated")).hasChanges)
  }

  @Test func aGroupThatIsNoLongerNamedIsNotLeft() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(group: "rg-emulated"))
    let line = Line()
    try await cloud.run(.sample(), through: line)
    #expect(line.requests.filter(\.isWrite).map(\.operation) == ["TagResources"])
    #expect(try await cloud.everything().first?.resource.resourceGroupID == "rg-emulated")
    #expect(try await !cloud.plan(.sample()).hasChanges)
  }
}
