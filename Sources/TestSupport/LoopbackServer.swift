// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL

/// What a client of a loopback server has sent, read just as far as tests need.
package struct LoopbackRequest: Sendable {
  /// The request line's method.
  package let method: String
  /// The request line's target: path and query, or for a proxy an absolute URL.
  package let target: String
  /// The headers in the order sent; names in lower case.
  package let headers: [(name: String, value: String)]
  /// The body.
  package let body: String

  /// The value of the first header `name`.
  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// What a loopback server does with a request.
package enum LoopbackAnswer: Sendable {
  /// A proper answer.
  case answer(status: Int = 200, headers: [(name: String, value: String)] = [], body: String)
  /// These bytes, then the end of the connection.
  case bytes(String)
  /// The end of the connection without a byte.
  case close
  /// Nothing, for as long as the client stays.
  case silence
}

/// Serves `respond` on a free port of this machine for as long as `body` runs, and gives it the port.
///
/// `respond` is called on the server's event loops and must not block. With `tls` the server shows a certificate for
/// `localhost`, which only those accept who trust ``LoopbackCertificate/root``.
package func withLoopbackServer<R: Sendable>(
  tls: Bool = false,
  _ respond: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer,
  do body: @Sendable (_ port: Int) async throws -> R
) async throws -> R {
  let context = tls ? try NIOSSLContext(configuration: LoopbackCertificate.configuration()) : nil
  let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        if let context {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }
        try channel.pipeline.syncOperations.addHandler(LoopbackConnection(respond))
      }
    }
    .bind(host: "127.0.0.1", port: 0).get()
  return try await serving(server, body)
}

/// Runs `body` with the port of `server`, which is closed after it however it ends.
func serving<R: Sendable>(
  _ server: any Channel, _ body: @Sendable (_ port: Int) async throws -> R
) async throws -> R {
  do {
    let result = try await body(server.localAddress?.port ?? 0)
    try await server.close()
    return result
  } catch {
    try await server.close()
    throw error
  }
}

/// Answers the requests of one connection until either side ends it.
private final class LoopbackConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let respond: @Sendable (LoopbackRequest) -> LoopbackAnswer
  private var pending: [UInt8] = []

  init(_ respond: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer) { self.respond = respond }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    pending.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    while let (request, length) = LoopbackRequest.parse(pending) {
      pending.removeFirst(length)
      switch respond(request) {
      case .answer(let status, let headers, let body):
        write(rendered(status, headers, body), to: context)
      case .bytes(let text):
        write(text, to: context)
        return context.close(promise: nil)
      case .close:
        return context.close(promise: nil)
      case .silence: continue
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func write(_ text: String, to context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }
}

private func rendered(_ status: Int, _ headers: [(name: String, value: String)], _ body: String) -> String {
  let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
  return "HTTP/1.1 \(status) Status\r\n\(lines)content-length: \(body.utf8.count)\r\n\r\n\(body)"
}

extension LoopbackRequest {
  /// The first whole request in `bytes` and its length; nothing while it is not complete.
  static func parse(_ bytes: [UInt8]) -> (LoopbackRequest, Int)? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let start = lines.first?.split(separator: " ") ?? []
    guard start.count >= 2 else { return nil }
    let headers = lines.dropFirst().map { line in
      let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        name: halves[0].lowercased(), value: String(halves.dropFirst().joined().drop { $0 == " " })
      )
    }
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    guard bytes.count >= end.upperBound + length else { return nil }
    let body = String(decoding: bytes[end.upperBound..<(end.upperBound + length)], as: UTF8.self)
    return (
      LoopbackRequest(method: String(start[0]), target: String(start[1]), headers: headers, body: body),
      end.upperBound + length
    )
  }
}

extension LoopbackCertificate {
  fileprivate static func configuration() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(server.utf8))
    return .makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(serverKey.utf8), format: .pem)))
  }
}
