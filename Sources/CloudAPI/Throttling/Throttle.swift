// SPDX-License-Identifier: Apache-2.0

/// How fast one operation may be called, learned from answers; it neither waits nor reads a clock.
///
/// It lets everything pass until the service refuses twice in a row, or a fifth of all; a single refusal among
/// answers is for its own caller to wait out. Then one request at a time tries whether the service takes requests
/// again; what had passed says what the service allows, and the pace stays a little below that. Where nothing is
/// refused for a while it speeds up again. The service counts by the minute and advises about one try a second until
/// then (help topic "API throttling"), but refuses for shorter times as well.
package struct Throttle: Hashable, Sendable {
  /// Whether a request may go out now.
  package enum Verdict: Hashable, Sendable {
    /// It may, and counts as sent.
    case go
    /// Ask again after this time.
    case wait(Duration)
  }

  private enum State: Hashable {
    /// Requests pass, as fast as the pace allows.
    case open
    /// The service has refused; one request at a time tries from `until` on, `tries` have been refused.
    case closed(since: Duration, until: Duration, tries: Int, isTrying: Bool)
  }

  private var state = State.open
  private var pace = Pace()
  private var refusedInARow = 0
  /// The share of refusals among the last answers, about ten of them, and about twenty.
  private var refusedOfTen = 0.0
  private var refusedOfTwenty = 0.0

  /// A throttle that knows nothing yet and lets everything pass.
  package init() {}

  /// Requests per second that are let pass; nothing while no limit is known.
  package var rate: Double? { pace.rate }

  /// Asks to send a request.
  package mutating func admit(at now: Duration) -> Verdict {
    switch state {
    case .open:
      return pace.admit(at: now)
    case .closed(let since, let until, let tries, let isTrying):
      if now >= until {
        // Should the try get no answer at all, the next one follows.
        state = .closed(since: since, until: now + .seconds(2), tries: tries, isTrying: true)
        return .go
      }
      // What the try brings changes everything, so nobody sleeps through it.
      return .wait(isTrying ? min(until - now, .milliseconds(25)) : until - now)
    }
  }

  /// Takes note of a request that the service has not refused for its pace.
  package mutating func passed(sentAt: Duration, at now: Duration) {
    refusedInARow = 0
    refusedOfTen *= 0.9
    refusedOfTwenty *= 0.95
    if case .closed(let since, _, _, _) = state {
      // What went out before the refusal says nothing about the time after it.
      guard sentAt > since else { return pace.pass(sentAt: sentAt, at: now) }
      pace.recover(refusedAt: since, at: now)
      state = .open
      refusedOfTen = 0
    }
    pace.pass(sentAt: sentAt, at: now)
  }

  /// Takes note of a request that came too soon.
  ///
  /// - Parameters:
  ///   - sentAt: when it went out.
  ///   - now: when the refusal came.
  ///   - untilNextMinute: how long it is to the next full minute of the wall clock, when the service counts anew.
  ///   - retryAfter: the pause that the service asks for.
  /// - Returns: how long the caller that was refused waits before it asks again.
  package mutating func refused(
    sentAt: Duration, at now: Duration, untilNextMinute: Duration, retryAfter: Duration?
  ) -> Duration {
    if state == .open {
      // What was sent before the rate was lowered is refused for the same reason once more.
      guard pace.rate == nil || sentAt >= pace.changedAt else { return retryAfter ?? .zero }
      refusedInARow += 1
      refusedOfTen = refusedOfTen * 0.9 + 0.1
      refusedOfTwenty = refusedOfTwenty * 0.95 + 0.05
      if refusedInARow == 1, refusedOfTen < 0.2 {
        pace.slow(sentAt: sentAt, at: now, isRare: refusedOfTwenty < 0.11 && refusedOfTen < 0.15)
        return retryAfter ?? (pace.rate == nil ? Self.interval(after: 0) : .zero)
      }
    }
    var since = now
    var tries = 0
    if case .closed(let start, let until, let before, let isTrying) = state {
      // One burst is refused many times over; only a try tells something new.
      guard sentAt > start, isTrying else {
        if let retryAfter {
          state = .closed(
            since: start, until: max(until, now + retryAfter), tries: before, isTrying: isTrying)
        }
        return .zero
      }
      since = start
      tries = before + 1
    }
    let pause = retryAfter ?? min(Self.interval(after: tries), untilNextMinute)
    state = .closed(since: since, until: now + pause, tries: tries, isTrying: false)
    return .zero
  }

  /// The time from a refused try to the next: quick in the first second, then once a second.
  private static func interval(after tries: Int) -> Duration {
    switch tries {
    case ..<4: .milliseconds(20 << max(tries, 0))
    case ..<8: .milliseconds(250)
    default: .seconds(1)
    }
  }
}
