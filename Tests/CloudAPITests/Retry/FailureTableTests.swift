// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CloudAPI

/// The failure table row by row: what is done next, for each kind of call.
struct FailureTableTests {
  /// An outcome, and what follows for a read and for a create when it never stops.
  struct Row: Sendable, CustomTestStringConvertible {
    let entry: ScriptedTransport.Entry
    let verdict: Verdict
    let effect: Effect
    let ends: (read: End, create: End)

    init(
      _ entry: ScriptedTransport.Entry, _ verdict: Verdict, _ effect: Effect,
      _ read: End, _ create: End
    ) {
      self.entry = entry
      self.verdict = verdict
      self.effect = effect
      ends = (read, create)
    }

    var testDescription: String { "\(entry)" }
  }

  enum End: Sendable {
    case refused, lost, unreachable, throttled, malformed, cancelled
  }

  static let rows: [Row] = [
    Row(.error(400, "Throttling"), .slowDown, .none, .throttled, .throttled),
    Row(.error(400, "Throttling.User"), .slowDown, .none, .throttled, .throttled),
    Row(.error(503, "Throttling.Api"), .slowDown, .none, .throttled, .throttled),
    Row(
      .error(503, "Odd", headers: [("x-acs-retry-after", "500")]), .slowDown, .possible,
      .throttled, .lost),
    Row(.error(429, "TooMany"), .slowDown, .none, .throttled, .throttled),
    Row(.answer(429, "<html>"), .slowDown, .none, .throttled, .throttled),
    Row(.error(400, "SignatureNonceUsed"), .signAgain, .possible, .unreachable, .lost),
    Row(
      .error(400, "InvalidTimeStamp.Expired"), .correctClock, .none, .refused, .refused),
    Row(.error(400, "IllegalTimestamp"), .correctClock, .none, .refused, .refused),
    Row(.error(400, "SignatureDoesNotMatch"), .renewCredentials, .none, .refused, .refused),
    Row(
      .error(404, "InvalidAccessKeyId.NotFound"), .renewCredentials, .none, .refused, .refused),
    Row(
      .error(400, "InvalidAccessKeyId.Inactive"), .renewCredentials, .none, .refused, .refused),
    Row(
      .error(400, "InvalidSecurityToken.Expired"), .renewCredentials, .none, .refused, .refused),
    Row(.error(400, "MissingSecurityToken"), .renewCredentials, .none, .refused, .refused),
    Row(
      .error(
        400, "InvalidParameter",
        message: "The specified parameter 'SecurityToken.Expired' is not valid."),
      .renewCredentials, .none, .refused, .refused),
    Row(.error(403, "IdempotentProcessing"), .later, .possible, .unreachable, .lost),
    Row(.error(403, "LastTokenProcessing"), .later, .possible, .unreachable, .lost),
    Row(.error(409, "OperationConflict"), .later, .none, .refused, .refused),
    Row(.error(500, "InternalError"), .again, .possible, .unreachable, .lost),
    Row(.error(400, "UnknownError"), .again, .possible, .unreachable, .lost),
    Row(.error(503, "ServiceUnavailable"), .again, .possible, .unreachable, .lost),
    Row(
      .error(503, "ServiceUnavailable.RegionMaintaining"), .again, .possible, .unreachable, .lost),
    Row(.error(502, "Odd"), .again, .possible, .unreachable, .lost),
    Row(.error(408, "Odd"), .again, .possible, .unreachable, .lost),
    Row(.error(400, "MissingParameter"), .giveUp, .none, .refused, .refused),
    Row(.error(403, "Forbidden.RAM"), .giveUp, .none, .refused, .refused),
    Row(.error(400, "IncompleteSignature"), .giveUp, .none, .refused, .refused),
    Row(.error(400, "InvalidTimeStamp.Format"), .giveUp, .none, .refused, .refused),
    Row(.error(400, "IdempotentParameterMismatch"), .giveUp, .none, .refused, .refused),
    Row(.error(404, "InvalidRegionId.NotFound"), .giveUp, .none, .refused, .refused),
    Row(.error(200, "Forbidden.RAM"), .giveUp, .none, .refused, .refused),
    Row(.error(200, "InternalError"), .again, .possible, .unreachable, .lost),
    Row(.error(200, "Throttling.User"), .slowDown, .none, .throttled, .throttled),
    Row(.answer(200, "<html>portal</html>"), .again, .possible, .malformed, .lost),
    Row(.answer(200, ""), .again, .possible, .malformed, .lost),
    Row(.answer(200, #"{"Cut":"#), .again, .possible, .malformed, .lost),
    Row(.answer(200, "[]"), .again, .possible, .malformed, .lost),
    Row(.answer(502, "<html>bad gateway</html>"), .again, .possible, .malformed, .lost),
    Row(.answer(408, ""), .again, .possible, .malformed, .lost),
    Row(.answer(403, "<html>blocked</html>"), .giveUp, .none, .malformed, .malformed),
    Row(.answer(302, ""), .giveUp, .none, .malformed, .malformed),
    Row(.answer(400, #"{"RequestId":"R"}"#), .giveUp, .none, .malformed, .malformed),
    Row(.failure(.notSent("x")), .again, .none, .unreachable, .unreachable),
    Row(.failure(.untrusted("x")), .giveUp, .none, .unreachable, .unreachable),
    Row(.failure(.noAnswer("x")), .again, .possible, .unreachable, .lost),
    Row(.failure(.tooLarge(1)), .giveUp, .possible, .unreachable, .lost),
    Row(.failure(.cancelled), .giveUp, .possible, .cancelled, .lost),
  ]

  @Test(arguments: rows)
  func verdictIsThatOfTheTable(_ row: Row) async {
    let outcome: AttemptOutcome
    do throws(TransportFailure) {
      let request = HTTPRequest(endpoint: Endpoint(host: "h"), method: "POST", timeout: .seconds(1))
      outcome = AttemptOutcome(reading: try await ScriptedTransport([row.entry]).send(request))
    } catch {
      outcome = .noAnswer(error)
    }
    let rule = RetryRule.deciding(outcome)
    #expect(rule.verdict == row.verdict)
    #expect(rule.effect == row.effect)
  }

  @Test func everyRowDecidesOnSomething() async {
    var used: Set<RetryRule.Match> = []
    for row in Self.rows {
      let request = HTTPRequest(endpoint: Endpoint(host: "h"), method: "POST", timeout: .seconds(1))
      do throws(TransportFailure) {
        let answer = try await ScriptedTransport([row.entry]).send(request)
        used.insert(RetryRule.deciding(AttemptOutcome(reading: answer)).match)
      } catch {
        used.insert(RetryRule.deciding(.noAnswer(error)).match)
      }
    }
    #expect(Set(RetryRule.table.map(\.match)).subtracting(used) == [])
  }

  @Test(arguments: rows)
  func readEndsSo(_ row: Row) async { await expect(row.ends.read, of: row, kind: .read) }

  @Test(arguments: rows)
  func createEndsSo(_ row: Row) async { await expect(row.ends.create, of: row, kind: .create) }

  @Test(arguments: rows)
  func successAfterOneFailureIsReachedWhereTheTableSaysSo(_ row: Row) async {
    let time = VirtualTime()
    let transport = ScriptedTransport([row.entry])
    let client = CloudClient.testing(transport, time: time)
    let reply = try? await client.send(Call("A", [("ClientToken", "t")], kind: .create))
    let repeats: Set<Verdict> = [.again, .later, .signAgain, .slowDown]
    #expect((reply != nil) == repeats.contains(row.verdict))
    let tokens = Set(transport.requests.map { $0.parameters["ClientToken"] })
    let nonces = Set(transport.requests.map { $0.header("x-acs-signature-nonce") })
    #expect(tokens == ["t"])
    #expect(nonces.count == transport.requests.count)
  }

  private func expect(_ end: End, of row: Row, kind: Call.Kind) async {
    let time = VirtualTime()
    let transport = ScriptedTransport([], rest: row.entry, taking: .milliseconds(10), time: time)
    let client = CloudClient.testing(
      transport, time: time, policy: RetryPolicy(throttledDeadline: .seconds(300)))
    do {
      _ = try await client.send(Call("A", [("ClientToken", "t")], kind: kind))
      Issue.record("it succeeded")
    } catch {
      switch (error, end) {
      case (.refused, .refused), (.outcomeUnknown, .lost), (.unreachable, .unreachable),
        (.throttled, .throttled), (.malformedReply, .malformed), (.cancelled, .cancelled):
        break
      default: Issue.record("\(error), not \(end)")
      }
    }
    #expect(time.elapsed <= .seconds(301))
    if row.verdict == .giveUp { #expect(transport.requests.count == 1) }
  }
}
