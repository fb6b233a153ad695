// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Synchronization

/// A clock that stands still while anyone works, and jumps to the next sleeper when all sleep.
///
/// One sleeper wakes at a time, so a run is the same each time.
final class VirtualTime: Sendable {
  private struct State {
    var elapsed = Duration.zero
    var working: Int
    var sleepers: [(wake: Duration, number: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var count = 0

    /// Puts a sleeper in its place: the one that wakes first stands last.
    mutating func add(_ wake: Duration, _ continuation: CheckedContinuation<Void, Never>) {
      count += 1
      var low = 0
      var high = sleepers.count
      while low < high {
        let middle = (low + high) / 2
        if sleepers[middle].wake > wake { low = middle + 1 } else { high = middle }
      }
      sleepers.insert((wake, count, continuation), at: low)
    }

    /// The sleeper that wakes now, if nobody works.
    mutating func next() -> CheckedContinuation<Void, Never>? {
      guard working == 0, let sleeper = sleepers.popLast() else { return nil }
      elapsed = max(elapsed, sleeper.wake)
      working = 1
      return sleeper.continuation
    }
  }

  private let state: Mutex<State>
  private let start: UTCTime

  /// A clock for so many tasks, each of which calls ``retire()`` at its end.
  init(workers: Int = 1, start: UTCTime = UTCTime(seconds: 1_767_322_980)) {
    state = Mutex(State(working: workers))
    self.start = start
  }

  var elapsed: Duration { state.withLock { $0.elapsed } }

  func sleep(_ duration: Duration) async throws {
    try Task.checkCancellation()
    await withCheckedContinuation { continuation in
      let next = state.withLock { state in
        state.add(state.elapsed + duration, continuation)
        state.working -= 1
        return state.next()
      }
      next?.resume()
    }
  }

  /// Takes a task out that has ended.
  func retire() {
    let next = state.withLock { state in
      state.working -= 1
      return state.next()
    }
    next?.resume()
  }

  var timekeeper: Timekeeper {
    Timekeeper(
      now: { self.start + self.elapsed }, elapsed: { self.elapsed }, sleep: { try await self.sleep($0) })
  }
}
