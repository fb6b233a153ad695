// SPDX-License-Identifier: Apache-2.0

/// How long and how often a call is tried.
package struct RetryPolicy: Hashable, Sendable {
  /// The longest time for one exchange.
  package var attemptTimeout: Duration
  /// The longest time for one call with all its attempts and pauses, but for waits that the service asks for.
  package var callDeadline: Duration
  /// The longest time for a read, but for such waits, while the service has not answered anything yet.
  package var firstDeadline: Duration
  /// The longest time for one call, waits that the service asks for included.
  package var throttledDeadline: Duration
  /// The most attempts of one call; those that were throttled are not counted.
  package var attempts: Int
  /// The upper bound of the first pause; it doubles with each attempt.
  package var firstPause: Duration
  /// The upper bound that no pause exceeds.
  package var longestPause: Duration

  /// Makes a policy.
  package init(
    attemptTimeout: Duration = .seconds(30), callDeadline: Duration = .seconds(300),
    firstDeadline: Duration = .seconds(100),
    throttledDeadline: Duration = .seconds(1800), attempts: Int = 10,
    firstPause: Duration = .milliseconds(200),
    longestPause: Duration = .seconds(15)
  ) {
    self.attemptTimeout = attemptTimeout
    self.callDeadline = callDeadline
    self.firstDeadline = firstDeadline
    self.throttledDeadline = throttledDeadline
    self.attempts = attempts
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// The time that must be left for another attempt to be worth its while.
  var leastTime: Duration { attemptTimeout / 10 }

  /// The upper bound of the pause after `failures` attempts failed: it doubles, up to the longest.
  func pauseBound(after failures: Int) -> Duration {
    min(longestPause, firstPause * (1 << min(max(failures - 1, 0), 20)))
  }
}

/// What a run may spend on repetitions, so that a service in trouble is not hit harder.
///
/// Each repetition takes one; each success gives back a half. Where most calls succeed it never runs out.
package struct RetryBudget: Hashable, Sendable {
  private var halves: Int
  private let limit: Int

  /// A budget that begins with `repetitions`, and never holds more.
  package init(repetitions: Int = 200) {
    limit = repetitions * 2
    halves = limit
  }

  /// Takes one repetition, where there is one.
  mutating func spend() -> Bool {
    guard halves >= 2 else { return false }
    halves -= 2
    return true
  }

  /// Gives a half back after a success.
  mutating func earn() { halves = min(limit, halves + 1) }
}
