// SPDX-License-Identifier: Apache-2.0

/// The nonces of signatures seen of late, so that a request that was overheard can't be sent again.
///
/// Kept in memory only: a restart forgets them, which an attacker can't use for more than the few minutes in which a
/// date is accepted, and which costs no write for each read.
struct Nonces: Sendable {
  private let lifetime: Int64
  private var recent: Set<String> = []
  private var older: Set<String> = []
  private var turned: Int64 = 0

  /// Remembers each nonce for at least `lifetime` milliseconds, and at most for twice as long.
  init(lifetime: Int64) {
    self.lifetime = lifetime
  }

  /// Whether `nonce` is new; it is not the next time.
  mutating func admit(_ nonce: String, at now: Int64) -> Bool {
    if now - turned >= lifetime {
      older = now - turned >= 2 * lifetime ? [] : recent
      recent = []
      turned = now
    }
    guard !older.contains(nonce) else { return false }
    return recent.insert(nonce).inserted
  }
}
