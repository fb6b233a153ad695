// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// Hands every byte on to another port of this machine and back, and keeps a record of the requests among them.
package final class RecordingRelay: Sendable {
  private let received = Mutex<[[UInt8]]>([])

  fileprivate init() {}

  /// The requests so far, those of one connection in the order sent.
  package var requests: [LoopbackRequest] {
    received.withLock { $0 }.flatMap { bytes in
      var requests: [LoopbackRequest] = []
      var rest = bytes
      while let (request, length) = LoopbackRequest.parse(rest) {
        requests.append(request)
        rest.removeFirst(length)
      }
      return requests
    }
  }

  fileprivate func beginConnection() -> Int {
    received.withLock { received in
      received.append([])
      return received.count - 1
    }
  }

  fileprivate func record(_ bytes: ByteBuffer, of connection: Int) {
    received.withLock { $0[connection] += Array(bytes.readableBytesView) }
  }
}

/// Runs `body` with a relay to `port`, and gives it the relay's own port.
package func withRecordingRelay<R: Sendable>(
  to port: Int, _ body: @Sendable (_ port: Int, RecordingRelay) async throws -> R
) async throws -> R {
  let relay = RecordingRelay()
  let group = MultiThreadedEventLoopGroup.singleton
  let server = try await ServerBootstrap(group: group)
    .childChannelInitializer { near in
      let connection = relay.beginConnection()
      return ClientBootstrap(group: near.eventLoop)
        .channelInitializer { far in
          far.eventLoop.makeCompletedFuture {
            try far.pipeline.syncOperations.addHandler(Passing(to: near) { _ in })
          }
        }
        .connect(host: "127.0.0.1", port: port)
        .flatMap { far in
          near.eventLoop.makeCompletedFuture {
            try near.pipeline.syncOperations.addHandler(
              Passing(to: far) { relay.record($0, of: connection) })
          }
        }
    }
    .bind(host: "127.0.0.1", port: 0).get()
  return try await serving(server) { port in try await body(port, relay) }
}

/// Hands what one channel receives on to another.
private final class Passing: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let other: any Channel
  private let watch: @Sendable (ByteBuffer) -> Void

  init(to other: any Channel, _ watch: @escaping @Sendable (ByteBuffer) -> Void) {
    self.other = other
    self.watch = watch
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    watch(bytes)
    other.writeAndFlush(bytes, promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
