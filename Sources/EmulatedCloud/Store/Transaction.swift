// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The state while one call looks at it and changes it; calls follow one another, never at the same time.
struct Transaction {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  /// Runs one statement.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The rows that a query finds.
  func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// The first row that a query finds.
  func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
    try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// The number in the only column of the only row.
  func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? 0
  }

  /// The row number of the last insertion.
  var lastSequence: Int64 { database.lastInsertedRowID }

  /// The number of rows that the last statement changed.
  var changes: Int { database.changesCount }

  /// Does `body` so that nothing remains of it when it throws.
  func undoable(_ body: (Transaction) throws -> ServedReply) -> Result<ServedReply, any Error> {
    Result {
      var reply = ServedReply()
      try database.inSavepoint {
        reply = try body(self)
        return .commit
      }
      return reply
    }
  }
}
