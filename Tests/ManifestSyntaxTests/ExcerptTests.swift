// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Testing

@Suite struct ExcerptTests {
  /// A diagnostic in `text` from the first `⟦` to the first `⟧`, rendered.
  private func rendered(
    _ text: String, severity: Diagnostic.Severity = .error, related: [Diagnostic.Related] = [],
    hint: String? = nil, colour: Bool = false
  ) -> String {
    var place = Mark.start
    var marks: [Mark] = []
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "⟦" || scalar == "⟧" {
        marks.append(place)
      } else {
        plain.append(scalar)
        place =
          scalar == "\n"
          ? Mark(line: Int(place.line) + 1, column: 1)
          : Mark(line: Int(place.line), column: Int(place.column) + 1)
      }
    }
    let source = SourceFile(path: "web.yaml", text: String(plain))
    let range = SourceRange(marks.first ?? .start, marks.last ?? .start)
    return Diagnostic(
      severity, rule: "some-rule", "something is wrong", at: Location(file: "web.yaml", range: range),
      related: related, hint: hint
    ).rendered(source: { $0 == source.path ? source : nil }, colour: colour)
  }

  @Test func thePlaceIsUnderlined() {
    #expect(
      rendered("kind: X\nspec:\n  ⟦descripton⟧: typo\n") == """
        web.yaml:3:3: error: something is wrong [some-rule]
         3 |   descripton: typo
           |   ^^^^^^^^^^
        """)
  }

  @Test func aPlaceWithoutExtentGetsOneCaret() {
    #expect(
      rendered("a: ⟦b", severity: .warning) == """
        web.yaml:1:4: warning: something is wrong [some-rule]
         1 | a: b
           |    ^
        """)
  }

  @Test func aPlaceAtTheEndOfALineIsPointedAt() {
    #expect(
      rendered("a:⟦\nb: 1") == """
        web.yaml:1:3: error: something is wrong [some-rule]
         1 | a:
           |   ^
        """)
  }

  @Test func ofSeveralLinesTheFirstIsUnderlined() {
    #expect(
      rendered(String(repeating: "#\n", count: 9) + "a:\n  ⟦- b  \n  - c⟧\n") == """
        web.yaml:11:3: error: something is wrong [some-rule]
         11 |   - b\("  ")
            |   ^^^
        """)
  }

  @Test func relatedPlacesAndTheHintFollow() {
    let related = Diagnostic.Related(
      "it stands here first",
      at: Location(
        file: "web.yaml", range: SourceRange(Mark(line: 1, column: 1), Mark(line: 1, column: 5))))
    #expect(
      rendered("name: x\n⟦name⟧: y\n", related: [related], hint: "remove one") == """
        web.yaml:2:1: error: something is wrong [some-rule]
         2 | name: y
           | ^^^^
        web.yaml:1:1: note: it stands here first
         1 | name: x
           | ^^^^
        hint: remove one
        """)
  }

  @Test func wideCharactersAndTabsKeepTheCaretInPlace() {
    #expect(
      rendered("名前: ⟦値段⟧ x") == """
        web.yaml:1:5: error: something is wrong [some-rule]
         1 | 名前: 値段 x
           |       ^^^^
        """)
    #expect(
      rendered("a\tb:\t⟦c⟧") == """
        web.yaml:1:6: error: something is wrong [some-rule]
         1 | a   b:  c
           |         ^
        """)
    #expect(
      rendered("cafe\u{301}: ⟦x⟧") == """
        web.yaml:1:8: error: something is wrong [some-rule]
         1 | cafe\u{301}: x
           |       ^
        """)
  }

  @Test func whatHidesIsMadeVisible() {
    #expect(
      rendered("a\u{1B}[31m: ⟦\u{202E}x\u{200B}⟧\r\n") == """
        web.yaml:1:9: error: something is wrong [some-rule]
         1 | a␛[31m: <U+202E>x<U+200B>
           |         ^^^^^^^^^^^^^^^^^
        """)
    let diagnostic = Diagnostic(
      .error, rule: "some-rule", "bad \u{1B}[2J\n", at: Location(file: "a\u{7}b", at: .start),
      hint: "\u{9B}")
    #expect(
      diagnostic.rendered(source: { _ in nil }, colour: false) == """
        a␇b:1:1: error: bad ␛[2J␊ [some-rule]
        hint: <U+009B>
        """)
  }

  @Test func longLinesAreClippedAroundThePlace() {
    let left = String(repeating: "abcdefghi ", count: 20)
    let right = String(repeating: " qrstuvwxy", count: 20)
    let lines = rendered("\(left)⟦HERE⟧\(right)").split(separator: "\n")
    #expect(
      lines[1] == " 1 | …ghi abcdefghi abcdefghi HERE qrstuvwxy qrstuvwxy qrstuvwxy qrstuvwxy qrst…")
    #expect(lines[2] == "   |                          ^^^^")
    #expect(lines[1].count <= 80)
    let end = rendered("\(left)⟦HERE⟧").split(separator: "\n")
    #expect(end[1].hasSuffix("abcdefghi HERE"))
    #expect(end[1].count == 79)
    #expect(end[2].count == 79)
    let start = rendered("⟦HERE⟧\(right)").split(separator: "\n")
    #expect(start[1].hasPrefix(" 1 | HERE qrstuvwxy"))
    let long = rendered("⟦\(left)⟧").split(separator: "\n")
    #expect(long[2].count <= 80)
  }

  @Test(arguments: [0, 1, 79, 80, 81, 400, 1_000, 200_000])
  func aLineOfManyCharactersIsShownAroundThePlace(before: Int) {
    let line =
      String(repeating: "é", count: before) + "⟦key⟧" + String(repeating: "€", count: 300_000 - before)
    let lines = rendered(line).split(separator: "\n")
    #expect(lines[1].unicodeScalars.count <= 80)
    let offset = lines[2].unicodeScalars.firstIndex(of: "^").map {
      lines[2].unicodeScalars.distance(from: lines[2].startIndex, to: $0)
    }
    let shown = lines[1].unicodeScalars.dropFirst(offset ?? 0)
    #expect(String(shown.prefix(3)) == "key")
    #expect(lines[2].hasSuffix(" ^^^"))
    #expect(lines[1].hasSuffix("…"))
  }

  @Test func withoutAFileOrAPlaceThereIsNoExcerpt() {
    let nowhere = Diagnostic(.error, rule: "no-stack", "the folder has no Stack", at: nil)
    #expect(
      nowhere.rendered(source: { _ in nil }, colour: false) == "error: the folder has no Stack [no-stack]")
    let beyond = Diagnostic(
      .note, rule: "x", "y", at: Location(file: "a.yaml", at: Mark(line: 9, column: 9)))
    #expect(
      beyond.rendered(source: { SourceFile(path: $0, text: "a") }, colour: false) == "a.yaml:9:9: note: y [x]"
    )
  }

  @Test func coloursAreAddedOnRequest() {
    #expect(
      rendered("⟦a⟧", hint: "b", colour: true) == """
        \u{1B}[1mweb.yaml:1:1: \u{1B}[0m\u{1B}[1;31merror:\u{1B}[0m something is wrong [some-rule]
         1 | a
           | \u{1B}[1;31m^\u{1B}[0m
        \u{1B}[1;32mhint:\u{1B}[0m b
        """)
  }
}
