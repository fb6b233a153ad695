// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

extension Diagnostic {
  /// A key that no field of this place has; the nearest of `known` is offered.
  public static func unknownField(_ key: String, known: [String], at location: Location) -> Diagnostic {
    let nearest = key.nearest(among: known)
    let hint = nearest.map { "did you mean \($0)?" }
    return Diagnostic(.error, rule: "unknown-field", "unknown field \(key)", at: location, hint: hint)
  }

  /// A breach of one of the service's rules, with the code that the service would answer.
  public static func refusedValue(_ violation: Violation, at location: Location) -> Diagnostic {
    Diagnostic(
      .error, rule: "invalid-value", "\(violation.field) \(violation.expectation)", at: location,
      hint: "the service would answer \(violation.code.name)")
  }
}

extension String {
  /// The word of `words` that takes the fewest edits, if they are few enough for a slip of the pen.
  public func nearest(among words: some Sequence<String>) -> String? {
    let budget = Swift.max(1, count / 3)
    let ranked = Set(words).map { (distance(to: $0), $0) }.filter { $0.0 <= budget }
    return ranked.min { $0 < $1 }?.1
  }

  /// How many characters must be inserted, deleted or replaced to turn one text into the other.
  private func distance(to other: String) -> Int {
    let own = Array(lowercased()), others = Array(other.lowercased())
    guard !own.isEmpty, !others.isEmpty else { return Swift.max(own.count, others.count) }
    var previous = Array(0...others.count)
    for (row, character) in own.enumerated() {
      var current = [row + 1]
      for (column, candidate) in others.enumerated() {
        let substitution = previous[column] + (character == candidate ? 0 : 1)
        current.append(Swift.min(substitution, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[others.count]
  }
}
