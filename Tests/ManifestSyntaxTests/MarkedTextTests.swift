// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import TestSupport
import Testing

/// The tests' own tool: it must fail when it should.
@Suite struct MarkedTextTests {
  @Test func marksAreTakenOutOfTheText() {
    let marked = MarkedText("a: ▸x\n▹▸中▸\n")
    #expect(marked.text == "a: x\n中\n")
    #expect(marked.marks == [Mark(line: 1, column: 4), Mark(line: 2, column: 1), Mark(line: 2, column: 2)])
    #expect(marked.relatedMarks == [Mark(line: 2, column: 1)])
  }

  @Test(arguments: [
    ("a: *x\n", []),
    ("a: ▸x\n", ["undefined-alias"]),
    ("▸a: *x\n", ["undefined-alias"]),
    ("a: ▸*x\n", ["unknown-tag"]),
    ("a: ▸*x\n", ["undefined-alias: another message"]),
    ("a: ▸*x\n", []),
    ("▹b: 1\na: 1\n▸a: 2\n", ["duplicate-key"]),
  ])
  func whatIsNotAsExpectedFails(_ marked: String, _ expected: [String]) {
    withKnownIssue { expectProblems(in: marked, expected, found: problems(of:)) }
  }

  @Test func diagnosticsWithoutPlaceAreExpectedApart() {
    let diagnostic = Diagnostic(.error, rule: "no-stack", "there is no Stack", at: nil)
    expectProblems(in: "", [], unplaced: ["no-stack"]) { _ in [diagnostic] }
  }
}
