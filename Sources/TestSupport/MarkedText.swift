// SPDX-License-Identifier: Apache-2.0

package import ManifestSyntax
package import Testing

/// A text in which `▸` stands where a diagnostic is expected, and `▹` where a related place is.
///
/// Two marks side by side expect two diagnostics at one place. The marks are no part of the text.
package struct MarkedText {
  /// The text without its marks.
  package let text: String
  /// Where each `▸` stood.
  package let marks: [Mark]
  /// Where each `▹` stood.
  package let relatedMarks: [Mark]

  /// Takes the marks out of `marked`.
  package init(_ marked: String) {
    var text = String.UnicodeScalarView()
    var marks: [Mark] = []
    var relatedMarks: [Mark] = []
    var (line, column) = (1, 1)
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "▸": marks.append(Mark(line: line, column: column))
      case "▹": relatedMarks.append(Mark(line: line, column: column))
      default:
        text.append(scalar)
        (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
      }
    }
    self.text = String(text)
    self.marks = marks
    self.relatedMarks = relatedMarks
  }
}

/// Expects exactly the diagnostics `expected` at the marks of `marked`, in the order of the text.
///
/// Each of `expected` is a rule, or a rule and its message: `unknown-field` or `unknown-field: the field …`. Those of
/// `unplaced` have no place in the text. Diagnostics beyond these fail the test as missing ones do. Where the text
/// has `▹`, the places related to the diagnostics must be just those.
package func expectProblems(
  in marked: String, _ expected: [String], unplaced: [String] = [], found: (String) -> [Diagnostic],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let marked = MarkedText(marked)
  guard marked.marks.count == expected.count else {
    Issue.record(
      "the text has \(marked.marks.count) marks for \(expected.count) diagnostics",
      sourceLocation: sourceLocation)
    return
  }
  var problems = Problems()
  problems.report(contentsOf: found(marked.text))
  let diagnostics = problems.sorted

  let wanted =
    unplaced.map { "  \($0)" } + zip(marked.marks, expected).map { "  \($0.line):\($0.column) \($1)" }
  // A diagnostic counts with its message where one is expected for its line of the list, else by its rule alone.
  let got = diagnostics.enumerated().map { index, diagnostic in
    let place = diagnostic.location.map { "\($0.range.start.line):\($0.range.start.column) " } ?? ""
    let byRule = "  \(place)\(diagnostic.rule)"
    return wanted.indices.contains(index) && wanted[index] == byRule
      ? byRule : "\(byRule): \(diagnostic.message)"
  }
  #expect(
    got == wanted, "found:\n\(got.joined(separator: "\n"))\nexpected:\n\(wanted.joined(separator: "\n"))",
    sourceLocation: sourceLocation)

  if !marked.relatedMarks.isEmpty {
    let related = diagnostics.flatMap(\.related).map(\.location.range.start).sorted()
    #expect(related == marked.relatedMarks, sourceLocation: sourceLocation)
  }
}
