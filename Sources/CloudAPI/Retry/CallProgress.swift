// SPDX-License-Identifier: Apache-2.0

/// One call over its attempts: says after each what to do next.
///
/// It neither waits nor sends.
struct CallProgress: Sendable {
  /// What to do next.
  enum Step: Sendable {
    /// The call has succeeded.
    case succeed(Reply)
    /// The call has failed.
    case fail(CallFailure)
    /// Send again after a pause.
    case again(after: Duration)
    /// Ask the limiter when to send again; the service may have named a pause.
    case slowDown(ServiceError, retryAfter: Duration?)
    /// Sign with new credentials and send again; where there are none, fail so.
    case renewCredentials(otherwise: CallFailure)
    /// Take this for the server's clock and send again.
    case correctClock(UTCTime)
  }

  private let call: Call
  private let host: String
  /// The call's number among those under way.
  let number: Int
  private let policy: RetryPolicy
  /// The reading of the monotonic clock after which the call does not go on.
  private(set) var deadline: Duration
  /// The reading beyond which no wait that the service asks for moves the deadline.
  let lastDeadline: Duration

  private(set) var attempts = 0
  private var failures = 0
  private var signedAgain = 0
  private var clockCorrections = 0
  private var renewals = 0
  private var mayHaveHappened = false
  private var lastRequestID: String?
  private var lastThrottle: ServiceError?

  /// A call that begins at `started`; `isFirst` where the service has not answered anything yet.
  init(
    of call: Call, host: String, number: Int = 0, policy: RetryPolicy, started: Duration,
    isFirst: Bool = false
  ) {
    self.call = call
    self.host = host
    self.number = number
    self.policy = policy
    let allowance =
      isFirst && call.kind == .read ? min(policy.callDeadline, policy.firstDeadline) : policy.callDeadline
    deadline = started + allowance
    lastDeadline = started + max(policy.callDeadline, policy.throttledDeadline)
  }

  /// Takes note of a wait that the service asked for: it is not charged to the call.
  mutating func excuse(_ wait: Duration) {
    deadline = min(deadline + wait, lastDeadline)
  }

  /// Takes an attempt's outcome and says what to do next.
  ///
  /// - Parameters:
  ///   - outcome: what the attempt ended in.
  ///   - elapsed: the reading of the monotonic clock.
  ///   - fraction: a random number from 0 up to 1, for the pause.
  ///   - budget: what the run may still spend on repetitions.
  mutating func record(
    _ outcome: AttemptOutcome, at elapsed: Duration, fraction: Double, budget: inout RetryBudget
  ) -> Step {
    attempts += 1
    if case .reply(let reply) = outcome {
      budget.earn()
      return .succeed(reply)
    }
    let rule = RetryRule.deciding(outcome)
    lastRequestID = outcome.requestID ?? lastRequestID
    let earlier = mayHaveHappened
    if rule.effect == .possible, call.kind != .read { mayHaveHappened = true }
    let failure = failure(for: outcome, rule: rule, followsLostAnswer: earlier)
    guard elapsed < deadline else { return .fail(failure) }

    switch rule.verdict {
    case .giveUp:
      return .fail(failure)
    case .slowDown:
      let error = outcome.throttle
      lastThrottle = error
      return .slowDown(error, retryAfter: outcome.retryAfter)
    case .signAgain:
      signedAgain += 1
      return signedAgain <= 2 ? .again(after: .zero) : .fail(failure)
    case .correctClock:
      clockCorrections += 1
      guard clockCorrections <= 2, let time = outcome.serverTime else { return .fail(failure) }
      return .correctClock(time)
    case .renewCredentials:
      renewals += 1
      return renewals <= 2 ? .renewCredentials(otherwise: failure) : .fail(failure)
    case .again, .later:
      failures += 1
      let bound = policy.pauseBound(after: failures)
      let pause =
        rule.verdict == .again
        ? bound * fraction : max(policy.firstPause * 5, bound) * (0.5 + fraction / 2)
      guard failures < policy.attempts, elapsed + pause + policy.leastTime < deadline, budget.spend() else {
        return .fail(failure)
      }
      return .again(after: pause)
    }
  }

  /// The failure when the call has to end before its next attempt, for want of time.
  func outOfTime() -> CallFailure {
    if mayHaveHappened { return .outcomeUnknown(lost("the time for this call has run out")) }
    if let lastThrottle { return .throttled(lastThrottle) }
    return unreachable(.outOfTime)
  }

  /// The failure when there is nothing to sign the next attempt with.
  func withoutCredentials(_ failure: CredentialFailure) -> CallFailure {
    mayHaveHappened ? .outcomeUnknown(lost(failure.description)) : .credentials(failure)
  }

  /// The failure when the task was cancelled between two attempts.
  func cancelled() -> CallFailure {
    mayHaveHappened ? .outcomeUnknown(lost("cancelled")) : .cancelled
  }

  private func failure(
    for outcome: AttemptOutcome, rule: RetryRule, followsLostAnswer: Bool
  ) -> CallFailure {
    switch outcome {
    case .reply:
      preconditionFailure("a reply ends the call before a failure is made of it")
    case .error(var error, _, _):
      error.operation = call.operation
      if rule.effect == .none, rule.verdict != .slowDown {
        error.followsLostAnswer = followsLostAnswer
        return .refused(error)
      }
      if mayHaveHappened { return .outcomeUnknown(lost(error.description)) }
      return rule.verdict == .slowDown ? .throttled(error) : unreachable(.service(error))
    case .unreadable(var reply, _):
      reply.host = host
      reply.operation = call.operation
      reply.attempts = attempts
      if mayHaveHappened { return .outcomeUnknown(lost("HTTP \(reply.status): \(reply.problem)")) }
      return rule.verdict == .slowDown ? .throttled(outcome.throttle) : .malformedReply(reply)
    case .noAnswer(let trouble):
      if mayHaveHappened { return .outcomeUnknown(lost(trouble.description)) }
      return trouble == .cancelled ? .cancelled : unreachable(.transport(trouble))
    }
  }

  private func lost(_ reason: String) -> LostOutcome {
    LostOutcome(
      operation: call.operation, clientToken: call.clientToken, reason: reason, requestID: lastRequestID,
      attempts: attempts)
  }

  private func unreachable(_ cause: Unreachable.Cause) -> CallFailure {
    .unreachable(Unreachable(host: host, operation: call.operation, attempts: attempts, cause: cause))
  }
}

extension AttemptOutcome {
  var requestID: String? {
    switch self {
    case .reply(let reply): reply.requestID
    case .error(let error, _, _): error.requestID
    case .unreadable(let reply, _): reply.requestID
    case .noAnswer: nil
    }
  }

  var retryAfter: Duration? {
    switch self {
    case .error(_, let retryAfter, _), .unreadable(_, let retryAfter): retryAfter
    case .reply, .noAnswer: nil
    }
  }

  fileprivate var serverTime: UTCTime? {
    if case .error(_, _, let time) = self { time } else { nil }
  }

  /// The error to show for a request that came too soon, whoever refused it.
  fileprivate var throttle: ServiceError {
    if case .error(let error, _, _) = self { return error }
    var status = 429
    if case .unreadable(let reply, _) = self { status = reply.status }
    return ServiceError(
      status: status, code: "Throttling", message: "too many requests", requestID: requestID)
  }
}
