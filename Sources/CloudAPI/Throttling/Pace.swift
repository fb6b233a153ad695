// SPDX-License-Identifier: Apache-2.0

/// The spacing of requests: what was learned from the last refusals, and when the next request is due.
struct Pace: Hashable, Sendable {
  /// Requests per second; nothing while no limit is known.
  private(set) var rate: Double?
  private var due: Duration = .zero
  /// When requests began to pass since the last refusal, and how many have.
  private var began: Duration?
  private var passes = 0
  /// Until when the rate is held; growth before that only where the rate is no more than a guess.
  private var heldUntil: Duration = .zero
  private var isGuess = false
  private var grownAt: Duration = .zero

  /// Asks for the next place.
  mutating func admit(at now: Duration) -> Throttle.Verdict {
    guard let rate else { return .go }
    if now < due { return .wait(due - now) }
    // Who wakes late may catch up a little, so that the average holds.
    let interval = Duration.seconds(1 / rate)
    due = max(due, now - interval * 2) + interval
    return .go
  }

  /// Takes note of a request that has passed.
  mutating func pass(at now: Duration) {
    if began == nil { began = now }
    passes += 1
    guard let current = rate else { return }
    if isGuess {
      rate = current * 1.2
    } else if now > heldUntil {
      // Gently at first, near the last limit; then faster, as the limit seems to be gone.
      let factor = now - heldUntil < .seconds(10) ? 0.02 : 0.15
      rate = current * (1 + factor * min(1, (now - max(grownAt, heldUntil)).inSeconds))
    }
    grownAt = now
  }

  /// Takes note that the service refused at `refusedAt` and takes requests again at `now`.
  mutating func recover(refusedAt: Duration, at now: Duration) {
    let start = min(began ?? refusedAt, refusedAt)
    if now - refusedAt > .seconds(3) {
      // It counts by the minute; to spread requests would only waste the minute that has begun.
      self = Pace()
      return
    }
    let isSettled = rate == nil || refusedAt - start > .seconds(10)
    isGuess = false
    if let current = rate {
      rate = max(current * (refusedAt > heldUntil ? 0.9 : 0.85), 1.0 / 60)
    } else {
      // What passed until now is what the service allows for that time. It counts by the second, and it is our
      // tries that come a little later.
      let span = (now - start).inSeconds
      let counted = (0.9..<1.7).contains(span) ? 1 : max(0.05, span)
      rate = Double(max(1, passes)) / counted * 0.95
      isGuess = passes < 4
    }
    due = now
    heldUntil = now + (isSettled ? .seconds(20) : .seconds(3))
    grownAt = now
    began = nil
    passes = 0
  }
}

extension Duration {
  /// Seconds as a floating-point number, for rates.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
