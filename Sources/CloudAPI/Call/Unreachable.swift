// SPDX-License-Identifier: Apache-2.0

/// Why nothing came back that is of use; nothing was changed.
package struct Unreachable: Hashable, Sendable {
  /// What happened last.
  package enum Cause: Hashable, Sendable {
    /// There was no whole answer.
    case transport(TransportFailure)
    /// The service answered that it could not serve.
    case service(ServiceError)
    /// The time for the call ran out before it was sent again.
    case outOfTime
  }

  /// The host that was asked, with its port where that is not the usual one.
  package let host: String
  /// What was asked.
  package let operation: String
  /// How often it was asked.
  package let attempts: Int
  /// What happened last.
  package let cause: Cause
}

extension Unreachable: CustomStringConvertible {
  package var description: String {
    switch cause {
    case .service(let error): "\(host) can't serve calls, \(attempts.tries): \(error)"
    case .outOfTime: "the time for \(operation) at \(host) has run out, \(attempts.tries)"
    case .transport(.notSent(let reason)):
      "\(host) can't be reached for \(operation), \(attempts.tries): \(reason)"
    case .transport(.noAnswer(let reason)):
      "\(host) has not answered \(operation), \(attempts.tries): \(reason)"
    case .transport(.tooLarge(let limit)):
      "the answer of \(host) to \(operation) is longer than \(limit) bytes"
    case .transport(.untrusted(let reason)): "\(host) is not trusted: \(reason)"
    case .transport(.cancelled): "\(operation) was cancelled"
    }
  }
}

extension Int {
  /// How often something was tried, for people.
  var tries: String {
    switch self {
    case 0: "not tried"
    case 1: "tried once"
    default: "tried \(self) times"
    }
  }
}
