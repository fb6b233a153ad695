// SPDX-License-Identifier: Apache-2.0

import GRDB
import Resources

/// One page of a list.
struct ObjectPage: Sendable {
  let objects: [StoredObject]
  /// How many things the whole list has.
  let total: Int
  /// After which sequence the next page begins; nil on the last page.
  let next: Int64?
}

extension Transaction {
  /// The things that `query` asks for, in the order of their creation, beginning after `sequence`.
  func page(_ query: ListQuery, in scope: Scope, after sequence: Int64, size: Int) throws -> ObjectPage {
    let condition = SearchCondition(query, in: scope)
    let found = try rows(
      "SELECT object.* FROM object \(condition.joins) WHERE \(condition.text) AND sequence > ?"
        + " ORDER BY sequence LIMIT ?",
      condition.arguments + [sequence, size + 1])
    let objects = found.prefix(size).map(Self.object)
    let isWhole = sequence == 0 && found.count <= size
    return ObjectPage(
      objects: objects,
      total: isWhole ? found.count : try self.count(matching: condition),
      next: found.count > size ? objects.last?.sequence : nil)
  }

  private func count(matching condition: SearchCondition) throws -> Int {
    try count(
      "SELECT count(*) FROM object \(condition.joins) WHERE \(condition.text)", condition.arguments)
  }
}

/// A query as SQL.
private struct SearchCondition {
  var joins = ""
  private var terms: [String] = []
  private(set) var arguments: StatementArguments = []

  var text: String { terms.joined(separator: " AND ") }

  init(_ query: ListQuery, in scope: Scope) {
    add(
      "object.account = ? AND object.region = ? AND kind = ?",
      [scope.account, scope.region, query.kind.rawValue])
    if !query.ids.isEmpty {
      let marks = Array(repeating: "?", count: query.ids.count).joined(separator: ", ")
      add("id IN (\(marks))", StatementArguments(query.ids))
    }
    if let name = query.name { add("object.name = ?", [name]) }
    if let group = query.resourceGroup { add("resource_group = ?", [group]) }
    if let time = query.createdUpTo { add("created <= ?", [time]) }
    if let pipeline = query.pipeline {
      joins = "JOIN execution ON execution.object = sequence"
      add("execution.pipeline = ?", [pipeline])
    }
    for tag in query.tags { add(tag) }
    addComponentTerms(query)
  }

  private mutating func add(_ term: String, _ more: StatementArguments) {
    terms.append(term)
    arguments += more
  }

  private mutating func add(_ tag: TagQuery) {
    guard let key = tag.key else { return }
    if let value = tag.value {
      add("EXISTS (SELECT 1 FROM tag WHERE tag.object = sequence AND key = ? AND value = ?)", [key, value])
    } else {
      add("EXISTS (SELECT 1 FROM tag WHERE tag.object = sequence AND key = ?)", [key])
    }
  }

  private mutating func addComponentTerms(_ query: ListQuery) {
    let before = terms.count
    if let system = query.systemType { add("system_type = ?", [system]) }
    if let type = query.componentType { add("component_type = ?", [type]) }
    if let version = query.version {
      for (column, number) in version.columns { add("\(column) = ?", [number]) }
    }
    if terms.count > before { joins += " JOIN component ON component.object = sequence" }
  }
}
