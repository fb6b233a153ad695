// SPDX-License-Identifier: Apache-2.0

/// Serves an emulated cloud on loopback for as long as `body` runs, which gets its address, `http://127.0.0.1:PORT`.
package func withEmbeddedService<Result: Sendable>(
  _ configuration: EmulatorConfiguration, _ body: @Sendable (_ endpoint: String) async throws -> Result
) async throws -> Result {
  try await withEmbeddedService(try EmulatedCloudServer(configuration), body)
}

/// Serves what `server` has opened, in the same way.
package func withEmbeddedService<Result: Sendable>(
  _ server: EmulatedCloudServer, _ body: @Sendable (_ endpoint: String) async throws -> Result
) async throws -> Result {
  let (ports, port) = AsyncStream.makeStream(of: Int.self)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      defer { port.finish() }
      try await server.run { port.yield($0) }
    }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await group.waitForAll()
      throw CancellationError()
    }
    defer { group.cancelAll() }
    return try await body("http://\(server.host):\(port)")
  }
}
