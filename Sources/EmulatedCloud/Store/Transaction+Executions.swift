// SPDX-License-Identifier: Apache-2.0

import GRDB

/// An execution as it is stored.
struct StoredExecution: Sendable {
  let object: StoredObject
  let pipeline: Int64
  let timeline: Timeline
  /// The id of the image that it makes.
  let image: String
}

extension Transaction {
  /// Records an execution.
  func insertExecution(_ timeline: Timeline, of pipeline: Int64, image: String, for sequence: Int64) throws {
    try run(
      "INSERT INTO execution (object, pipeline, timeline, ends, image) VALUES (?, ?, ?, ?, ?)",
      [sequence, pipeline, timeline.text, timeline.ends, image])
  }

  /// Gives an execution another course.
  func setTimeline(_ timeline: Timeline, of execution: StoredExecution) throws {
    try run(
      "UPDATE execution SET timeline = ?, ends = ? WHERE object = ?",
      [timeline.text, timeline.ends, execution.object.sequence])
  }

  /// Whether an execution of the pipeline is not over yet.
  func isRunning(pipeline: Int64, at now: Int64) throws -> Bool {
    try row("SELECT 1 FROM execution WHERE pipeline = ? AND ends > ? LIMIT 1", [pipeline, now]) != nil
  }

  /// The executions of a pipeline, in the order in which they were started.
  func executions(of pipeline: StoredObject) throws -> [StoredExecution] {
    try rows(
      "SELECT * FROM execution JOIN object ON object = sequence WHERE pipeline = ? ORDER BY sequence",
      [pipeline.sequence]
    ).compactMap(Self.execution)
  }

  /// The execution with this id.
  func execution(_ id: String, in scope: Scope) throws -> StoredExecution? {
    try row(
      """
      SELECT * FROM execution JOIN object ON object = sequence
      WHERE account = ? AND region = ? AND kind = ? AND id = ?
      """, [scope.account, scope.region, ObjectKind.execution.rawValue, id]
    ).flatMap(Self.execution)
  }

  /// Removes the records of a pipeline's executions.
  func deleteExecutions(of pipeline: StoredObject) throws {
    try run(
      "DELETE FROM object WHERE sequence IN (SELECT object FROM execution WHERE pipeline = ?)",
      [pipeline.sequence])
  }

  private static func execution(_ row: Row) -> StoredExecution? {
    guard let timeline = Timeline(row["timeline"] as String) else { return nil }
    return StoredExecution(
      object: object(row), pipeline: row["pipeline"], timeline: timeline, image: row["image"])
  }
}
