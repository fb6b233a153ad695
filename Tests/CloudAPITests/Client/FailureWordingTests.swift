// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Testing

/// Failures say which call it was, who was asked, how often, and what happened last.
struct FailureWordingTests {
  private static let host = "ecs.cn-beijing.aliyuncs.com"

  @Test(arguments: [
    (
      ScriptedTransport.Entry.error(403, "Forbidden.RAM"),
      "Forbidden.RAM (HTTP 403, DescribeRegions): m [request R-ERR]"
    ),
    (
      .error(500, "InternalError"),
      "\(host) can't serve calls, tried 10 times: InternalError (HTTP 500, DescribeRegions): m [request R-ERR]"
    ),
    (
      .answer(403, "Forbidden"),
      "the answer of \(host) to DescribeRegions (HTTP 403) can't be read, tried once: "
        + "it is not JSON (line 1, column 1: expected a value): \"Forbidden\""
    ),
    (.failure(.notSent("x")), "\(host) can't be reached for DescribeRegions, tried 10 times: x"),
    (.failure(.noAnswer("x")), "\(host) has not answered DescribeRegions, tried 10 times: x"),
    (.failure(.untrusted("x")), "\(host) is not trusted: x"),
    (.failure(.tooLarge(9)), "the answer of \(host) to DescribeRegions is longer than 9 bytes"),
  ])
  func readFailsSo(_ entry: ScriptedTransport.Entry, _ text: String) async {
    #expect(await failure(of: Call("DescribeRegions", kind: .read), entry) == text)
  }

  @Test func lostWriteSaysHowOftenItWasSent() async {
    let call = Call("CreateImageComponent", [("ClientToken", "t")], kind: .create)
    #expect(
      await failure(of: call, .failure(.noAnswer("the connection was closed")))
        == "CreateImageComponent may or may not have been carried out, tried 10 times: "
        + "no answer: the connection was closed")
  }

  @Test func serviceThatNeverAnswersIsGivenUpSooner() async {
    let time = VirtualTime()
    let transport = ScriptedTransport(
      [], rest: .failure(.noAnswer("x")), taking: .seconds(30), time: time)
    let client = CloudClient.testing(transport, time: time)
    _ = try? await client.send(Call("DescribeRegions", kind: .read))
    #expect(transport.requests.allSatisfy { $0.timeout >= .seconds(3) })
    #expect(transport.requests.count == 4)
  }

  @Test func serviceThatHasAnsweredOnceIsWaitedForLonger() async {
    let time = VirtualTime()
    let transport = ScriptedTransport(
      [.ok], rest: .failure(.noAnswer("x")), taking: .seconds(30), time: time)
    let client = CloudClient.testing(transport, time: time)
    _ = try? await client.send(Call("DescribeRegions", kind: .read))
    _ = try? await client.send(Call("DescribeRegions", kind: .read))
    #expect(transport.requests.count > 8)
  }

  private func failure(of call: Call, _ entry: ScriptedTransport.Entry) async -> String? {
    do throws(CallFailure) {
      _ = try await CloudClient.testing(ScriptedTransport([], rest: entry)).send(call)
      return nil
    } catch { return error.description }
  }
}
