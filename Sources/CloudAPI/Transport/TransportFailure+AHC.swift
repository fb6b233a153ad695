// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportFailure {
  /// Sorts an error of the HTTP stack by what may have happened at the other end.
  ///
  /// What is not known for certain to have come before the request counts as a lost answer.
  init(_ error: any Error) {
    switch error {
    case let failure as TransportFailure: self = failure
    case is CancellationError: self = .cancelled
    case let failure as HTTPClientError: self.init(failure)
    case let failure as NIOConnectionError: self = .notSent(failure.reason)
    case let failure as IOError where Self.connecting.contains(failure.errnoCode):
      self = .notSent(failure.reason)
    case let failure as HTTPParserError: self = .noAnswer("what came is not HTTP (\(failure))")
    case ChannelError.connectTimeout: self = .notSent("connecting took too long")
    case let failure as NIOSSLError: self.init(failure)
    case let failure as NIOSSLExtraError: self = .untrusted("\(failure)")
    default: self = .noAnswer("\(error)")
    }
  }

  /// The errors that only arise before a connection stands.
  private static let connecting: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL]

  private init(_ failure: HTTPClientError) {
    switch failure {
    case .cancelled: self = .cancelled
    case .connectTimeout, .getConnectionFromPoolTimeout: self = .notSent("connecting took too long")
    case .tlsHandshakeTimeout: self = .notSent("the TLS handshake took too long")
    case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: self = .notSent("the proxy took too long")
    case .proxyAuthenticationRequired: self = .untrusted("the proxy wants other credentials")
    case .invalidProxyResponse: self = .notSent("the proxy refused the connection")
    case .invalidURL, .emptyHost, .emptyScheme: self = .untrusted("\(failure)")
    case .alreadyShutdown: self = .notSent("the client has been closed")
    case .deadlineExceeded, .readTimeout: self = .noAnswer("the answer took too long")
    case .remoteConnectionClosed: self = .noAnswer("the connection was closed")
    default: self = .noAnswer("\(failure)")
    }
  }

  private init(_ failure: NIOSSLError) {
    switch failure {
    case .handshakeFailed(.sslError), .unableToValidateCertificate, .noCertificateToValidate:
      self = .untrusted("\(failure)")
    case .handshakeFailed: self = .notSent("\(failure)")
    default: self = .noAnswer("\(failure)")
    }
  }
}

extension IOError {
  /// Why no connection came about, without the names of system calls.
  fileprivate var reason: String {
    switch errnoCode {
    case ECONNREFUSED: "the connection was refused"
    case EHOSTUNREACH, ENETUNREACH: "there is no way to the host"
    case EADDRNOTAVAIL: "no address of this machine is free"
    case ECONNRESET: "the connection was reset"
    default: "\(self)"
    }
  }
}

extension NIOConnectionError {
  /// The first thing that went wrong, in a few words.
  fileprivate var reason: String {
    if let error = dnsAError ?? dnsAAAAError, connectionErrors.isEmpty {
      return "the name \(host) is not known (\(error))"
    }
    return connectionErrors.first.map { ($0.error as? IOError)?.reason ?? "\($0.error)" }
      ?? "connecting to \(host) failed"
  }
}
