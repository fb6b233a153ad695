// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Testing

@testable import EmulatedCloud

/// The small parts that stand alone.
@Suite struct PartsTests {
  @Test func aNonceIsAdmittedOnceInItsLifetime() {
    var nonces = Nonces(lifetime: 1000)
    let arrivals: [(String, Int64)] = [
      ("a", 10_000), ("a", 10_000), ("a", 11_000), ("b", 11_000), ("a", 13_000),
    ]
    let admitted = arrivals.map { nonces.admit($0, at: $1) }
    #expect(admitted == [true, false, false, true, true])
  }

  @Test func identifiersAreLowerCaseLettersAndDigits() {
    let identifiers = Identifiers(entropy: EmulatorConfiguration.test().entropy)
    let made = (0..<1000).map { _ in identifiers.make("ic-") }
    #expect(Set(made).count == 1000)
    #expect(made.allSatisfy { $0.wholeMatch(of: /ic-[a-z0-9]{20}/) != nil })
    #expect(identifiers.requestID().wholeMatch(of: /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/) != nil)
  }

  @Test func xmlRepeatsTheElementsOfAList() {
    let value: JSONValue = ["List": ["Item": ["a<b", "c\u{1}\r"]], "Flag": true, "None": nil, "Count": 2]
    #expect(
      XMLText(value, root: "Answer").text
        == "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Answer><Count>2</Count><Flag>true</Flag><List>"
        + "<Item>a&lt;b</Item><Item>c\u{FFFD}&#13;</Item></List><None/></Answer>")
  }

  @Test func aTimelineIsWrittenAndRead() {
    var timeline = Timeline(
      from: 1000, repairs: true, tests: true, build: .success, test: .success, lasting: { _ in 10 })
    #expect(Timeline(timeline.text) == timeline)
    #expect(timeline.ends == 1060)
    #expect(timeline.imageBegins == 1030)
    #expect(timeline.copiesBegin == 1050)
    timeline.divert(at: 1015, to: [.cancelling, .cancelled], lasting: 5)
    #expect(timeline.text == "PREPARING@1000;REPAIRING@1010;CANCELLING@1015;CANCELLED@1020")
    #expect(timeline.imageBegins == nil)
    #expect(Timeline("DANCING@1") == nil)
    #expect(Timeline("") == nil)
  }

  @Test(arguments: [
    (["RUN : emulate=fail"], ExecutionOutcome.fail), (["", "RUN sh -c \"emulate=hang\""], .hang),
    (["RUN x_emulate=fail"], .success), (["RUN : emulate=nonsense"], .success),
  ]) func aMarkerIsAWordOfItsOwn(texts: [String], outcome: ExecutionOutcome) {
    #expect(OutcomeMarker.outcome(of: texts) == outcome)
  }

  @Test func aRegionHasItsEndpoint() {
    #expect(Region(id: "cn-hangzhou", name: "").endpoint == "ecs-cn-hangzhou.aliyuncs.com")
    #expect(Region(id: "cn-beijing", name: "").endpoint == "ecs.cn-beijing.aliyuncs.com")
  }
}
