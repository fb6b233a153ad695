// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The calls that have begun and not ended, for people who wonder why nothing happens.
package final class CallsUnderWay: Sendable {
  /// A call that takes long.
  package struct LongCall: Hashable, Sendable {
    /// The operation.
    package let operation: String
    /// The host that is asked, with its port where that is not the usual one.
    package let host: String
    /// How long it has been under way.
    package let duration: Duration
    /// How many answers it has had, or waited for in vain.
    package let attempts: Int
    /// How many attempts it has.
    package let limit: Int
    /// Whether it waits because the service takes too few calls.
    package let isThrottled: Bool
  }

  private struct Entry {
    let operation: String
    let host: String
    let limit: Int
    let began: Duration
    var attempts = 0
    var isThrottled = false
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var count = 0
    var toldAt: [String: Duration] = [:]
  }

  private static let patience = Duration.seconds(5)
  private static let interval = Duration.seconds(30)

  private let state = Mutex(State())

  /// Begins with none.
  package init() {}

  /// What to tell now: of each operation the call that takes longest, if that is five seconds or more, and not more
  /// often than every half minute.
  package func overdue(at now: Duration) -> [LongCall] {
    state.withLock { state in
      var longest: [String: LongCall] = [:]
      for entry in state.entries.values {
        let duration = now - entry.began
        guard duration >= Self.patience, duration > longest[entry.operation]?.duration ?? .zero else {
          continue
        }
        longest[entry.operation] = LongCall(
          operation: entry.operation, host: entry.host, duration: duration, attempts: entry.attempts,
          limit: entry.limit, isThrottled: entry.isThrottled)
      }
      let due = longest.values.filter { call in
        state.toldAt[call.operation].map { now - $0 >= Self.interval } ?? true
      }
      for call in due { state.toldAt[call.operation] = now }
      return due.sorted { $0.operation < $1.operation }
    }
  }

  func begin(_ call: Call, to host: String, attempts limit: Int, at now: Duration) -> Int {
    state.withLock { state in
      state.count += 1
      state.entries[state.count] = Entry(operation: call.operation, host: host, limit: limit, began: now)
      return state.count
    }
  }

  func note(_ number: Int, attempts: Int, isThrottled: Bool) {
    state.withLock { state in
      state.entries[number]?.attempts = attempts
      state.entries[number]?.isThrottled = isThrottled
    }
  }

  func end(_ number: Int) {
    state.withLock { $0.entries[number] = nil }
  }
}
