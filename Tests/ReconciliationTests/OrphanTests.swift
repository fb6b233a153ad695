// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Planning
import Reconciliation
import Resources
import Testing

/// Pipelines that Kiln made and that nothing links to a successor: the next apply finds and retires them.
@Suite struct OrphanTests {
  private static let branches: [(DesiredState, DesiredState)] = [
    (.sample(description: "theirs"), .sample(description: "ours")),
    (
      .sample(content: "RUN true", pipeline: .sample(description: "theirs", naming: ["nginx"])),
      .sample(content: "RUN true", pipeline: .sample(description: "ours", naming: ["nginx"]))
    ),
    (
      .sample(content: "RUN true", pipeline: .sample()),
      .sample(content: "RUN true", pipeline: .sample(naming: ["nginx"]))
    ),
  ]

  /// Neither knows of the other, so neither takes the other's place.
  @Test(arguments: branches.indices)
  func ofTwoBranchesThatBeginAtOnceTheNextApplyLeavesOne(_ index: Int) async throws {
    let (theirs, ours) = Self.branches[index]
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(ours)
    try await cloud.run(theirs)
    #expect(await cloud.apply(plan).isComplete)
    #expect(try await cloud.everything().count { $0.resource.kind == .pipeline } == 2)
    try await cloud.run(ours)
    try await cloud.run(ours)
    let last = try await cloud.plan(ours)
    #expect(!last.hasChanges && last.deferred == [] && last.warnings == [])
    #expect(try await cloud.everything().count == ours.components.count + 1)
  }

  /// An apply that died had made another version, and lists did not show it yet when the next one began.
  @Test func whatWasMadeAnewBehindALaggingListIsFoundLater() async throws {
    let before = DesiredState.sample(content: "RUN echo 1", pipeline: .sample(naming: ["nginx"]))
    let ours = DesiredState.sample(content: "RUN echo 2", pipeline: .sample(naming: ["nginx"]))
    let cloud = try VirtualCloud()
    let early = try await cloud.plan(ours)
    try await cloud.run(before)
    try await cloud.run(ours)
    #expect(
      try await cloud.everything().compactMap(\.address).map(\.description)
        == ["component/nginx@1.0.1", "pipeline/web"])
    #expect(await cloud.apply(early).isComplete)
    #expect(try await cloud.everything().count == 4)
    try await cloud.run(ours)
    try await cloud.run(ours)
    let last = try await cloud.plan(ours)
    #expect(!last.hasChanges && last.deferred == [] && last.warnings == [])
    #expect(try await cloud.everything().count == 2)
  }

  private static func pipeline(_ id: String, _ description: String, made second: String) -> ObservedResource {
    var pipeline = ImagePipeline()
    pipeline.name = "web"
    pipeline.description = description
    // No pipeline that Kiln makes has the digest of nothing.
    pipeline.tags =
      OwnershipTags(
        stack: DesiredState.testStack.tagValue, address: Address(.pipeline, "web"),
        digest: SpecDigest(over: CanonicalBytes()),
        userTags: [:], group: nil, isProtected: false
      ).tags
    return ObservedResource(
      id: id, resource: .pipeline(pipeline), creationTime: "2026-01-02T03:04:0\(second)Z")
  }

  /// Where the service shows fields otherwise than they were sent, the digest tells nothing, but the journal does.
  @Test(arguments: [true, false])
  func whatTheJournalKnowsIsNobodysCopy(_ isKnown: Bool) async throws {
    let cloud = try VirtualCloud()
    let desired = DesiredState.sample(description: "ours")
    try await cloud.run(desired)
    var circumstances = Circumstances()
    if isKnown { circumstances.made = ["ip-orphan"] }
    let observed = ObservedState(
      owned: try await cloud.everything() + [Self.pipeline("ip-orphan", "other words", made: "5")],
      circumstances: circumstances)
    let plan = Plan(from: observed, to: desired)
    #expect(plan.changes.filter { $0.action == .delete }.map(\.before?.id) == (isKnown ? ["ip-orphan"] : []))
    #expect(plan.warnings.map(\.rule) == (isKnown ? [] : ["strange-copy"]))
  }

  /// Two pipelines that a move brings to one address are both somebody's work, though Kiln has made both.
  @Test func whatAMoveBringsToATakenAddressIsLeftAlone() async throws {
    let cloud = try VirtualCloud()
    let both = DesiredState(
      stack: DesiredState.testStack, components: [],
      pipelines: [.sample(), .sample("other", description: "another")])
    try await cloud.run(both)
    let objects = try await cloud.everything()
    var circumstances = Circumstances()
    circumstances.made = Set(objects.map(\.id))
    let moved = DesiredState(
      stack: DesiredState.testStack, components: [], pipelines: [.sample()],
      moves: ["pipeline/other": "pipeline/web"])
    let plan = Plan(from: ObservedState(owned: objects, circumstances: circumstances), to: moved)
    #expect(!plan.hasChanges)
    #expect(plan.warnings.map(\.rule) == ["strange-copy"])
  }

  @Test func theJournalNamesWhatItsOwnCreationsMade() {
    let lines = """
      {"address":"pipeline/web","id":"ip-1","operation":"CreateImagePipeline","outcome":"done","run":"r","time":"t"}
      {"address":"pipeline/web","id":"ip-2","operation":"Find","outcome":"done","run":"r","time":"t"}
      {"address":"pipeline/web","operation":"CreateImagePipeline","run":"r","time":"t"}
      """
    #expect(JournalEntry.made(JournalEntry.read(Array(lines.utf8))) == ["ip-1"])
  }
}
