// SPDX-License-Identifier: Apache-2.0

/// A long wait that the service asks for, for people who wonder why nothing happens.
package struct ThrottleNotice: Hashable, Sendable {
  /// The operation that the service takes too few calls of.
  package let operation: String
  /// How long the call has been held up so far, and will be.
  package let waited: Duration
}

/// Decides which waits are told: those of five seconds or more, and of each operation one in half a minute.
struct ThrottleNotices: Sendable {
  private static let leastWait = Duration.seconds(5)
  private static let interval = Duration.seconds(30)

  private var toldAt: [String: Duration] = [:]

  /// What to tell of a call that has waited for `waited` in all, the next `pause` included.
  mutating func notice(
    of call: Call, waited: Duration, _ pause: Duration, at now: Duration
  ) -> ThrottleNotice? {
    guard waited >= Self.leastWait, pause > .zero else { return nil }
    if let told = toldAt[call.operation], now - told < Self.interval { return nil }
    toldAt[call.operation] = now
    return ThrottleNotice(operation: call.operation, waited: waited)
  }
}
