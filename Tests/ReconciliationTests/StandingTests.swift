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
}
