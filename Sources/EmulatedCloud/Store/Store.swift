// SPDX-License-Identifier: Apache-2.0

import GRDB

/// What went wrong with the data file before the service could open it.
package enum StoreFailure: Error, CustomStringConvertible {
  /// Another process holds the file, and went on holding it for the whole wait.
  case inUse(path: String)
  /// The file was written by a later version of this program.
  case newer(path: String)
  /// The file can't be opened, or is no such file.
  case unreadable(path: String, reason: String)

  package var description: String {
    switch self {
    case .inUse(let path):
      "the data file \(path) is in use by another process; stop that one, or wait for it longer"
    case .newer(let path):
      "the data file \(path) was written by a later version; use that version, or another file"
    case .unreadable(let path, let reason):
      "the data file \(path) can't be opened: \(reason)"
    }
  }
}

/// The state of the service in SQLite.
///
/// One connection that holds its file exclusively: a second process can't spoil it, and readers never wait for a
/// lock. Write-ahead log with `synchronous=FULL`: what was acknowledged survives a kill and a loss of power; that each
/// commit waits for the disk is paid for by committing many calls at once, see `CommitGroup`.
struct Store: Sendable {
  private let queue: DatabaseQueue

  /// Opens the data, making or migrating the file where needed; waits up to `wait`, at most a day, for
  /// another process.
  init(_ data: EmulatorConfiguration.Data, wait: Duration) throws(StoreFailure) {
    switch data {
    case .memory:
      do {
        queue = try DatabaseQueue()
        try Schema.migrate(queue)
      } catch {
        throw .unreadable(path: ":memory:", reason: "\(error)")
      }
    case .file(let path):
      do {
        queue = try Self.open(path, wait: wait)
        guard try !Schema.isNewer(queue) else { throw StoreFailure.newer(path: path) }
        try Schema.migrate(queue)
      } catch let failure as StoreFailure {
        throw failure
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        throw .inUse(path: path)
      } catch {
        throw .unreadable(path: path, reason: "\(error)")
      }
    }
  }

  private static func open(_ path: String, wait: Duration) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(min(wait, .seconds(86_400)) / .seconds(1))
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // The exclusive lock is taken by the first write, and kept from then on.
      try database.execute(sql: "BEGIN IMMEDIATE; COMMIT")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Does all of `works` in one transaction, each on its own terms.
  ///
  /// One that throws leaves no trace and spoils no other. When this returns, what succeeded is on disk.
  func commit(_ works: [Work]) throws -> [Result<ServedReply, any Error>] {
    try queue.writeWithoutTransaction { database in try Self.commit(works, to: database) }
  }

  /// The same, without blocking the caller's thread.
  ///
  /// It goes on when the caller's task is cancelled, for the works of others are among them.
  func commitInBackground(_ works: [Work]) async throws -> [Result<ServedReply, any Error>] {
    try await withCheckedContinuation { continuation in
      queue.asyncWriteWithoutTransaction { database in
        continuation.resume(returning: Result { try Self.commit(works, to: database) })
      }
    }.get()
  }

  /// The sessions of roles that go on after `now`.
  func sessions(after now: Int64) throws(StoreFailure) -> [Credential] {
    do {
      return try queue.write { database in try Transaction(database).sessions(after: now) }
    } catch {
      throw .unreadable(path: queue.path, reason: "\(error)")
    }
  }

  /// Closes the file, so that another process can have it at once.
  func close() throws {
    try queue.close()
  }

  private static func commit(
    _ works: [Work], to database: Database
  ) throws -> [Result<ServedReply, any Error>] {
    var results: [Result<ServedReply, any Error>] = []
    results.reserveCapacity(works.count)
    try database.inTransaction(.immediate) {
      let transaction = Transaction(database)
      for work in works {
        results.append(work.writes ? transaction.undoable(work.body) : Result { try work.body(transaction) })
      }
      return .commit
    }
    return results
  }
}

/// What an operation does to the state, once it has been checked that the call is well-formed.
struct Work: Sendable {
  /// Whether it may change anything.
  let writes: Bool
  /// The change and the answer.
  let body: @Sendable (Transaction) throws -> ServedReply

  init(writes: Bool, _ body: @escaping @Sendable (Transaction) throws -> ServedReply) {
    self.writes = writes
    self.body = body
  }
}
