// SPDX-License-Identifier: Apache-2.0

/// Why a call did not succeed; each case says what may be done next.
package enum CallFailure: Error, Hashable, Sendable {
  /// The service has refused, for good: the same request must not be sent again.
  case refused(ServiceError)
  /// A write went out, and whether it was carried out is not known: look before anything else is done.
  case outcomeUnknown(LostOutcome)
  /// Nothing was changed, as no connection came about, or a read was not answered: try again later.
  case unreachable(Unreachable)
  /// The time ran out while the service asked for fewer requests; nothing was changed.
  case throttled(ServiceError)
  /// The answer was not what the interface promises, and repeating did not help; nothing was changed.
  case malformedReply(MalformedReply)
  /// There is nothing to sign with.
  case credentials(CredentialFailure)
  /// The task was cancelled before a write went out.
  case cancelled
}

/// A write of which the outcome is not known.
package struct LostOutcome: Hashable, Sendable {
  /// The operation.
  package let operation: String
  /// The token under which it may be repeated, where it has one.
  package let clientToken: String?
  /// What happened last, for people.
  package let reason: String
  /// The last request id that the service named.
  package let requestID: String?
  /// How often it was sent.
  package let attempts: Int
}

/// An answer that is not what the interface promises.
package struct MalformedReply: Hashable, Sendable {
  /// The HTTP status.
  package let status: Int
  /// What the service calls the request, from the body or the headers.
  package let requestID: String?
  /// What is wrong with it.
  package let problem: String
  /// How it begins, where it is not of the service's making.
  package let excerpt: String?
  /// The host that was asked, with its port where that is not the usual one.
  package var host: String?
  /// What was asked.
  package var operation: String?
  /// How often it was asked.
  package var attempts = 1

  /// An answer with `problem`, which begins as `excerpt` shows.
  package init(status: Int, requestID: String?, problem: String, excerpt: String? = nil) {
    self.status = status
    self.requestID = requestID
    self.problem = problem
    self.excerpt = excerpt
  }
}

extension CallFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let error): error.description
    case .outcomeUnknown(let lost):
      "\(lost.operation) may or may not have been carried out, \(lost.attempts.tries): \(lost.reason)"
        + quoted(lost.requestID)
    case .unreachable(let trouble): trouble.description
    case .throttled(let error): "the service allows no more requests for now: \(error)"
    case .malformedReply(let reply):
      "the answer\(reply.host.map { " of \($0)" } ?? "")\(reply.operation.map { " to \($0)" } ?? "") (HTTP \(reply.status)) can't be read, "
        + "\(reply.attempts.tries): \(reply.problem)" + (reply.excerpt.map { ": \"\($0)\"" } ?? "")
        + quoted(reply.requestID)
    case .credentials(let failure): failure.description
    case .cancelled: "cancelled"
    }
  }

  private func quoted(_ requestID: String?) -> String { requestID.map { " [request \($0)]" } ?? "" }
}
