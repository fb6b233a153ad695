// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import TestSupport
import Testing

/// Input that is made to hurt: it is refused early, and at its place.
@Suite struct HostileInputTests {
  @Test func sixtyFourLevelsAreRead() {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(problems(of: text).isEmpty)
  }

  // A matter of milliseconds; without the bound the last of these would take hours.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("[", 65), ("[", 40_000), ("{a: ", 40_000), ("- ", 40_000), ("? ", 40_000), ("[\n", 40_000),
      ("[{", 1_000_000),
    ])
  func depthIsRefusedBeforeItCosts(opening: String, count: Int) throws {
    let text = String(repeating: opening, count: count)
    let found = problems(of: text)
    let diagnostic = try #require(found.first)
    #expect(found.count == 1)
    #expect(diagnostic.rule == "too-deep")
    #expect(diagnostic.location?.range.start.line ?? 0 <= 65)
  }

  @Test func depthPointsAtTheFirstBracketTooMany() {
    expectProblems(
      in: "a: " + String(repeating: "[", count: 63) + "▸[[[", ["too-deep"], found: problems(of:))
  }

  @Test func aliasesOfAliasesAreBounded() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = problems(of: text)
    #expect(found.map(\.rule) == ["alias-bomb"])
    #expect(found.first?.location?.range.start.line == 6)
  }

  @Test func mergesOfMergesAreBounded() {
    var text = "a0: &a0 {k: [x, x, x, x, x, x, x, x, x, x]}\n"
    for level in 1...20 {
      text += "a\(level): &a\(level)\n"
      for key in 0..<10 { text += "  k\(level)\(key): {<<: *a\(level - 1)}\n" }
    }
    #expect(problems(of: text).map(\.rule) == ["alias-bomb"])
  }

  @Test func aDocumentOfTooManyValuesIsRefused() {
    let text = String(repeating: "- a\n", count: 1_000_001)
    #expect(problems(of: text).map(\.rule) == ["too-large"])
  }

  @Test func aFileOfTooManyBytesIsRefused() {
    let text = "a: " + String(repeating: "x", count: SourceFile.sizeLimit)
    #expect(problems(of: text).map(\.message) == ["the file has more than 32 MiB"])
  }

  @Test func manyDocumentsAreNotTooMany() {
    let text = String(repeating: "---\na: {b: c}\n", count: 50_000)
    var count = 0
    var problems = Problems()
    composeDocuments(SourceFile(path: "test.yaml", text: text), into: &problems) { _, _ in count += 1 }
    #expect(count == 50_000)
    #expect(problems.diagnostics.isEmpty)
  }

  @Test func aMappingOfManyKeysIsReadInTime() {
    let text = (0..<100_000).map { "key\($0): \($0)\n" }.joined() + "key0: 1\n"
    #expect(problems(of: text).map(\.rule) == ["duplicate-key"])
  }

  @Test func tagDirectivesAreBounded() {
    let text = (0..<100_000).map { "%TAG !t\($0)! x\n" }.joined() + "--- a\n"
    let found = problems(of: text)
    #expect(found.map(\.rule) == ["too-large"])
    #expect(found.first?.location?.range.start == Mark(line: 65, column: 1))
  }

  @Test func problemsAreBounded() {
    let text = String(repeating: "- *none\n", count: 10_000)
    let found = problems(of: text)
    #expect(found.count == 101)
    #expect(found.last?.rule == "too-many-problems")
  }

  @Test func aHugeScalarIsRead() {
    let (documents, diagnostics) = compose("a: |\n  " + String(repeating: "x", count: 5_000_000) + "\n")
    #expect(diagnostics.isEmpty)
    #expect(documents.first?.root["a"]?.scalar?.text.utf8.count == 5_000_001)
  }

  @Test func longTextIsShortenedInMessages() {
    let message = problems(of: "a: !" + String(repeating: "x", count: 10_000) + " b").first?.message ?? ""
    #expect(message == "the tag '!" + String(repeating: "x", count: 59) + "…' is not known")
  }
}
