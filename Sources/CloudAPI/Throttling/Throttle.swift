// SPDX-License-Identifier: Apache-2.0

/// How fast one operation may be called, learned from answers; it neither waits nor reads a clock.
package struct Throttle: Hashable, Sendable {
  /// Whether a request may go out now.
  package enum Verdict: Hashable, Sendable {
    /// It may, and counts as sent.
    case go
    /// Ask again after this time.
    case wait(Duration)
  }

  private var pausedUntil: Duration?

  /// A throttle that knows nothing yet and lets everything pass.
  package init() {}

  /// Asks to send a request.
  package mutating func admit(at now: Duration) -> Verdict {
    if let pausedUntil, now < pausedUntil { return .wait(pausedUntil - now) }
    return .go
  }

  /// Takes note of a request that the service has let pass.
  package mutating func passed(at now: Duration) {}

  /// Takes note of a request that came too soon.
  package mutating func refused(
    sentAt: Duration, at now: Duration, untilNextMinute: Duration, retryAfter: Duration?
  ) {
    pausedUntil = now + (retryAfter ?? .seconds(1))
  }
}
