// SPDX-License-Identifier: Apache-2.0

/// Counts calls by account, region and operation in windows of fixed length, as the service does by the minute.
struct Throttle: Sendable {
  private struct Key: Hashable, Sendable {
    let scope: Scope
    let operation: String
    let limit: Int
  }

  private struct Count: Sendable {
    var window: Int64
    var calls: Int
  }

  let limits: [RateLimit]
  private var counts: [Key: Count] = [:]

  init(_ limits: [RateLimit]) {
    self.limits = limits
  }

  /// Counts one call, or refuses it until its window ends.
  mutating func admit(_ operation: String, in scope: Scope, at now: Int64) throws(Refusal) {
    for (index, limit) in limits.enumerated() where limit.operation ?? operation == operation {
      let window = now / limit.window
      let key = Key(scope: scope, operation: operation, limit: index)
      var count = counts[key] ?? Count(window: window, calls: 0)
      if count.window != window { count = Count(window: window, calls: 0) }
      guard count.calls < limit.calls else {
        throw .throttled(after: Int((window + 1) * limit.window - now))
      }
      count.calls += 1
      counts[key] = count
    }
  }
}

extension Refusal {
  /// Too many calls; `milliseconds` is when the next may come.
  static func throttled(after milliseconds: Int?) -> Refusal {
    Refusal(
      400, "Throttling.User", "Request was denied due to user flow control.", retryAfter: milliseconds)
  }
}
