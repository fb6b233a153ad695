// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Synchronization
import Testing

/// Lists that come page by page.
struct PagesTests {
  @Test func pagesGoOnWhileThereIsAToken() async throws {
    let transport = ScriptedTransport([
      .answer(200, #"{"NextToken":"p2","N":1}"#), .answer(200, #"{"NextToken":"p3","N":2}"#),
      .answer(200, #"{"NextToken":"","N":"3"}"#),
    ])
    #expect(try await numbers(through: transport) == [1, 2, 3])
    #expect(transport.requests.map { $0.parameters["NextToken"] } == [nil, "p2", "p3"])
    #expect(transport.requests.allSatisfy { $0.parameters["MaxResults"] == "500" })
    #expect(transport.requests.allSatisfy { $0.parameters["Tag.1.Key"] == "k" })
  }

  @Test(arguments: [#"{}"#, #"{"NextToken":null}"#, #"{"NextToken":""}"#])
  func lastPageHasNoToken(body: String) async throws {
    let transport = ScriptedTransport([.answer(200, body)])
    _ = try await CloudClient.testing(transport).list(list, pageSize: nil) { _ in [0] }
    #expect(transport.requests.count == 1)
    #expect(transport.requests.first?.parameters["MaxResults"] == nil)
  }

  @Test func listThatBreaksOffThrows() async {
    let transport = ScriptedTransport([
      .answer(200, #"{"NextToken":"p2"}"#), .error(403, "Forbidden.RAM"),
    ])
    await #expect(throws: CallFailure.self) {
      _ = try await numbers(through: transport)
    }
  }

  /// What the first pages showed may be gone when the list begins anew.
  @Test func expiredTokenBeginsTheListAnew() async throws {
    let transport = ScriptedTransport([
      .answer(200, #"{"NextToken":"p2","N":1}"#), .error(403, "Invalid.NextToken"),
      .answer(200, #"{"NextToken":"q2","N":2}"#), .answer(200, #"{"NextToken":"","N":3}"#),
    ])
    #expect(try await numbers(through: transport) == [2, 3])
    #expect(transport.requests.map { $0.parameters["NextToken"] } == [nil, "p2", nil, "q2"])
  }

  @Test func tokensThatAlwaysExpireEndTheList() async {
    let pair: [ScriptedTransport.Entry] = [
      .answer(200, #"{"NextToken":"p2"}"#), .error(403, "Invalid.NextToken"),
    ]
    let transport = ScriptedTransport(pair + pair + pair)
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await numbers(through: transport)
    }
    #expect(failure?.description.hasPrefix("Invalid.NextToken (HTTP 403, DescribeImageComponents)") == true)
    #expect(transport.requests.count == 6)
  }

  @Test func listWithoutEndThrows() async {
    let count = Mutex(0)
    let failure = await #expect(throws: CallFailure.self) {
      let endless = Endless {
        count.withLock {
          $0 += 1; return $0
        }
      }
      _ = try await numbers(through: endless)
    }
    #expect(
      failure?.description
        == "the answer of ecs.cn-beijing.aliyuncs.com to DescribeImageComponents (HTTP 200) can't be read, tried once: "
        + "its list goes on after 5000 pages [request R]")
  }

  /// A service that always has one more page.
  private struct Endless: Transport {
    let next: @Sendable () -> Int

    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
      HTTPAnswer(status: 200, body: Array(#"{"RequestId":"R","NextToken":"p\#(next())"}"#.utf8))
    }
  }

  @Test func tokenThatLeadsNowhereThrows() async {
    let transport = ScriptedTransport([], rest: .answer(200, #"{"RequestId":"R","NextToken":"p"}"#))
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await numbers(through: transport)
    }
    #expect(failure?.description.contains("[request R]") == true)
    #expect(transport.requests.count == 2)
  }

  private func numbers(through transport: any Transport) async throws(CallFailure) -> [Int?] {
    try await CloudClient.testing(transport).list(list) { [$0["N"]?.integer] }
  }

  private var list: Call { Call("DescribeImageComponents", [("Tag.1.Key", "k")], kind: .read) }
}
