// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Exchanges over sockets, by AsyncHTTPClient: HTTP/1.1, TLS verified, no redirects, nothing sent twice.
package struct AHCTransport: Transport {
  /// What may be set.
  package struct Options: Sendable {
    /// How many connections to one host are kept; as many as calls run at once.
    package var connections: Int
    /// The longest time for a connection to come about, TLS included.
    package var connectTimeout: Duration
    /// The longest time without a byte of the answer.
    package var readTimeout: Duration
    /// Certificates in PEM form to trust besides those of the system.
    package var extraTrustRoots: [UInt8]
    /// Which requests go through a proxy.
    package var proxies: ProxySettings

    /// Makes options.
    package init(
      connections: Int = 10, connectTimeout: Duration = .seconds(5), readTimeout: Duration = .seconds(30),
      extraTrustRoots: [UInt8] = [], proxies: ProxySettings = .none
    ) {
      self.connections = connections
      self.connectTimeout = connectTimeout
      self.readTimeout = readTimeout
      self.extraTrustRoots = extraTrustRoots
      self.proxies = proxies
    }
  }

  private let direct: HTTPClient
  private let proxied: HTTPClient?
  private let proxies: ProxySettings

  /// Lends `body` a transport; its connections end with it, however that ends.
  package static func with<Result>(
    _ options: Options = Options(), _ body: (AHCTransport) async throws -> Result
  ) async throws -> Result {
    let transport = try AHCTransport(options)
    do {
      let result = try await body(transport)
      await transport.close()
      return result
    } catch {
      await transport.close()
      throw error
    }
  }

  /// Makes a transport; ``close()`` must be called before the last reference goes.
  private init(_ options: Options) throws(TrustRootFailure) {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try Self.tls(options),
      redirectConfiguration: .disallow,
      timeout: .init(
        connect: .nanoseconds(options.connectTimeout.inMilliseconds * 1_000_000),
        read: .nanoseconds(options.readTimeout.inMilliseconds * 1_000_000)))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.connections)
    // Repetition is decided above, where the deadline and the kind of the call are known.
    configuration.connectionPool.retryConnectionEstablishment = false
    direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    proxied = options.proxies.only.map { proxy in
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map { .basic(username: $0, password: proxy.password.reveal()) })
      return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
    proxies = options.proxies
  }

  /// Ends all connections; requests under way fail.
  private func close() async {
    for client in [direct, proxied].compactMap(\.self) {
      // It fails only when called twice, and then nothing is left to end.
      try? await client.shutdown()
    }
  }

  package func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
    let client = proxies.proxy(for: request.endpoint) == nil ? direct : proxied ?? direct
    do {
      return try await withThrowingTaskGroup(of: HTTPAnswer?.self) { group in
        group.addTask { try await exchange(request, on: client) }
        group.addTask {
          try await ContinuousClock().sleep(for: request.timeout)
          return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let answer = first else {
          throw TransportFailure.noAnswer("the answer took too long")
        }
        return answer
      }
    } catch {
      throw Task.isCancelled ? .cancelled : TransportFailure(error)
    }
  }

  private static func tls(_ options: Options) throws(TrustRootFailure) -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateVerification = .fullVerification
    if !options.extraTrustRoots.isEmpty {
      do {
        tls.additionalTrustRoots = [
          .certificates(try NIOSSLCertificate.fromPEMBytes(options.extraTrustRoots))
        ]
      } catch {
        throw TrustRootFailure(reason: "\(error)")
      }
    }
    return tls
  }
}

/// The certificates to trust cannot be read.
package struct TrustRootFailure: Error, CustomStringConvertible {
  let reason: String

  package var description: String { "the certificates to trust are not in PEM form: \(reason)" }
}

/// One exchange, the body collected up to its limit.
private func exchange(_ request: HTTPRequest, on client: HTTPClient) async throws -> HTTPAnswer {
  var message = HTTPClientRequest(url: request.url)
  message.method = HTTPMethod(rawValue: request.method)
  for header in request.headers { message.headers.add(name: header.name, value: header.value) }
  if !request.body.isEmpty { message.body = .bytes(request.body) }
  let response = try await client.execute(
    message, timeout: .nanoseconds(request.timeout.inMilliseconds * 1_000_000))
  var body: [UInt8] = []
  for try await part in response.body {
    guard body.count + part.readableBytes <= request.bodyLimit else {
      throw TransportFailure.tooLarge(request.bodyLimit)
    }
    body.append(contentsOf: part.readableBytesView)
  }
  return HTTPAnswer(
    status: Int(response.status.code),
    headers: response.headers.map { (name: $0.name, value: $0.value) }, body: body)
}
