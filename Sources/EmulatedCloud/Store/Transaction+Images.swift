// SPDX-License-Identifier: Apache-2.0

import GRDB

extension Transaction {
  /// Records that a thing is an image of `family`, made by `execution`.
  func insertImage(family: String, execution: String, for sequence: Int64) throws {
    try run(
      "INSERT INTO image (object, family, execution) VALUES (?, ?, ?)", [sequence, family, execution])
  }

  /// Removes the images of an execution that are not there yet at `now`.
  func deleteImages(of execution: StoredExecution, after now: Int64) throws {
    try run(
      """
      DELETE FROM object WHERE created > ?
      AND sequence IN (SELECT object FROM image WHERE execution = ?)
      """, [now, execution.object.id])
  }

  /// The images that are there at `now`, the newest first.
  func images(in scope: Scope, at now: Int64) throws -> [StoredObject] {
    try rows(
      """
      SELECT * FROM object WHERE account = ? AND region = ? AND kind = 'image' AND created <= ?
      ORDER BY created DESC, sequence DESC
      """, [scope.account, scope.region, now]
    ).map(Self.object)
  }

  /// The newest image of a family that is there at `now`.
  func newestImage(of family: String, in scope: Scope, at now: Int64) throws -> StoredObject? {
    try row(
      """
      SELECT object.* FROM object JOIN image ON image.object = sequence
      WHERE account = ? AND region = ? AND kind = 'image' AND family = ? AND created <= ?
      ORDER BY created DESC, sequence DESC LIMIT 1
      """, [scope.account, scope.region, family, now]
    ).map(Self.object)
  }

  /// Whether an image is called `name`, or will be.
  func hasImage(called name: String, in scope: Scope) throws -> Bool {
    try row(
      "SELECT 1 FROM object WHERE account = ? AND region = ? AND kind = 'image' AND name = ? LIMIT 1",
      [scope.account, scope.region, name]) != nil
  }
}
