// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import UnixSignals

/// The user's wish to stop: the first Ctrl-C lets the calls under way end, the second stops at once.
final class StopRequest: Sendable {
  private let count = Mutex(0)

  /// Whether the user has asked.
  var isRequested: Bool { count.withLock { $0 > 0 } }

  /// Runs `body` and heeds SIGINT and SIGTERM meanwhile.
  ///
  /// - Parameter meanwhile: Runs beside `body`, until that has ended.
  func heeding<Result: Sendable>(
    console: Console, meanwhile: @Sendable @escaping () async -> Void = {},
    _ body: @Sendable @escaping () async -> Result
  ) async -> Result {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return await withTaskGroup(of: Result?.self) { group in
      group.addTask { await body() }
      group.addTask {
        await meanwhile()
        return nil
      }
      group.addTask {
        for await _ in signals {
          let times = self.count.withLock { count in
            count += 1
            return count
          }
          guard times == 1 else { exit(130) }
          console.say("Stopping: calls under way end, no other begins. Ctrl-C again stops at once.")
        }
        return nil
      }
      defer { group.cancelAll() }
      while let result = await group.next() {
        if let result { return result }
      }
      preconditionFailure("the body always gives a result")
    }
  }
}
