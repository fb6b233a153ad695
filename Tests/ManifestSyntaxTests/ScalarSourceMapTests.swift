// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import TestSupport
import Testing

@Suite struct ScalarSourceMapTests {
  /// The scalar under `k` of `text` with its map.
  private func mapped(_ text: String) throws -> (scalar: Scalar, map: ScalarSourceMap, lines: SourceLines) {
    let lines = SourceLines(SourceFile(path: "test.yaml", text: text))
    let node = try #require(compose(text).documents.first?.root["k"])
    return (try #require(node.scalar), try #require(ScalarSourceMap(node, in: lines)), lines)
  }

  @Test(arguments: [
    ("k: plain ⌖x\n", "x"),
    ("k: !file  ⌖scripts/x.sh\n", "scripts"),
    ("k: &a !file\n  # why\n  ⌖scripts/x.sh\n", "scripts"),
    ("k: one\n  two\n\n  three ⌖x\n", "x"),
    ("k: 'it''s ⌖x'\n", "x"),
    ("k: 'it⌖''s'\n", "'s"),
    ("k: 'one\n\n    ⌖x'\n", "x"),
    ("k: \"a\\tb\\u00e9⌖x\"\n", "x"),
    ("k: \"a⌖\\tb\"\n", "\t"),
    ("k: \"one \\\n  two ⌖x\"\n", "x"),
    ("k: |\n  one\n   ⌖x\n", "x"),
    ("k: |\n  one\n\n  中 ⌖x\n", "x"),
    ("k: |2-\n    one\n   ⌖x\n", "x"),
    ("k: | # comment\n\n  one ⌖x\n", "x"),
    ("k: >\n  one\n  two\n\n   three\n  ⌖x\n", "x"),
    ("k: >\n  one⌖\n  two\n", " two"),
    ("k: |\n  RUN a⌖\n  RUN b\n", "\nRUN b"),
    ("k: |\r\n  one\r\n  ⌖x\r\n", "x"),
    // Found by fuzzing: an anchor's name ends where no letter follows.
    ("k: &a⌖:x y\n", ":x"),
    // Found by fuzzing: behind the indicators a comment needs no space.
    ("k: >2#+\n  ⌖x\n\n", "x"),
  ])
  func place(in marked: String, isFoundFrom needle: String) throws {
    let text = marked.replacing("⌖", with: "")
    let before = try #require(marked.firstRange(of: "⌖")).lowerBound
    let expected = SourceLines(SourceFile(path: "", text: text))
      .mark(atOffset: marked[..<before].utf8.count)
    let (scalar, map, _) = try mapped(text)
    let found = try #require(scalar.text.firstRange(of: needle)).lowerBound
    #expect(map.mark(atUTF8Offset: scalar.text[..<found].utf8.count) == expected)
  }

  @Test func aRangeCoversEscapesWhole() throws {
    let (scalar, map, _) = try mapped("k: \"a\\u00e9b\\n\"\n")
    #expect(scalar.text == "aéb\n")
    #expect(map.range(ofUTF8: 0..<1).outline == "1:5-1:6")
    #expect(map.range(ofUTF8: 1..<3).outline == "1:6-1:12")
    #expect(map.range(ofUTF8: 3..<5).outline == "1:12-1:15")
    #expect(map.range(ofUTF8: 5..<5).outline == "1:15-1:15")
  }

  @Test func aRangeEndsWithItsLine() throws {
    let (_, map, _) = try mapped("k: |\n  ab\n  cd\n")
    #expect(map.range(ofUTF8: 0..<2).outline == "2:3-2:5")
    #expect(map.range(ofUTF8: 0..<3).outline == "2:3-2:6")
    #expect(map.range(ofUTF8: 3..<5).outline == "3:3-3:5")
  }

  @Test func textFromElsewhereHasNoMap() {
    let lines = SourceLines(SourceFile(path: "test.yaml", text: "k: abc\n"))
    let range = SourceRange(Mark(line: 1, column: 4), Mark(line: 1, column: 7))
    let other = Node(.scalar(Scalar("other", style: .plain)), range: range)
    #expect(ScalarSourceMap(other, in: lines) == nil)
    #expect(ScalarSourceMap(Node(.sequence([]), range: range), in: lines) == nil)
    let beyond = SourceRange(Mark(line: 9, column: 1), Mark(line: 9, column: 2))
    #expect(
      ScalarSourceMap(Node(.scalar(Scalar("abc", style: .plain)), range: beyond), in: lines) == nil)
  }

  private static let words = [
    "a", "b", "Z", "中", "😀", "é", " ", "  ", ":", "#", "-", "'", "\"", "\t", "\u{2028}",
  ]
  private static let breaks = ["\n", "\n\n", "\r\n", "\n  ", "\n    ", "\n\n   ", "\u{85}  "]
  private static let escapes = [
    #"\n"#, #"\x41"#, #"\u4e2d"#, #"\U0001F600"#, #"\""#, #"\\"#, #"\ "#, #"\t"#, "\\\n  ", "\\\n\n   ", "''",
    #"\_"#,
  ]
  private static let headers = [
    "", "'", "\"", "|\n  ", ">\n  ", "|-\n  ", "|+\n  ", ">+\n\n  ", "|1\n ", "|2\n   ", ">2-\n     ",
    "!file '",
    "|1+\n", ">\n   ",
  ]

  /// Any text that the parser accepts, in any style: each character stands where the map says.
  @Test(arguments: 0..<4000 as Range<UInt64>)
  func everyCharacterStandsAtItsMark(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let header = Self.headers.randomElement(using: &generator) ?? ""
    let body = generator.text(from: Self.words + Self.words + Self.breaks + Self.escapes, upTo: 20)
    let quote = header.last.map { $0 == "'" || $0 == "\"" ? String($0) : "" } ?? ""
    let text = "k: \(header)\(body)\(quote)\nend: 1\n"
    guard let node = compose(text).documents.first?.root["k"], let scalar = node.scalar else { return }

    let lines = SourceLines(SourceFile(path: "test.yaml", text: text))
    let map = try #require(ScalarSourceMap(node, in: lines), "no map for \(text.debugDescription)")
    var offset = 0
    var last = Mark.start
    for character in scalar.text.unicodeScalars {
      let mark = map.mark(atUTF8Offset: offset)
      let source = lines.character(at: mark)
      let isFaithful =
        source == character
        || source == "\\" && scalar.style == .doubleQuoted
        // A fold, or a line break: the line ends there.
        || source.map { "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) } ?? true
          && " \n\u{2028}\u{2029}".unicodeScalars.contains(character)
      #expect(isFaithful, "\(character.debugDescription) at \(mark) in \(text.debugDescription)")
      #expect(mark > last || offset == 0, "\(mark) after \(last) in \(text.debugDescription)")
      last = mark
      offset += UTF8.width(character)
    }
    #expect(map.mark(atUTF8Offset: offset) >= last)
  }
}
