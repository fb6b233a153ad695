// SPDX-License-Identifier: Apache-2.0

import GRDB

extension Transaction {
  /// Keeps a session, so that it outlives the process.
  func insertSession(_ session: Credential) throws {
    try run(
      """
      INSERT INTO session (access_key, secret, token, account, arn, role, expires)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        session.accessKeyID, session.secret, session.token ?? "", session.identity.account,
        session.identity.arn,
        session.identity.role ?? "", session.expires ?? 0,
      ])
  }

  /// The sessions that go on after `now`; the others are forgotten.
  func sessions(after now: Int64) throws -> [Credential] {
    try run("DELETE FROM session WHERE expires <= ?", [now])
    return try rows("SELECT * FROM session", []).map { row in
      Credential(
        accessKeyID: row["access_key"], secret: row["secret"], token: row["token"], isActive: true,
        expires: row["expires"],
        identity: Identity(account: row["account"], arn: row["arn"], role: row["role"]))
    }
  }
}
