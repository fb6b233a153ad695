// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The emulated service on a port.
package struct EmulatedCloudServer: Sendable {
  private let configuration: EmulatorConfiguration
  private let service: EmulatedCloud.Service
  private let front: Front

  /// The address that it listens on.
  package var host: String { configuration.host }

  /// Opens the data; throws when it can't be had.
  package init(_ configuration: EmulatorConfiguration) throws(StoreFailure) {
    self.configuration = configuration
    service = try EmulatedCloud.Service(configuration)
    front = Front(service, configuration)
  }

  /// Serves until the task is cancelled, and then lets go of the data; `onReady` learns the port.
  package func run(onReady: @escaping @Sendable (_ port: Int) async -> Void) async throws {
    defer { try? service.close() }
    let front = front
    let server = try HTTPServerBuilder.http1().buildServer(
      configuration: ServerConfiguration(
        address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
      logger: Logger(label: "kiln.emulator") { _ in SwiftLogNoOpLogHandler() },
      responder: { request, writer, _ in
        guard let received = await ServiceRequest(request) else {
          return try await Delivery(answer: .page(status: 413)).send(through: writer)
        }
        try await front.respond(to: received).send(through: writer)
      },
      onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) })
    try await server.run()
  }
}

extension ServiceRequest {
  /// The request as Hummingbird hands it over, with its whole body; nil where that is larger than a megabyte.
  fileprivate init?(_ request: Request) async {
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      headers[name] = headers[name].map { "\($0),\(field.value)" } ?? field.value
    }
    if let host = request.head.authority { headers["host"] = host }
    let target = request.head.path ?? "/"
    let mark = target.firstIndex(of: "?") ?? target.endIndex
    guard let body = try? await request.body.collect(upTo: 1 << 20) else { return nil }
    self.init(
      method: request.method.rawValue, path: String(target[..<mark]),
      query: String(target[mark...].dropFirst()), headers: headers, body: Array(body.readableBytesView))
  }
}

extension Delivery {
  /// Puts the answer on the wire; throws where the connection is to end, which closes it.
  @concurrent fileprivate func send(through writer: consuming ResponseWriter) async throws {
    guard let answer else { throw ConnectionEnds() }
    var head = HTTPResponse(status: .init(code: answer.status))
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { head.headerFields[name] = value }
    }
    head.headerFields[.contentLength] = String(answer.body.count)
    guard let end = endsAfter else {
      try await writer.write(response: head, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
      return
    }
    var body = try await writer.writeHead(head)
    try await body.write(ByteBuffer(bytes: answer.body.prefix(end)))
    throw ConnectionEnds()
  }
}

/// Thrown to have Hummingbird close a connection.
private struct ConnectionEnds: Error {}
