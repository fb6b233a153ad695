// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Testing

@testable import EmulatedCloud

/// Over a socket, for what goes wrong goes wrong on the wire.
@Suite struct FaultTests {
  private func withFault(
    _ rules: FaultRule..., body: @escaping @Sendable (TestClient) async throws -> Void
  ) async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.faults = FaultPlan(rules: rules)
    try await withCloud(.socket, configuration, body)
  }

  /// Faults of the first create: whether the client gets an answer, and whether something was made.
  static let faults: [(fault: Fault, verdict: String?, made: Int)] = [
    (.loseRequest, nil, 0),
    (.loseAnswer, nil, 1),
    (.error(status: 503, code: "ServiceUnavailable"), "503 ServiceUnavailable", 0),
    (.errorAfter(status: 500, code: "InternalError"), "500 InternalError", 1),
    (.throttle(retryAfter: 1500), "400 Throttling.User", 0),
    (.cutBody(at: 20), nil, 1),
    (.delay(milliseconds: 50), "200", 1),
    (.duplicate, "200", 2),
  ]

  @Test(arguments: faults.indices) func aFaultDoesWhatItSays(index: Int) async throws {
    let (fault, verdict, made) = Self.faults[index]
    try await withFault(FaultRule(fault, operation: "CreateImageComponent", calls: 1...1)) { cloud in
      let outcome = try? await cloud.call("CreateImageComponent", ["Content": "RUN true"])
      #expect(outcome?.verdict == verdict)
      if fault == .throttle(retryAfter: 1500) { #expect(outcome?.headers["x-acs-retry-after"] == "1500") }
      #expect(try await cloud.call("DescribeImageComponents").components.count == made)
      let second = try await cloud.call("CreateImageComponent", ["Content": "RUN true"])
      #expect(second.verdict == "200")
    }
  }

  @Test func aPageInPlaceOfAnAnswerIsNoJSON() async throws {
    try await withFault(FaultRule(.htmlPage(status: 502), calls: 1...1)) { cloud in
      let outcome = try await cloud.call("DescribeRegions")
      #expect(outcome.status == 502)
      #expect(outcome.headers["content-type"] == "text/html")
      #expect(outcome.json == .null)
    }
  }

  @Test func aCorruptBodyCannotBeRead() async throws {
    try await withFault(FaultRule(.corruptBody, calls: 1...1)) { cloud in
      let outcome = try await cloud.call("DescribeRegions")
      #expect(outcome.status == 200)
      #expect(outcome.json == .null)
    }
  }

  @Test func listsLagBehind() async throws {
    let time = TestTime()
    var configuration = EmulatorConfiguration.test(time)
    configuration.faults = FaultPlan(rules: [FaultRule(.lag(milliseconds: 5000))])
    try await withCloud(.socket, configuration) { cloud in
      let id = try await cloud.call("CreateImageComponent", ["Content": "RUN true"])["ImageComponentId"]
      #expect(try await cloud.call("DescribeImageComponents").components == [])
      time.pass(5000)
      let shown = try await cloud.call("DescribeImageComponents", ["ImageComponentId.1": id]).components
      #expect(shown.count == 1)
    }
  }

  @Test func pageTokensExpire() async throws {
    let rule = FaultRule(.expirePageToken, operation: "DescribeImageComponents", calls: 2...2)
    try await withFault(rule) { cloud in
      for _ in 0..<2 { try await cloud.expect("200", "CreateImageComponent", ["Content": "RUN true"]) }
      let token = try await cloud.call("DescribeImageComponents", ["MaxResults": "1"])["NextToken"]
      try await cloud.expect(
        "403 Invalid.NextToken", "DescribeImageComponents", ["MaxResults": "1", "NextToken": token])
      try await cloud.expect("200", "DescribeImageComponents", ["MaxResults": "1", "NextToken": token])
    }
  }

  @Test func aDuplicateWithATokenMakesOneThing() async throws {
    try await withFault(FaultRule(.duplicate)) { cloud in
      try await cloud.expect("200", "CreateImageComponent", ["Content": "RUN true", "ClientToken": "t"])
      #expect(try await cloud.call("DescribeImageComponents").components.count == 1)
    }
  }

  @Test func theSameSeedGivesTheSameFaults() {
    func rolls(_ seed: UInt64) -> [[Fault]] {
      var dice = FaultDice(FaultPlan(rules: [FaultRule(.loseAnswer, share: 0.2)], seed: seed))
      return (0..<1000).map { _ in dice.roll(for: "CreateImageComponent") }
    }
    #expect(rolls(1) == rolls(1))
    #expect(rolls(1) != rolls(2))
    #expect((150...250).contains(rolls(3).count { !$0.isEmpty }))
  }
}
