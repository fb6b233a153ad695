// SPDX-License-Identifier: Apache-2.0

import GRDB
import Resources

/// What is known of a component beyond its item.
struct ComponentFacts: Hashable, Sendable {
  let name: String
  let version: Version
  let systemType: String
  let componentType: String
  /// The parameters that its content declares, as JSON text.
  let parameters: String
}

extension Transaction {
  /// Records what a component is found by.
  func insert(_ facts: ComponentFacts, for sequence: Int64, in scope: Scope) throws {
    try run(
      """
      INSERT INTO component (object, account, region, name, major, minor, patch, system_type, component_type,
        parameters) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        sequence, scope.account, scope.region, facts.name, Int64(facts.version.major),
        Int64(facts.version.minor), Int64(facts.version.patch), facts.systemType, facts.componentType,
        facts.parameters,
      ])
  }

  /// Whether this version of a name is taken.
  func hasComponent(_ name: String, _ version: Version, in scope: Scope) throws -> Bool {
    let exactly = VersionPattern(version.major, version.minor, version.patch)
    return try newestComponent(name, exactly, in: scope) != nil
  }

  /// The greatest major number under a name.
  func greatestMajor(_ name: String, in scope: Scope) throws -> Int64? {
    let row = try row(
      "SELECT max(major) AS major FROM component WHERE account = ? AND region = ? AND name = ?",
      [scope.account, scope.region, name])
    return row?["major"]
  }

  /// The component of `name` with the newest version that fits `pattern`.
  func newestComponent(_ name: String, _ pattern: VersionPattern, in scope: Scope) throws -> Int64? {
    var terms = "account = ? AND region = ? AND name = ?"
    var arguments: StatementArguments = [scope.account, scope.region, name]
    for (column, number) in pattern.columns {
      terms += " AND \(column) = ?"
      arguments += [number]
    }
    let row = try row(
      "SELECT object FROM component WHERE \(terms) ORDER BY major DESC, minor DESC, patch DESC LIMIT 1",
      arguments)
    return row?["object"]
  }

  /// What is known of the component with this sequence.
  func facts(ofComponent sequence: Int64) throws -> ComponentFacts? {
    try row("SELECT * FROM component WHERE object = ?", [sequence]).map { row in
      let (major, minor, patch): (Int64, Int64, Int64) = (row["major"], row["minor"], row["patch"])
      return ComponentFacts(
        name: row["name"],
        version: Version(UInt32(clamping: major), UInt32(clamping: minor), UInt32(clamping: patch)),
        systemType: row["system_type"], componentType: row["component_type"], parameters: row["parameters"])
    }
  }

  /// The content of the component with this sequence.
  func content(ofComponent sequence: Int64) throws -> String {
    let row = try row(
      "SELECT json_extract('{' || item || '}', '$.Content') AS content FROM object WHERE sequence = ?",
      [sequence])
    return row?["content"] ?? ""
  }

  /// Whether a pipeline uses the component: names it, or follows a pattern that it is the newest to fit.
  func isUsed(component sequence: Int64, in scope: Scope) throws -> Bool {
    if try row("SELECT 1 FROM reference WHERE component = ? LIMIT 1", [sequence]) != nil { return true }
    guard let facts = try facts(ofComponent: sequence) else { return false }
    return try patterns(following: facts.name, in: scope).contains { pattern in
      try newestComponent(facts.name, pattern, in: scope) == sequence
    }
  }

  /// The patterns by which pipelines name the component `name`.
  private func patterns(following name: String, in scope: Scope) throws -> Set<VersionPattern> {
    let rows = try rows(
      """
      SELECT DISTINCT major, minor, patch FROM follower JOIN object ON object.sequence = follower.pipeline
      WHERE follower.name = ? AND object.account = ? AND object.region = ?
      """, [name, scope.account, scope.region])
    return Set(
      rows.map { row in
        let (major, minor, patch): (Int64?, Int64?, Int64?) = (row["major"], row["minor"], row["patch"])
        return VersionPattern(
          major.map { UInt32(clamping: $0) }, minor.map { UInt32(clamping: $0) },
          patch.map { UInt32(clamping: $0) })
      })
  }

  /// Records that a pipeline names a component by a pattern.
  func insertFollower(_ pipeline: Int64, of component: ComponentARN) throws {
    let version = component.version
    try run(
      "INSERT INTO follower (pipeline, name, major, minor, patch) VALUES (?, ?, ?, ?, ?)",
      [
        pipeline, component.name, version.major.map { Int64($0) }, version.minor.map { Int64($0) },
        version.patch.map { Int64($0) },
      ])
  }

  /// Records that a pipeline uses a component.
  func insertReference(from pipeline: Int64, to component: Int64) throws {
    try run("INSERT OR IGNORE INTO reference (pipeline, component) VALUES (?, ?)", [pipeline, component])
  }
}

extension VersionPattern {
  /// The columns of `component` that the pattern fixes, with their numbers.
  var columns: [(name: String, number: Int64)] {
    zip(["major", "minor", "patch"], [major, minor, patch]).compactMap { column, number in
      number.map { (column, Int64($0)) }
    }
  }
}
