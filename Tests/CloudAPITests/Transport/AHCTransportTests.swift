// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import TestSupport
import Testing

/// The transport over real sockets, every way in which an exchange can go wrong included.
struct AHCTransportTests {
  @Test func requestArrivesByteForByte() async throws {
    try await withLoopbackServer { request in
      .answer(
        status: 207, headers: [("X-Acs-Request-Id", "R-1")],
        body: request.method + " " + request.target + " " + (request.header("x-acs-date") ?? "-") + " "
          + (request.header("host") ?? "-") + " " + request.body)
    } do: { port in
      try await AHCTransport.with { transport in
        var request = try request(port)
        request.query = "A=%20b%2Bc"
        request.headers = [("host", "127.0.0.1:\(port)"), ("x-acs-date", "now")]
        request.body = Array("Content=a+b".utf8)
        let answer = try await transport.send(request)
        #expect(answer.status == 207)
        #expect(answer.header("x-acs-request-id") == "R-1")
        #expect(
          String(decoding: answer.body, as: UTF8.self)
            == "POST /?A=%20b%2Bc now 127.0.0.1:\(port) Content=a+b")
      }
    }
  }

  @Test func redirectsAreNotFollowed() async throws {
    try await withLoopbackServer { _ in
      .answer(status: 302, headers: [("Location", "http://127.0.0.1:1/")], body: "")
    } do: { port in
      try await AHCTransport.with { transport in
        let answer = try await transport.send(request(port))
        #expect(answer.status == 302)
      }
    }
  }

  @Test func refusedConnectionSentNothing() async throws {
    let port = try await withLoopbackServer { _ in
      .close
    } do: {
      $0
    }
    try await AHCTransport.with { transport in
      let failure = await #expect(throws: TransportFailure.self) { try await transport.send(request(port)) }
      guard case .notSent = failure else { return #expect(failure == .notSent("")) }
    }
  }

  @Test func unknownNameSentNothing() async throws {
    try await AHCTransport.with { transport in
      let request = HTTPRequest(
        endpoint: Endpoint(host: "nowhere.invalid"), method: "POST", timeout: .seconds(5))
      let failure = await #expect(throws: TransportFailure.self) { try await transport.send(request) }
      guard case .notSent = failure else { return #expect(failure == .notSent("")) }
    }
  }

  @Test(arguments: [
    LoopbackAnswer.close,
    .bytes("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"Cut\":"),
    .bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{\"Cut\":"),
    .bytes("garbage\r\n\r\n"),
    .silence,
  ])
  func lostAnswerIsSaidToBeLost(_ behaviour: LoopbackAnswer) async throws {
    try await withLoopbackServer { _ in
      behaviour
    } do: { port in
      try await AHCTransport.with { transport in
        let failure = await #expect(throws: TransportFailure.self) {
          try await transport.send(request(port, timeout: .milliseconds(300)))
        }
        guard case .noAnswer = failure else { return #expect(failure == .noAnswer("")) }
      }
    }
  }

  @Test func answerBeyondTheLimitIsCutOff() async throws {
    try await withLoopbackServer { _ in
      .answer(body: String(repeating: "x", count: 5000))
    } do: { port in
      try await AHCTransport.with { transport in
        var long = try request(port)
        long.bodyLimit = 4999
        await #expect(throws: TransportFailure.tooLarge(4999)) { try await transport.send(long) }
        long.bodyLimit = 5000
        #expect(try await transport.send(long).body.count == 5000)
      }
    }
  }

  @Test func cancellationEndsTheWait() async throws {
    try await withLoopbackServer { _ in
      .silence
    } do: { port in
      try await AHCTransport.with { transport in
        let failure = await withTaskGroup(of: TransportFailure?.self) { group in
          group.addTask {
            do { _ = try await transport.send(request(port, timeout: .seconds(60))) } catch {
              return error as? TransportFailure
            }
            return nil
          }
          group.cancelAll()
          return await group.next() ?? nil
        }
        #expect(failure == .cancelled)
      }
    }
  }

  @Test func manyAtOnceShareThePool() async throws {
    try await withLoopbackServer { request in
      .answer(body: request.body)
    } do: { port in
      try await AHCTransport.with { transport in
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
          for index in 0..<100 {
            group.addTask {
              var request = try request(port)
              request.body = Array("\(index)".utf8)
              return String(decoding: try await transport.send(request).body, as: UTF8.self)
            }
          }
          return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers.count == 100)
      }
    }
  }
}

/// A request to the loopback server at `port`.
private func request(_ port: Int, timeout: Duration = .seconds(10)) throws -> HTTPRequest {
  HTTPRequest(
    endpoint: try Endpoint(parsing: "http://127.0.0.1:\(port)"), method: "POST", timeout: timeout)
}
