// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Reads the keys of one mapping that has no field table: `Stack`, targets, steps.
struct MappingReader {
  let file: String
  let what: String
  let node: Node
  private let entries: [Node.Entry]

  /// A reader of `node`, called `what` in messages; nil with a report when `node` is no mapping.
  init?(_ node: Node, what: String, file: String, into problems: inout Problems) {
    self.file = file
    self.what = what
    self.node = node
    switch node.content {
    case .mapping(let entries):
      self.entries = entries
    case .scalar where node.isNull:
      self.entries = []
    case .scalar, .sequence:
      problems.report(.wrongType(what, expected: "a mapping", at: Location(file: file, range: node.range)))
      return nil
    }
  }

  subscript(key: String) -> Node? {
    guard let value = entries.first(where: { $0.key == key })?.value, !value.isNull else { return nil }
    return value
  }

  var keys: [String] { entries.map(\.key) }

  /// Reports every key that is not in `known`.
  func rejectUnknown(_ known: [String], into problems: inout Problems) {
    for entry in entries where !known.contains(entry.key) {
      problems.report(
        .unknownField(entry.key, known: known, at: Location(file: file, range: entry.keyRange)))
    }
  }

  func location(of key: String) -> Location {
    let range = entries.first { $0.key == key }?.value.range ?? node.range
    return Location(file: file, range: range)
  }

  func text(_ key: String, into problems: inout Problems) -> String? {
    guard let value = self[key] else { return nil }
    guard let scalar = value.scalar else {
      problems.report(.wrongType(path(key), expected: "text", at: location(of: key)))
      return nil
    }
    return scalar.text
  }

  func boolean(_ key: String, into problems: inout Problems) -> Bool? {
    guard let value = self[key] else { return nil }
    guard let scalar = value.scalar, scalar.style == .plain, let truth = Bool(scalar.text) else {
      problems.report(.wrongType(path(key), expected: "true or false", at: location(of: key)))
      return nil
    }
    return truth
  }

  func integer(_ key: String, in range: ClosedRange<Int>, into problems: inout Problems) -> Int? {
    guard let value = self[key] else { return nil }
    guard let scalar = value.scalar, scalar.style == .plain, let number = Int(scalar.text),
      range.contains(number)
    else {
      let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
      problems.report(.wrongType(path(key), expected: expected, at: location(of: key)))
      return nil
    }
    return number
  }

  func list(_ key: String, into problems: inout Problems) -> [Node] {
    guard let value = self[key] else { return [] }
    guard case .sequence(let elements) = value.content else {
      problems.report(.wrongType(path(key), expected: "a list", at: location(of: key)))
      return []
    }
    return elements
  }

  func required(_ key: String, into problems: inout Problems) -> String? {
    if self[key] == nil {
      problems.report(.missingField(path(key), at: Location(file: file, range: node.range)))
      return nil
    }
    return text(key, into: &problems)
  }

  private func path(_ key: String) -> String { "\(what).\(key)" }
}

extension Diagnostic {
  static func wrongType(_ what: String, expected: String, at location: Location) -> Diagnostic {
    Diagnostic(.error, rule: "wrong-type", "\(what) must be \(expected)", at: location)
  }

  static func missingField(_ what: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error, rule: "missing-field", "\(what) is required",
      at: Location(file: location.file, at: location.range.start))
  }
}
