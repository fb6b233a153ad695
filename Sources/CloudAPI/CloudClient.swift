// SPDX-License-Identifier: Apache-2.0

package import Logging
import Synchronization

/// A client of one account in one region: signs, sends, repeats, waits its turn.
package struct CloudClient: Sendable {
  /// Where it sends to.
  package let endpoint: Endpoint
  /// The region that every call of ECS is about.
  package let regionID: String
  /// Where it takes credentials from.
  package let credentials: any CredentialSource

  let account: String
  let transport: any Transport
  let limiters: Limiters
  let time: Timekeeper
  let randomness: Randomness
  let policy: RetryPolicy
  let logger: Logger
  private let underWay: CallsUnderWay
  private let outgoing: Outgoing
  private let shared: SharedState

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - endpoint: where to send; see ``Endpoint/ecs(regionID:network:)``.
  ///   - regionID: the region that every call of ECS is about.
  ///   - account: what tells accounts apart, for the limiters: the account's id, or else the profile's name.
  ///   - credentials: where credentials come from; asked before every attempt.
  ///   - transport: what carries requests.
  ///   - limiters: the throttles, shared by all clients of the process.
  ///   - time: clocks and waiting.
  ///   - randomness: nonces and pauses.
  ///   - policy: how long and how often a call is tried.
  ///   - budget: what all calls of this client together may spend on repetitions.
  ///   - logger: gets a debug line for each attempt.
  ///   - userAgent: how the client calls itself.
  ///   - traceParent: the W3C trace context to pass on.
  ///   - underWay: knows of each call from its beginning to its end.
  package init(
    endpoint: Endpoint, regionID: String, account: String, credentials: any CredentialSource,
    transport: any Transport, limiters: Limiters, time: Timekeeper, randomness: Randomness,
    policy: RetryPolicy, budget: RetryBudget = RetryBudget(), logger: Logger, userAgent: String,
    traceParent: String? = nil, underWay: CallsUnderWay = CallsUnderWay()
  ) {
    self.endpoint = endpoint
    self.regionID = regionID
    self.account = account
    self.credentials = credentials
    self.transport = transport
    self.limiters = limiters
    self.time = time
    self.randomness = randomness
    self.policy = policy
    self.logger = logger
    self.underWay = underWay
    outgoing = Outgoing(
      endpoint: endpoint, regionID: regionID, userAgent: userAgent, traceParent: traceParent)
    shared = SharedState(budget: budget)
  }

  /// Sends `call` until it is answered for good or its time has run out.
  ///
  /// Every attempt has its own nonce, date and signature; the parameters, a ClientToken among them, stay the same.
  package func send(_ call: Call) async throws(CallFailure) -> Reply {
    let started = time.elapsed()
    let number = underWay.begin(
      call, to: endpoint.authority, attempts: policy.attempts, at: started)
    defer { underWay.end(number) }
    var progress = CallProgress(
      of: call, host: endpoint.authority, number: number, policy: policy, started: started,
      isFirst: !shared.hasAnswered.withLock(\.self))
    var rejected: (credentials: Credentials, failure: CallFailure)?
    while true {
      try await waitForTurn(of: call, in: &progress)
      let credentials = try await credentials(replacing: rejected, in: progress)
      rejected = nil
      let sentAt = time.elapsed()
      let outcome = await attempt(call, credentials: credentials, before: progress.deadline)
      if !outcome.isNoAnswer { shared.hasAnswered.withLock { $0 = true } }
      let now = time.elapsed()
      let fraction = randomness.fraction()
      let step = shared.budget.withLock { budget in
        progress.record(outcome, at: now, fraction: fraction, budget: &budget)
      }
      let ownPause = teach(call, outcome, sentAt: sentAt, at: now)
      observe(call, outcome, step, attempt: progress.attempts, took: now - sentAt)
      underWay.note(number, attempts: progress.attempts, isThrottled: false)
      switch step {
      case .succeed(let reply): return reply
      case .fail(let failure): throw failure
      case .again(let pause): try await sleep(pause, in: progress)
      case .slowDown:
        try await wait(ownPause, from: now, in: &progress)
      case .correctClock(let serverTime):
        shared.clockOffset.withLock { $0 = serverTime - time.now() }
      case .renewCredentials(let failure): rejected = (credentials, failure)
      }
    }
  }

  private func attempt(_ call: Call, credentials: Credentials, before deadline: Duration) async
    -> AttemptOutcome
  {
    let offset = shared.clockOffset.withLock { $0 }
    let request = outgoing.request(
      for: call, credentials: credentials, date: time.now() + offset, nonce: randomness.nonce(),
      timeout: min(policy.attemptTimeout, max(deadline - time.elapsed(), .milliseconds(1))))
    do {
      return AttemptOutcome(reading: try await transport.send(request), as: call.shape)
    } catch {
      return .noAnswer(error)
    }
  }

  private func waitForTurn(of call: Call, in progress: inout CallProgress) async throws(CallFailure) {
    while true {
      if Task.isCancelled { throw progress.cancelled() }
      let now = time.elapsed()
      guard now < progress.deadline else { throw progress.outOfTime() }
      switch limiters.update(key(of: call), { $0.admit(at: now) }) {
      case .go: return
      case .wait(let pause): try await wait(pause, from: now, in: &progress)
      }
    }
  }

  /// Waits as long as the service asks for, if the call has that time.
  private func wait(
    _ pause: Duration, from now: Duration, in progress: inout CallProgress
  ) async throws(CallFailure) {
    guard now + pause < progress.lastDeadline else { throw progress.outOfTime() }
    progress.excuse(pause)
    underWay.note(progress.number, attempts: progress.attempts, isThrottled: true)
    try await sleep(pause, in: progress)
  }

  /// Tells the limiter what became of a request; no answer teaches nothing.
  private func teach(_ call: Call, _ outcome: AttemptOutcome, sentAt: Duration, at now: Duration) -> Duration
  {
    let untilNextMinute = time.now().untilNextMinute
    return limiters.update(key(of: call)) { throttle in
      if outcome.isRefusedForPace {
        return throttle.refused(
          sentAt: sentAt, at: now, untilNextMinute: untilNextMinute, retryAfter: outcome.retryAfter)
      }
      if !outcome.isNoAnswer { throttle.passed(sentAt: sentAt, at: now) }
      return .zero
    }
  }

  private func credentials(
    replacing rejected: (credentials: Credentials, failure: CallFailure)?, in progress: CallProgress
  ) async throws(CallFailure) -> Credentials {
    let found: Credentials
    do throws(CredentialFailure) {
      found =
        if let rejected {
          try await credentials.credentials(replacing: rejected.credentials)
        } else {
          try await credentials.credentials()
        }
    } catch {
      throw progress.withoutCredentials(error)
    }
    if let rejected, found == rejected.credentials { throw rejected.failure }
    return found
  }

  private func sleep(_ pause: Duration, in progress: CallProgress) async throws(CallFailure) {
    guard pause > .zero else { return }
    do { try await time.sleep(pause) } catch { throw progress.cancelled() }
  }

  private func key(of call: Call) -> Limiters.Key {
    Limiters.Key(account: account, regionID: regionID, operation: call.operation)
  }
}

/// What the calls of one client share.
private final class SharedState: Sendable {
  /// How far the service's clock is ahead of ours.
  let clockOffset = Mutex<Duration>(.zero)
  let budget: Mutex<RetryBudget>
  /// Whether the service has answered anything yet.
  let hasAnswered = Mutex(false)

  init(budget: RetryBudget) { self.budget = Mutex(budget) }
}
