// SPDX-License-Identifier: Apache-2.0

import GRDB
import JSONSyntax

extension Transaction {
  /// Stores a new thing with its tags and answers its sequence.
  func insert(_ object: NewObject, in scope: Scope) throws -> Int64 {
    try run(
      """
      INSERT INTO object (account, region, kind, id, name, resource_group, created, item, tags)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        scope.account, scope.region, object.kind.rawValue, object.id, object.name, object.resourceGroup,
        object.created, object.item, Self.json(object.tags),
      ])
    let sequence = lastSequence
    try insert(object.tags, on: sequence)
    return sequence
  }

  /// The thing with this id.
  func object(_ kind: ObjectKind, _ id: String, in scope: Scope) throws -> StoredObject? {
    try row(
      "SELECT * FROM object WHERE account = ? AND region = ? AND kind = ? AND id = ?",
      [scope.account, scope.region, kind.rawValue, id]
    ).map(Self.object)
  }

  /// Removes a thing and everything that belongs to it.
  func delete(_ object: StoredObject) throws {
    try run("DELETE FROM object WHERE sequence = ?", [object.sequence])
  }

  /// How many things of a kind there are.
  func count(_ kind: ObjectKind, in scope: Scope) throws -> Int {
    try count(
      "SELECT count(*) FROM object WHERE account = ? AND region = ? AND kind = ?",
      [scope.account, scope.region, kind.rawValue])
  }

  /// Puts a thing into another resource group.
  func move(_ object: StoredObject, to resourceGroup: String) throws {
    try run("UPDATE object SET resource_group = ? WHERE sequence = ?", [resourceGroup, object.sequence])
  }

  /// Replaces the tags of a thing.
  func setTags(_ tags: [String: String], on object: StoredObject) throws {
    try run("DELETE FROM tag WHERE object = ?", [object.sequence])
    try insert(tags, on: object.sequence)
    try run("UPDATE object SET tags = ? WHERE sequence = ?", [Self.json(tags), object.sequence])
  }

  /// The tags of a thing.
  func tags(of object: StoredObject) throws -> [String: String] {
    var tags: [String: String] = [:]
    for row in try rows("SELECT key, value FROM tag WHERE object = ?", [object.sequence]) {
      tags[row["key"]] = row["value"]
    }
    return tags
  }

  /// How many different keys the tags of a region have.
  func countTagKeys(in scope: Scope) throws -> Int {
    try count(
      """
      SELECT count(DISTINCT key) FROM tag JOIN object ON object.sequence = tag.object
      WHERE account = ? AND region = ?
      """, [scope.account, scope.region])
  }

  private func insert(_ tags: [String: String], on sequence: Int64) throws {
    for (key, value) in tags {
      try run("INSERT INTO tag (object, key, value) VALUES (?, ?, ?)", [sequence, key, value])
    }
  }

  static func object(_ row: Row) -> StoredObject {
    StoredObject(
      sequence: row["sequence"], id: row["id"], name: row["name"], resourceGroup: row["resource_group"],
      created: row["created"], item: row["item"], tags: row["tags"])
  }

  private static func json(_ tags: [String: String]) -> String {
    let sorted = tags.sorted { $0.key < $1.key }
    return JSONValue.array(sorted.map { ["TagKey": .string($0.key), "TagValue": .string($0.value)] }).text
  }
}
