// SPDX-License-Identifier: Apache-2.0

import GRDB

/// A ClientToken within the things that it counts for.
struct TokenKey: Hashable, Sendable {
  let scope: Scope
  let operation: String
  let token: String
}

/// What was asked and answered under a ClientToken.
struct RememberedCall: Hashable, Sendable {
  let fingerprint: String
  let reply: String
}

extension Transaction {
  /// What is remembered under `key` since `time`.
  func remembered(_ key: TokenKey, since time: Int64) throws -> RememberedCall? {
    try row(
      """
      SELECT fingerprint, reply FROM token
      WHERE account = ? AND region = ? AND operation = ? AND token = ? AND created >= ?
      """,
      [key.scope.account, key.scope.region, key.operation, key.token, time]
    ).map { RememberedCall(fingerprint: $0["fingerprint"], reply: $0["reply"]) }
  }

  /// Remembers a success under `key`.
  func remember(_ call: RememberedCall, as key: TokenKey, at time: Int64) throws {
    try run(
      """
      INSERT OR REPLACE INTO token (account, region, operation, token, fingerprint, reply, created)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        key.scope.account, key.scope.region, key.operation, key.token, call.fingerprint, call.reply, time,
      ])
  }
}
