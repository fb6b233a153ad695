// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Synchronization

/// A time that passes only when somebody sleeps or asks for it, so that nothing ever waits.
final class VirtualTime: Sendable {
  /// 2026-01-02T03:04:05Z.
  private static let beginning: Int64 = 1_767_323_045_000

  private let passed = Mutex(Duration.zero)

  /// The time since the beginning.
  var elapsed: Duration { passed.withLock { $0 } }

  /// Milliseconds since 1970.
  var milliseconds: Int64 { Self.beginning + elapsed.inMilliseconds }

  func pass(_ duration: Duration) { passed.withLock { $0 += duration } }

  var timekeeper: Timekeeper {
    Timekeeper(
      now: { UTCTime(milliseconds: self.milliseconds) }, elapsed: { self.elapsed },
      sleep: { duration in
        try Task.checkCancellation()
        self.pass(duration)
      })
  }
}
