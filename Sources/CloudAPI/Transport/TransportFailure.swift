// SPDX-License-Identifier: Apache-2.0

/// Why an exchange gave no answer; the cases differ in what may have happened at the other end.
package enum TransportFailure: Error, Hashable, Sendable {
  /// No connection came about (name, refusal, time, proxy): the server saw nothing.
  case notSent(String)
  /// The server could not prove its identity, or TLS failed otherwise: nothing was sent, and asking again is no use.
  case untrusted(String)
  /// The request went out, but no whole answer came back: it may have been carried out.
  case noAnswer(String)
  /// The answer's body is longer than the request's limit of so many bytes.
  case tooLarge(Int)
  /// The task was cancelled; the request may have gone out.
  case cancelled
}

extension TransportFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notSent(let reason): "no connection: \(reason)"
    case .untrusted(let reason): "the server is not trusted: \(reason)"
    case .noAnswer(let reason): "no answer: \(reason)"
    case .tooLarge(let limit): "the answer is longer than \(limit) bytes"
    case .cancelled: "cancelled"
    }
  }
}
