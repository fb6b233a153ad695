// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import EmulatedCloud
import NIOCore
import NIOHTTP1
import Synchronization

/// How a test reaches the service: the same bodies run at each distance.
enum Tier: String, CaseIterable, Sendable {
  /// A function call.
  case call
  /// Through the sharing of commits.
  case background
  /// A loopback socket and someone else's HTTP client.
  case socket
}

/// A moment at which tests begin: 2026-01-02T03:04:05Z.
let beginning: Int64 = 1_767_323_045_000

/// A true time that stands still unless a test moves it.
final class TestTime: Sendable {
  private let milliseconds = Mutex(beginning)

  var now: Int64 { milliseconds.withLock { $0 } }

  func pass(_ more: Int64) {
    milliseconds.withLock { $0 += more }
  }
}

extension EmulatorConfiguration {
  /// A service for tests, whose time stands still.
  static func test(_ time: TestTime = TestTime()) -> EmulatorConfiguration {
    EmulatorConfiguration(now: { time.now })
  }
}

/// Runs `body` with a client of a new service at the distance of `tier`.
func withCloud(
  _ tier: Tier = .call, _ configuration: EmulatorConfiguration = .test(),
  _ body: @Sendable (TestClient) async throws -> Void
) async throws {
  switch tier {
  case .call:
    let service = try Service(configuration)
    try await body(TestClient(configuration) { service.answer($0, at: Moment(wall: configuration.now())) })
  case .background:
    let service = try Service(configuration)
    try await body(
      TestClient(configuration) {
        await service.answerInBackground($0, at: Moment(wall: configuration.now()))
      })
  case .socket:
    try await withEmbeddedService(configuration) { endpoint in
      try await body(
        TestClient(configuration, host: String(endpoint.dropFirst(7))) { try await exchange($0, endpoint) })
    }
  }
}

/// Sends a request over a socket.
@Sendable func exchange(_ request: ServiceRequest, _ endpoint: String) async throws -> ServiceAnswer {
  let query = request.query.isEmpty ? "" : "?\(request.query)"
  var message = HTTPClientRequest(url: "\(endpoint)\(request.path)\(query)")
  message.method = .RAW(value: request.method)
  for (name, value) in request.headers { message.headers.add(name: name, value: value) }
  if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
  let response = try await HTTPClient.shared.execute(message, timeout: .seconds(300))
  let body = try await response.body.collect(upTo: 100 << 20)
  var headers: [String: String] = [:]
  for header in response.headers { headers[header.name.lowercased()] = header.value }
  return ServiceAnswer(
    status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView))
}
