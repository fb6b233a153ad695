// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Reads the keys of one mapping that has no field table: `Stack`, targets, steps.
struct MappingReader {
  let file: String
  let what: String
  /// Where the mapping stands.
  let range: SourceRange
  /// Whether files and variables have been put in: a tag that is left then stands for a value that could not be had.
  let isExpanded: Bool
  private let entries: [Node.Entry]

  /// A reader of `node`, called `what` in messages; nil with a report when `node` is no mapping.
  init?(
    _ node: Node, what: String, file: String, isExpanded: Bool = false, into problems: inout Problems
  ) {
    self.file = file
    self.what = what
    range = node.range
    self.isExpanded = isExpanded
    switch node.content {
    case .mapping(let entries):
      self.entries = entries
    case .scalar where node.isNull:
      self.entries = []
    case .scalar, .sequence:
      let place = Location(file: file, range: node.range)
      if node.tag == nil {
        problems.report(.wrongType(what, expected: "a mapping", at: place))
      } else if !isExpanded {
        problems.report(.misplacedTag(on: what, at: place))
      }
      return nil
    }
  }

  /// The value of `key`; nil where it is absent or null.
  subscript(key: String) -> Node? {
    guard let index = entries.firstIndex(where: { $0.key == key }), !entries[index].value.isNull else {
      return nil
    }
    return entries[index].value
  }

  var keys: [String] { entries.map(\.key) }

  /// Those of its keys that are among `words`.
  func keys(in words: [String]) -> [String] {
    var found: [String] = []
    for index in entries.indices where words.contains(entries[index].key) { found.append(entries[index].key) }
    return found
  }

  /// Reports every key that is not in `known`.
  func rejectUnknown(_ known: [String], into problems: inout Problems) {
    for index in entries.indices where !known.contains(entries[index].key) {
      let key = entries[index].key
      problems.report(.unknownField(key, known: known, at: keyLocation(of: key)))
    }
  }

  /// Where the value of `key` stands; the whole mapping where there is none.
  func location(of key: String) -> Location {
    let range = entries.first { $0.key == key }?.value.range ?? range
    return Location(file: file, range: range)
  }

  /// Where `key` itself stands.
  func keyLocation(of key: String) -> Location {
    let range = entries.first { $0.key == key }?.keyRange ?? range
    return Location(file: file, range: range)
  }

  func text(_ key: String, into problems: inout Problems) -> String? {
    guard let value = given(key, into: &problems) else { return nil }
    guard let scalar = value.scalar else {
      problems.report(.wrongType(path(key), expected: "text", at: location(of: key)))
      return nil
    }
    return scalar.text
  }

  func boolean(_ key: String, into problems: inout Problems) -> Bool? {
    guard let value = given(key, into: &problems) else { return nil }
    guard let scalar = value.scalar, scalar.style == .plain, let truth = Bool(scalar.text) else {
      problems.report(.wrongType(path(key), expected: "true or false", at: location(of: key)))
      return nil
    }
    return truth
  }

  func integer(_ key: String, in range: ClosedRange<Int>, into problems: inout Problems) -> Int? {
    guard let value = given(key, into: &problems) else { return nil }
    guard let scalar = value.scalar, scalar.style == .plain, let number = Int(scalar.text),
      range.contains(number)
    else {
      let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
      problems.report(.wrongType(path(key), expected: expected, at: location(of: key)))
      return nil
    }
    return number
  }

  /// The elements of `key`; none where it is absent, nil with a report where it is no list.
  func list(_ key: String, into problems: inout Problems) -> [Node]? {
    guard self[key] != nil else { return [] }
    guard let value = given(key, into: &problems) else { return nil }
    guard case .sequence(let elements) = value.content else {
      problems.report(.wrongType(path(key), expected: "a list", at: location(of: key)))
      return nil
    }
    return elements
  }

  /// The text of `key`; nil with a report where there is none.
  func required(_ key: String, into problems: inout Problems) -> String? {
    guard self[key] == nil else { return text(key, into: &problems) }
    reportMissing(key, into: &problems)
    return nil
  }

  /// Reports that there is no `key`; not where another key was likely meant for it, which is told anyway.
  func reportMissing(_ key: String, into problems: inout Problems) {
    guard !keys.contains(where: { $0 != key && $0.nearest(among: [key]) != nil }) else { return }
    problems.report(.missingField(path(key), at: Location(file: file, range: range)))
  }

  private func path(_ key: String) -> String { what.isEmpty ? key : "\(what).\(key)" }

  /// The value of `key`, unless a tag is left on it.
  private func given(_ key: String, into problems: inout Problems) -> Node? {
    guard let value = self[key] else { return nil }
    guard value.tag != nil else { return value }
    if !isExpanded { problems.report(.misplacedTag(on: path(key), at: location(of: key))) }
    return nil
  }
}

extension Diagnostic {
  static func wrongType(_ what: String, expected: String, at location: Location, hint: String? = nil)
    -> Diagnostic
  {
    Diagnostic(.error, rule: "wrong-type", "\(what) must be \(expected)", at: location, hint: hint)
  }

  static func missingField(_ what: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error, rule: "missing-field", "\(what) is required",
      at: Location(file: location.file, at: location.range.start))
  }

  static func misplacedTag(on what: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error, rule: "misplaced-tag", "\(what) can't come from a file or variable", at: location,
      hint: "it is needed before any variable is known; write the value here")
  }
}
