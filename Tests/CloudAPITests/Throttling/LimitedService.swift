// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Synchronization
import TestSupport

/// A service that takes only so many requests, by one of several ways to count.
final class LimitedService: Transport {
  enum Limit: Sendable, Hashable {
    /// So many in each full second of the clock.
    case fixedSecond(Int)
    /// So many in any second.
    case slidingSecond(Int)
    /// So many a second on average, and so many at once.
    case bucket(Int, atOnce: Int)
    /// One in each so-many-th part of a second.
    case spaced(Int)
    /// So many in each full minute of the wall clock.
    case minute(Int)
    /// No limit, but one in so many is refused by chance.
    case oneIn(Int)
  }

  private struct State {
    var accepted: [Duration] = []
    var refused = 0
    var tokens: Double?
    var filledAt: Duration = .zero
    var random = SplitMix64(seed: 7)

    func count(since start: Duration) -> Int {
      accepted.count - (accepted.lastIndex { $0 < start } ?? -1) - 1
    }
  }

  private let limit: Limit
  private let namesPause: Bool
  private let latency: Latency
  private let time: VirtualTime
  private let state = Mutex(State())

  /// How long it takes from a request to its answer.
  struct Latency: Sendable, Hashable, CustomStringConvertible {
    var mean: Duration
    /// The seed for latencies from half the mean to half as much again; nil for always the same.
    var seed: UInt64?

    var description: String { "\(mean)\(seed.map { ", seed \($0)" } ?? "")" }
  }

  init(_ limit: Limit, namesPause: Bool, latency: Latency, time: VirtualTime) {
    self.limit = limit
    self.namesPause = namesPause
    self.latency = latency
    self.time = time
    if let seed = latency.seed { state.withLock { $0.random = SplitMix64(seed: seed) } }
  }

  var accepted: [Duration] { state.withLock { $0.accepted } }
  var refused: Int { state.withLock { $0.refused } }

  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
    do { try await time.sleep(nextLatency()) } catch { throw .cancelled }
    let now = time.elapsed
    let wall = time.timekeeper.now()
    let pause = state.withLock { state in
      let pause = admit(at: now, wall: wall, &state)
      if pause == nil { state.accepted.append(now) } else { state.refused += 1 }
      return pause
    }
    guard let pause else {
      return HTTPAnswer(status: 200, body: Array(#"{"RequestId":"R"}"#.utf8))
    }
    return HTTPAnswer(
      status: 400, headers: namesPause ? [("x-acs-retry-after", "\(pause.inMilliseconds + 1)")] : [],
      body: Array(#"{"RequestId":"R","Code":"Throttling.User","Message":"too many"}"#.utf8))
  }

  private func nextLatency() -> Duration {
    guard latency.seed != nil else { return latency.mean }
    return latency.mean * state.withLock { Double.random(in: 0.5..<1.5, using: &$0.random) }
  }

  /// How long to wait, or nothing where the request is taken.
  private func admit(at now: Duration, wall: UTCTime, _ state: inout State) -> Duration? {
    switch limit {
    case .fixedSecond(let count):
      let second = Duration.seconds(now.components.seconds)
      return state.count(since: second) < count ? nil : second + .seconds(1) - now
    case .slidingSecond(let count):
      let recent = state.count(since: now - .seconds(1) + .nanoseconds(1))
      return recent < count ? nil : state.accepted[state.accepted.count - recent] + .seconds(1) - now
    case .bucket(let rate, let most):
      let (seconds, attoseconds) = (now - state.filledAt).components
      let gained = (Double(seconds) + Double(attoseconds) * 1e-18) * Double(rate)
      let tokens = min(Double(most), (state.tokens ?? Double(most)) + gained)
      state.filledAt = now
      state.tokens = tokens >= 1 ? tokens - 1 : tokens
      return tokens >= 1 ? nil : .seconds((1 - tokens) / Double(rate))
    case .spaced(let rate):
      let free = (state.accepted.last ?? .seconds(-1)) + .seconds(1.0 / Double(rate))
      return now >= free ? nil : free - now
    case .oneIn(let count):
      return Int.random(in: 0..<count, using: &state.random) == 0 ? .milliseconds(1) : nil
    case .minute(let count):
      let begun = now - (.seconds(60) - wall.untilNextMinute)
      return state.count(since: begun) < count ? nil : wall.untilNextMinute
    }
  }
}
