// SPDX-License-Identifier: Apache-2.0

import CloudAPI

/// Waits a little longer each time, until a grace is over.
struct Patience {
  private let time: Timekeeper
  private let end: Duration
  private let longest: Duration
  private var next: Duration

  /// - Parameter pauses: The first pause, and the longest.
  init(
    grace: Duration, time: Timekeeper,
    pauses: ClosedRange<Duration> = .milliseconds(100) ... .seconds(3)
  ) {
    self.time = time
    end = time.elapsed() + grace
    next = pauses.lowerBound
    longest = pauses.upperBound
  }

  /// Waits; false when the grace is over or the task was cancelled.
  mutating func pause() async -> Bool {
    let left = end - time.elapsed()
    guard left > .zero else { return false }
    let pause = min(next, left)
    next = min(next * 2, longest)
    do { try await time.sleep(pause) } catch { return false }
    return true
  }
}
