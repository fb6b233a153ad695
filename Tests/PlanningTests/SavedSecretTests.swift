// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Planning
import Resources
import Testing

/// A saved plan holds no sensitive value, and takes back only the one that it was made with.
@Suite struct SavedSecretTests {
  private static let secret = "hunter2-Qx81"

  private func plan(
    _ pipeline: ImagePipeline, build: Composition? = nil, sensitive: Set<String>
  ) -> SavedPlan {
    var provenance = World.nowhere
    provenance.sensitive = sensitive
    let desired = DesiredState(
      stack: World.stack, components: [],
      pipelines: [DesiredPipeline(name: "web", resource: pipeline, build: build, provenance: provenance)])
    let observed = ObservedState(owned: [])
    return SavedPlan(
      Plan(from: observed, to: desired),
      binding: SavedPlan.Binding(
        account: nil, regionID: "cn-hangzhou", endpoint: "embedded", folder: "f",
        createdAt: "2026-01-02T03:04:05Z", expiresAt: nil, kilnVersion: "0"),
      lookedUp: NamesToLookUp(components: [], pipelines: []), observed: observed)
  }

  private func pipeline(_ change: (inout ImagePipeline) -> Void) -> ImagePipeline {
    var pipeline = ImagePipeline()
    pipeline.name = "web"
    pipeline.baseImageType = "IMAGE"
    pipeline.baseImage = "m-1"
    change(&pipeline)
    return pipeline
  }

  private func expectRoundTrip(_ saved: SavedPlan, _ value: String) throws {
    let json = try saved.json(hiding: ["password": value, "unused": "something else"])
    for line in value.split(separator: "\n") { #expect(!json.text.contains(line)) }
    #expect(SavedPlan.secrets(of: json).map(\.name) == ["password"])
    let again = try SavedPlan(json: try SavedPlan.revealed(json) { $0 == "password" ? value : nil })
    #expect(again.plan.changes.map(\.after) == saved.plan.changes.map(\.after))
    #expect(again.plan.steps.map(\.work) == saved.plan.steps.map(\.work))
  }

  @Test func aFieldIsPutBack() throws {
    try expectRoundTrip(
      plan(pipeline { $0.description = Self.secret }, sensitive: ["description"]), Self.secret)
  }

  /// Together with what follows it, the last character of the value is another character.
  @Test(arguments: ["\u{301}", "\u{FE0F}", "\u{200D}"])
  func aValueBeforeACombiningMarkIsPutBack(_ mark: String) throws {
    let saved = plan(pipeline { $0.description = Self.secret + mark }, sensitive: ["description"])
    let json = try saved.json(hiding: ["password": Self.secret])
    #expect(!json.text.utf8.contains(Array(Self.secret.utf8)))
    let again = try SavedPlan(json: try SavedPlan.revealed(json) { _ in Self.secret })
    #expect(again.plan.changes.map(\.after) == saved.plan.changes.map(\.after))
  }

  @Test func aTagIsPutBack() throws {
    try expectRoundTrip(
      plan(pipeline { $0.tags = ["token": Self.secret, "team": "web"] }, sensitive: ["tags"]), Self.secret)
  }

  @Test func aPartOfAContentIsPutBack() throws {
    try expectRoundTrip(
      plan(
        pipeline { $0.buildContent = "ENV A=\"\(Self.secret)\"\nRUN echo \(Self.secret)" },
        sensitive: ["buildContent"]), Self.secret)
  }

  @Test func aPartOfAStepIsPutBack() throws {
    let build = Composition([.command("RUN login \(Self.secret)"), .command("RUN echo 1")])
    try expectRoundTrip(plan(pipeline { _ in }, build: build, sensitive: ["buildContent"]), Self.secret)
  }

  @Test func anIndentedValueOfSeveralLinesIsPutBack() throws {
    let value = "-----BEGIN KEY-----\nMIIEvQIBADAN\n-----END KEY-----"
    let indented = value.replacing("\n", with: "\n        ")
    try expectRoundTrip(
      plan(pipeline { $0.buildContent = "text: |\n        \(indented)\n" }, sensitive: ["buildContent"]),
      value)
  }

  @Test func whatCantBeTakenOutKeepsThePlanFromBeingSaved() {
    let saved = plan(pipeline { $0.description = "reversed: 18xQ-2retnuh" }, sensitive: ["description"])
    #expect(throws: SavedPlanFailure.self) { try saved.json(hiding: ["password": Self.secret]) }
    let half = plan(
      pipeline { $0.buildContent = "RUN one two three\nRUN second line" }, sensitive: ["buildContent"])
    #expect(throws: SavedPlanFailure.self) {
      try half.json(hiding: ["password": "one two three\nsecond line"])
    }
  }

  @Test(arguments: [nil, "another", ""])
  func onlyTheValueThatThePlanWasMadeWithIsTaken(_ value: String?) throws {
    let saved = plan(pipeline { $0.description = Self.secret }, sensitive: ["description"])
    let json = try saved.json(hiding: ["password": Self.secret])
    #expect(throws: SavedPlanFailure.self) { try SavedPlan.revealed(json) { _ in value } }
  }

  @Test func aPlanWithoutSecretsIsAsItWas() throws {
    let saved = plan(pipeline { _ in }, sensitive: [])
    #expect(try saved.json(hiding: ["password": Self.secret]) == saved.json)
    #expect(try SavedPlan.revealed(saved.json) { _ in nil } == saved.json)
  }

  @Test func whatIsShownHidesThePlaceholderToo() throws {
    let saved = plan(pipeline { $0.description = Self.secret }, sensitive: ["description"])
    let shown = try SavedPlan(json: try saved.json(hiding: ["password": Self.secret])).plan
    let text = shown.text(ink: Ink(isColoured: false))
    #expect(text.contains("description   = (sensitive)\n"), "\(text)")
    #expect(!text.contains("password"))
  }
}
