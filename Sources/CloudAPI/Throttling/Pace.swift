// SPDX-License-Identifier: Apache-2.0

/// The spacing of requests: what was learned from refusals, and when the next request is due.
///
/// The rate is kept a little below the one that was refused last, and creeps back to it: where the service spaces
/// requests evenly, a rate just above its own halves what passes. A rate that is no more than a guess grows fast.
struct Pace: Hashable, Sendable {
  /// Requests per second; nothing while no limit is known.
  private(set) var rate: Double?
  /// When the rate was last lowered or learned; what was sent before says nothing about it.
  private(set) var changedAt: Duration = .zero

  private var due: Duration = .zero
  private var sentLast: Duration = .zero
  /// When requests began to pass since the rate was last changed, and how many have.
  private var began: Duration?
  private var passes = 0
  /// The rate that was refused last: the limit lies below it, and most likely just below.
  private var ceiling = Double.infinity
  private var grownAt: Duration = .zero
  /// How many refusals since then had nothing to do with the rate.
  private var chances = 0
  /// Whether the rate comes from too little to be trusted.
  private var isGuess = false
  /// At what rates requests went out while the rate was a guess, which has grown when their answers come.
  private var guesses: [Guess] = []

  private struct Guess: Hashable {
    let sentAt: Duration
    let rate: Double
  }

  /// The factor by which a guess grows.
  private static let guessGrowth = 1.4

  /// Asks for the next place.
  mutating func admit(at now: Duration) -> Throttle.Verdict {
    guard let rate else { return .go }
    if now < due { return .wait(due - now) }
    let interval = Duration.seconds(1 / rate)
    // Who wakes late may catch up a little, so that the average holds; more would come too early for some services.
    due = max(due, now - interval / 16) + interval
    sentLast = now
    if isGuess { guesses.append(Guess(sentAt: now, rate: rate)) }
    return .go
  }

  /// Takes note of a request that has passed.
  mutating func pass(sentAt: Duration, at now: Duration) {
    if began == nil { began = now }
    passes += 1
    guard let current = rate, sentAt >= changedAt else { return }
    if isGuess {
      // Once for each way there and back, as what is under way knows nothing of the growth.
      guard sentAt >= grownAt else { return }
      rate = current * Self.guessGrowth
    } else {
      rate = current * (1 + growth(of: current, at: now) * min(1, (now - grownAt).inSeconds))
    }
    grownAt = now
  }

  /// How much of itself a rate grows by in a second: fast while it is below the ceiling, gently near it, and fast
  /// again when nothing has been refused for long, as the limit seems to be gone, or was none.
  private func growth(of rate: Double, at now: Duration) -> Double {
    guard chances < 2 else { return 0.15 }
    guard rate >= ceiling * 0.975 else { return 0.04 }
    let quiet = now - changedAt
    return quiet < .seconds(10) ? 0.003 : quiet < .seconds(20) ? 0.01 : 0.15
  }

  /// Takes note of a refusal among answers that pass.
  ///
  /// Where such refusals are rare and the rate is not near the ceiling, this one came by chance and changes nothing;
  /// a service that refuses by chance does so near the ceiling as well.
  mutating func slow(sentAt: Duration, at now: Duration, isRare: Bool) {
    guard let current = rate else { return }
    let isUnlikely = isGuess ? passes >= 12 : current < ceiling * 0.98 && ceiling < .infinity
    guard !(isRare && (isUnlikely || chances >= 2)) else {
      chances += 1
      return
    }
    lower(from: guesses.last { $0.sentAt <= sentAt }?.rate ?? current, by: 0.96, at: now)
  }

  /// Takes note that the service refused at `refusedAt` and takes requests again at `now`.
  mutating func recover(refusedAt: Duration, at now: Duration) {
    if now - refusedAt > .seconds(3) {
      // It counts by the minute; to spread requests would only waste the minute that has begun.
      self = Pace()
      return
    }
    if let current = rate {
      lower(from: current, by: 0.95, at: now)
    } else {
      learn(refusedAt: refusedAt, at: now)
      restart(at: now)
    }
    due = now + .seconds(1 / (rate ?? 1))
  }

  private mutating func learn(refusedAt: Duration, at now: Duration) {
    let span = (now - min(began ?? refusedAt, refusedAt)).inSeconds
    if passes >= 4, span >= 0.9 {
      // What passed until now is what the service allows for that time. Where that is about a second it counts by
      // the second, and it is our tries that come a little later.
      rate = Double(passes) / (span < 1.5 ? 1 : span) * 0.96
      return
    }
    isGuess = true
    let passed = Double(max(passes, 1)) / max(span, 0.02)
    let refilled = 1 / max((now - refusedAt).inSeconds, 0.005)
    // Few that passed at once may have been saved up; then the one that has passed since the refusal says more.
    rate = passes < 40 ? (passed * refilled).squareRoot() : passed
  }

  private mutating func lower(from refused: Double, by factor: Double, at now: Duration) {
    let span = (now - (began ?? now)).inSeconds
    let passed = passes >= 8 && span > 0.2 && !isGuess ? Double(passes - 1) / span : .infinity
    // Where hardly anything passed in between, the limit is still far below.
    let factor = isGuess ? 1 / Self.guessGrowth : passes < 3 ? 0.9 : factor
    let lowered = max(passed < refused * 0.5 ? max(passed, refused / 2) : refused * factor, 1.0 / 60)
    rate = lowered
    ceiling = refused
    isGuess = false
    guesses = []
    due = max(due, sentLast + .seconds(1 / lowered))
    restart(at: now)
  }

  private mutating func restart(at now: Duration) {
    changedAt = now
    grownAt = now
    began = nil
    passes = 0
    chances = 0
  }
}

extension Duration {
  /// Seconds as a floating-point number, for rates.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
