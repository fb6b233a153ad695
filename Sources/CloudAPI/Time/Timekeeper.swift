// SPDX-License-Identifier: Apache-2.0

/// All that the client knows of time, given from outside so that tests turn it by hand.
package struct Timekeeper: Sendable {
  /// The wall clock: for dates that are signed, expiries and full minutes.
  ///
  /// It may jump.
  package let now: @Sendable () -> UTCTime
  /// The time since some fixed moment: for deadlines and paces.
  ///
  /// It never goes back.
  package let elapsed: @Sendable () -> Duration
  /// Waits; throws `CancellationError` as soon as the task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void

  /// Makes a timekeeper of its three functions.
  package init(
    now: @escaping @Sendable () -> UTCTime, elapsed: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.elapsed = elapsed
    self.sleep = sleep
  }

  /// Makes a timekeeper that counts and waits by `clock`, from now on.
  package init<C: Clock<Duration>>(now: @escaping @Sendable () -> UTCTime, clock: C) {
    let origin = clock.now
    self.init(
      now: now, elapsed: { origin.duration(to: clock.now) },
      sleep: { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) })
  }
}
