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
    let longest = 80
    var field =
      violation.field.count > longest ? violation.field.prefix(longest) + "…" : violation.field[...]
    // A tag with an empty key.
    if field.last == "." { field.removeLast() }
    let meant = violation.suggestion.map { "did you mean \($0)? " } ?? ""
    return Diagnostic(
      .error, rule: "invalid-value", "\(field) \(violation.expectation)", at: location,
      hint: "\(meant)the service would answer \(violation.code.name)")
  }
}

extension String {
  /// The word of `words` that takes the fewest edits, if they are few enough for a slip of the pen.
  public func nearest(among words: some Sequence<String>) -> String? {
    guard !isEmpty else { return nil }
    let budget = Swift.max(1, count / 3)
    var best: (distance: Int, word: String)?
    // Words of quite another length can't be near; most are told apart by that alone.
    for word in words where abs(word.count - count) <= budget {
      let candidate = (distance(to: word), word)
      if candidate.0 <= budget, best.map({ candidate < ($0.distance, $0.word) }) ?? true { best = candidate }
    }
    return best?.word
  }

  /// How many characters must be inserted, deleted, replaced or swapped with the next to turn one text into the other.
  private func distance(to other: String) -> Int {
    let own = Array(lowercased()), others = Array(other.lowercased())
    guard !own.isEmpty, !others.isEmpty else { return Swift.max(own.count, others.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...others.count)
    for (row, character) in own.enumerated() {
      var current = [row + 1]
      for (column, candidate) in others.enumerated() {
        let substitution = previous[column] + (character == candidate ? 0 : 1)
        var edits = Swift.min(substitution, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, character == others[column - 1], own[row - 1] == candidate {
          edits = Swift.min(edits, beforePrevious[column - 1] + 1)
        }
        current.append(edits)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[others.count]
  }
}
