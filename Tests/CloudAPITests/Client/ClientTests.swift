// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Testing

/// What one call does over its attempts.
struct ClientTests {
  @Test func requestIsWhatTheInterfaceWants() async throws {
    let transport = ScriptedTransport([.answer(200, #"{"RequestId":"R-1","ImageComponentId":"ic-1"}"#)])
    let client = CloudClient.testing(transport, traceParent: "00-abc-def-01")
    let reply = try await client.send(
      Call("CreateImageComponent", [("Content", "RUN a b\n"), ("ClientToken", "t")], kind: .create))
    #expect(reply.requestID == "R-1")
    #expect(reply["ImageComponentId"] == "ic-1")
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://ecs.cn-beijing.aliyuncs.com/?RegionId=cn-beijing")
    #expect(String(decoding: request.body, as: UTF8.self) == "Content=RUN%20a%20b%0A&ClientToken=t")
    #expect(request.header("x-acs-version") == "2014-05-26")
    #expect(request.header("x-acs-action") == "CreateImageComponent")
    #expect(request.header("traceparent") == "00-abc-def-01")
    #expect(request.header("accept") == "application/json")
    #expect(request.header("x-acs-date") == "2026-01-02T03:03:00Z")
    #expect(request.isSignedRightly(with: .testing))
  }

  @Test func eachAttemptIsSignedAnew() async throws {
    let transport = ScriptedTransport([.failure(.noAnswer("x")), .error(500, "InternalError")])
    let client = CloudClient.testing(transport)
    _ = try await client.send(Call("CreateImageComponent", [("ClientToken", "t")], kind: .create))
    #expect(transport.requests.count == 3)
    #expect(Set(transport.requests.map { $0.header("authorization") }).count == 3)
    #expect(Set(transport.requests.map(\.body)).count == 1)
    for request in transport.requests { #expect(request.isSignedRightly(with: .testing)) }
  }

  @Test func temporaryCredentialsBringTheirToken() async throws {
    let credentials = Credentials(
      accessKeyID: "STS.x", accessKeySecret: RedactedSecret("s"), securityToken: RedactedSecret("tok+/="))
    let transport = ScriptedTransport([])
    let client = CloudClient.testing(transport, credentials: FixedCredentials(credentials))
    _ = try await client.send(Call("DescribeRegions", kind: .read))
    let request = try #require(transport.requests.first)
    #expect(request.header("x-acs-security-token") == "tok+/=")
    #expect(request.header("authorization")?.contains("x-acs-security-token") == true)
    #expect(request.header("content-type") == nil)
    #expect(request.isSignedRightly(with: credentials))
  }

  @Test func serversClockIsTakenForAllLaterCalls() async throws {
    let late: [Parameter] = [("Date", "Fri, 02 Jan 2026 04:03:00 GMT")]
    let transport = ScriptedTransport([.error(400, "InvalidTimeStamp.Expired", headers: late)])
    let client = CloudClient.testing(transport)
    _ = try await client.send(Call("DescribeRegions", kind: .read))
    _ = try await client.send(Call("DescribeRegions", kind: .read))
    #expect(
      transport.requests.map { $0.header("x-acs-date") } == [
        "2026-01-02T03:03:00Z", "2026-01-02T04:03:00Z", "2026-01-02T04:03:00Z",
      ])
  }

  @Test func rejectedCredentialsAreFetchedAnew() async throws {
    let transport = ScriptedTransport([.error(400, "InvalidSecurityToken.Expired")])
    let client = CloudClient.testing(transport, credentials: Rotating())
    _ = try await client.send(Call("DescribeRegions", kind: .read))
    #expect(
      transport.requests.map { $0.header("authorization")?.contains("Credential=new,") } == [false, true])
  }

  @Test func definiteRefusalAfterALostAnswerSaysSo() async {
    let transport = ScriptedTransport([.failure(.noAnswer("x")), .error(403, "QuotaExceed.ImageComponent")])
    let failure = await failure(of: .create, transport)
    guard case .refused(let error) = failure else { return #expect(failure == nil) }
    #expect(error.followsLostAnswer)
    #expect(error.code == "QuotaExceed.ImageComponent")
  }

  @Test func createThatIsAnsweredWithoutAnIdIsSentAgainUnderItsToken() async throws {
    let transport = ScriptedTransport([.ok, .answer(200, #"{"RequestId":"R-1","ImageComponentId":"ic-1"}"#)])
    let call = Call(
      "CreateImageComponent", [("ClientToken", "t")], kind: .create, shape: .text("ImageComponentId"))
    let reply = try await CloudClient.testing(transport).send(call)
    #expect(reply["ImageComponentId"] == "ic-1")
    #expect(transport.requests.map { $0.parameters["ClientToken"] } == ["t", "t"])
  }

  @Test func noCredentialsAfterALostAnswerLeaveTheOutcomeUnknown() async {
    let transport = ScriptedTransport([
      .failure(.noAnswer("x")), .failure(.noAnswer("x")), .error(404, "InvalidAccessKeyId.NotFound"),
    ])
    guard case .refused(let error) = await failure(of: .create, transport) else {
      return #expect(Bool(false))
    }
    #expect(error.followsLostAnswer)
  }

  @Test func throttledCallWaitsForTheNextMinuteRatherThanFail() async throws {
    let time = VirtualTime()
    let throttled = ScriptedTransport.Entry.error(400, "Throttling.User")
    let transport = ScriptedTransport(Array(repeating: throttled, count: 60), time: time)
    let client = CloudClient.testing(transport, time: time)
    _ = try await client.send(Call("CreateImageComponent", [("ClientToken", "t")], kind: .create))
    #expect(transport.requests.count == 61)
    #expect(time.elapsed < .seconds(61))
  }

  @Test func namedPauseIsKept() async throws {
    let time = VirtualTime()
    let transport = ScriptedTransport([
      .error(400, "Throttling.User", headers: [("x-acs-retry-after", "37000")])
    ])
    let client = CloudClient.testing(transport, time: time)
    _ = try await client.send(Call("DescribeRegions", kind: .read))
    #expect(time.elapsed == .seconds(37))
  }

  @Test func waitsThatTheServiceAsksForAreNotChargedToTheCall() async throws {
    let time = VirtualTime()
    let wait = ScriptedTransport.Entry.error(400, "Throttling", headers: [("x-acs-retry-after", "100000")])
    let client = CloudClient.testing(ScriptedTransport(Array(repeating: wait, count: 8)), time: time)
    _ = try await client.send(Call("DescribeRegions", kind: .read))
    #expect(time.elapsed == .seconds(800))
  }

  @Test func pauseBeyondTheDeadlineIsNotBegun() async {
    let time = VirtualTime()
    let transport = ScriptedTransport([
      .error(400, "Throttling.User", headers: [("x-acs-retry-after", "1900000")])
    ])
    let failure = await failure(of: .read, transport, time: time)
    guard case .throttled = failure else { return #expect(failure == nil) }
    #expect(time.elapsed == .zero)
  }

  @Test func budgetOfTheRunEndsRepetition() async {
    let transport = ScriptedTransport([], rest: .error(500, "InternalError"))
    let client = CloudClient.testing(transport, budget: RetryBudget(repetitions: 12))
    for _ in 0..<5 { _ = try? await client.send(Call("DescribeRegions", kind: .read)) }
    #expect(transport.requests.count == 5 + 12)
  }

  @Test func cancellationBetweenAttemptsOfAWriteLeavesTheOutcomeUnknown() async {
    let transport = ScriptedTransport([], rest: .failure(.noAnswer("x")))
    let client = CloudClient.testing(transport, time: VirtualTime())
    let failure = await withTaskGroup(of: CallFailure?.self) { group in
      group.addTask {
        do throws(CallFailure) {
          _ = try await client.send(Call("A", [("ClientToken", "t")], kind: .create))
          return nil
        } catch { return error }
      }
      group.cancelAll()
      return await group.next() ?? nil
    }
    // Cancelled before anything was sent, or after: never success, never a plain failure to reach the service.
    switch failure {
    case .cancelled, .outcomeUnknown: break
    default: Issue.record("\(String(describing: failure))")
    }
  }

  private func failure(
    of kind: Call.Kind, _ transport: ScriptedTransport, time: VirtualTime = VirtualTime()
  ) async -> CallFailure? {
    do throws(CallFailure) {
      _ = try await CloudClient.testing(transport, time: time)
        .send(Call("A", [("ClientToken", "t")], kind: kind))
      return nil
    } catch { return error }
  }
}

/// Old credentials until they are rejected.
private struct Rotating: CredentialSource {
  let name = "rotating"

  func credentials() async throws(CredentialFailure) -> Credentials {
    Credentials(accessKeyID: "old", accessKeySecret: RedactedSecret("o"))
  }

  func credentials(replacing rejected: Credentials) async throws(CredentialFailure) -> Credentials {
    Credentials(accessKeyID: "new", accessKeySecret: RedactedSecret("n"))
  }
}

extension HTTPRequest {
  /// Whether a server that knows `credentials` accepts the signature.
  func isSignedRightly(with credentials: Credentials) -> Bool {
    guard let header = header("authorization"),
      let authorization = SignatureV3.Authorization(parsing: header),
      Set(headers.map(\.name).filter(SignatureV3.signs)) == Set(authorization.signedHeaders)
    else { return false }
    let expected = SignatureV3.authorization(
      accessKeyID: credentials.accessKeyID, secret: credentials.accessKeySecret, method: method,
      query: PercentEncoding.decodeForm(query.utf8),
      headers: headers.filter { authorization.signedHeaders.contains($0.name) },
      bodyHash: SignatureV3.bodyHash(body))
    return expected == header
  }
}
