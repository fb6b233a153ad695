// SPDX-License-Identifier: Apache-2.0

/// What is to go wrong, as data.
package struct FaultPlan: Hashable, Sendable {
  /// The rules, of which all that apply to a call take effect; of those that exclude one another the first.
  package var rules: [FaultRule] = []
  /// The seed for rules that name a share of the calls.
  package var seed: UInt64 = 1

  /// Nothing goes wrong, or what `rules` say.
  package init(rules: [FaultRule] = [], seed: UInt64 = 1) {
    self.rules = rules
    self.seed = seed
  }
}

/// One thing that is to go wrong, and when.
package struct FaultRule: Hashable, Sendable {
  /// What goes wrong.
  package var fault: Fault
  /// The operation it happens to; nil means any.
  package var operation: String?
  /// Which of the calls that the rule concerns, counted from 1; nil means all.
  package var calls: ClosedRange<Int>?
  /// The share of those calls that it happens to, from 0 to 1.
  package var share: Double

  /// `fault` happens to every call, unless said otherwise.
  package init(
    _ fault: Fault, operation: String? = nil, calls: ClosedRange<Int>? = nil, share: Double = 1
  ) {
    self.fault = fault
    self.operation = operation
    self.calls = calls
    self.share = share
  }
}

/// The ways in which a call can go wrong.
package enum Fault: Hashable, Sendable {
  /// The connection closes and nothing was done.
  case loseRequest
  /// What was asked is done, then the connection closes without an answer.
  case loseAnswer
  /// An error of the service, and nothing was done.
  case error(status: Int, code: String)
  /// What was asked is done, and yet an error of the service is the answer.
  case errorAfter(status: Int, code: String)
  /// `Throttling.User`, and nothing was done.
  case throttle(retryAfter: Int?)
  /// The answer comes this many milliseconds later.
  case delay(milliseconds: Int)
  /// The body ends after this many bytes, and the connection with it.
  case cutBody(at: Int)
  /// Bytes of the body are wrong.
  case corruptBody
  /// A page of a proxy instead of an answer, and nothing was done.
  case htmlPage(status: Int)
  /// Lists do not show what was created in the last so many milliseconds.
  case lag(milliseconds: Int)
  /// A page token is no longer accepted.
  case expirePageToken
  /// The request arrives twice; the second answer is sent.
  case duplicate
}
