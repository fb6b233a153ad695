// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import Testing

/// One call that breaks one rule, and what the service says.
struct Rule: Sendable, CustomTestStringConvertible {
  let verdict: String
  let changes: [String: String]

  init(_ verdict: String, _ changes: [String: String]) {
    self.verdict = verdict
    self.changes = changes
  }

  var testDescription: String {
    "\(verdict) \(changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.prefix(40))" })"
  }
}

extension TestClient {
  /// Makes the call `base` with the changes of `rule`, and expects its verdict.
  func expect(
    _ rule: Rule, _ action: String, _ base: [String: String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let given = base.merging(rule.changes) { _, new in new }.map { (name: $0.key, value: $0.value) }
    let outcome = try await call(action, given)
    #expect(
      outcome.verdict == rule.verdict, "\(rule.testDescription): \(outcome.text)",
      sourceLocation: sourceLocation)
  }
}

/// `count` parameters `name.1`, `name.2` …, as `value` says.
func numbered(_ name: String, _ count: Int, _ value: (Int) -> String) -> [String: String] {
  Dictionary(uniqueKeysWithValues: (1...count).map { ("\(name).\($0)", value($0)) })
}

/// `count` tags `Tag.N` with different keys.
func tags(_ count: Int, _ name: String = "Tag") -> [String: String] {
  numbered(name, count) { "\($0)" }.reduce(into: [:]) { tags, pair in
    tags[pair.key + ".Key"] = pair.key
    tags[pair.key + ".Value"] = "v"
  }
}
