// SPDX-License-Identifier: Apache-2.0

import Reconciliation
import Resources
import Testing

/// Which versions stood when, as the journal tells.
@Suite struct StandingTests {
  private func line(_ time: Int, _ operation: String, _ address: String, _ id: String, _ more: String = "")
    -> String
  {
    #"{"time":"T\#(time)","run":"r","phase":"outcome","operation":"\#(operation)","address":"\#(address)","#
      + #""id":"\#(id)","outcome":"done"\#(more)}"# + "\n"
  }

  private func standings(_ lines: String...) -> [Standing] {
    JournalEntry.standings(JournalEntry.read(Array(lines.joined().utf8)))
  }

  @Test func oneVersionFollowsTheOther() {
    let found = standings(
      line(1, "CreateImageComponent", "component/nginx@1.0.0", "ic-1"),
      line(2, "CreateImageComponent", "component/nginx@1.0.1", "ic-2"),
      line(3, "DeleteImageComponent", "component/nginx@1.0.0", "ic-1"))
    #expect(found.map(\.id) == ["ic-1", "ic-2"])
    #expect(found.map(\.version) == ["1.0.0", "1.0.1"])
    #expect(found.map(\.since) == ["T1", "T2"])
    #expect(found.map(\.until) == ["T3", nil])
  }

  @Test func aPipelineStandsUnderTheVersionOfItsManifest() {
    let found = standings(line(1, "CreateImagePipeline", "pipeline/web", "ip-1", #","version":"2.0.0""#))
    #expect(found.map(\.version) == ["2.0.0"])
  }

  @Test func aReplayIsNoSecondObject() {
    let found = standings(
      line(1, "CreateImagePipeline", "pipeline/web", "ip-1"),
      line(2, "CreateImagePipeline", "pipeline/web", "ip-1"))
    #expect(found.map(\.since) == ["T1"])
  }

  @Test func whatIsAdoptedAndForgottenStoodInBetween() {
    let found = standings(
      line(1, "Adopt", "pipeline/web", "ip-1"), line(2, "Forget", "pipeline/web", "ip-1"),
      line(3, "Adopt", "pipeline/web", "ip-1"))
    #expect(found.map(\.since) == ["T1", "T3"])
    #expect(found.map(\.until) == ["T2", nil])
  }

  @Test func aVersionThatIsChangedInPlaceStoodInBetween() {
    let found = standings(
      line(1, "CreateImagePipeline", "pipeline/web", "ip-1", #","version":"2.0.0""#),
      line(2, "update", "pipeline/web", "ip-1", #","version":"2.0.1""#),
      line(3, "update", "pipeline/web", "ip-1"),
      line(4, "DeleteImagePipeline", "pipeline/web", "ip-1"))
    #expect(found.map(\.version) == ["2.0.0", "2.0.1"])
    #expect(found.map(\.since) == ["T1", "T2"])
    #expect(found.map(\.until) == ["T2", "T4"])
  }

  @Test func whatMovesStoodAtOneAddressAndStandsAtTheOther() {
    let found = standings(
      line(1, "CreateImagePipeline", "pipeline/old", "ip-1", #","version":"2.0.0""#),
      line(2, "update", "pipeline/new", "ip-1"))
    #expect(found.map(\.address.description) == ["pipeline/old", "pipeline/new"])
    #expect(found.map(\.version) == ["2.0.0", "2.0.0"])
    #expect(found.map(\.until) == ["T2", nil])
  }

  private func intent(_ time: Int, run: String, _ operation: String, _ address: String) -> String {
    #"{"time":"T\#(time)","run":"\#(run)","phase":"intent","operation":"\#(operation)","address":"\#(address)"}"#
      + "\n"
  }

  @Test func anIntentIsToldWhereNoOutcomeFollowsIt() {
    let entries = JournalEntry.read(
      Array(
        (intent(1, run: "killed", "CreateImagePipeline", "pipeline/web")
          + intent(2, run: "r", "CreateImagePipeline", "pipeline/web")
          + line(3, "CreateImagePipeline", "pipeline/web", "ip-1")
          + intent(4, run: "r", "DeleteImagePipeline", "pipeline/web")).utf8))
    #expect(JournalEntry.told(entries).map(\.time) == ["T1", "T3", "T4"])
  }

  @Test func whatAKilledRunMadeIsFoundOnce() {
    let journal = intent(1, run: "killed", "CreateImagePipeline", "pipeline/web")
    var pipeline = ImagePipeline()
    pipeline.tags =
      OwnershipTags(
        stack: "s/t", address: Address(.pipeline, "web"), digest: SpecDigest(of: pipeline), userTags: [:],
        isProtected: false
      ).tags
    let owned = ["ip-1", "ip-2"].map { id in
      ObservedResource(id: id, resource: .pipeline(pipeline), creationTime: "2026-01-02T03:04:05Z")
    }
    func found(_ lines: String...) -> [String] {
      JournalEntry.found(owned, after: JournalEntry.read(Array(lines.joined().utf8))).compactMap(\.id)
    }
    #expect(found() == [])
    #expect(found(journal) == ["ip-1", "ip-2"])
    let noted = line(2, "Find", "pipeline/web", "ip-1")
    #expect(found(journal, noted) == ["ip-2"])
    #expect(standings(journal, noted).map(\.since) == ["T2"])
  }
}
