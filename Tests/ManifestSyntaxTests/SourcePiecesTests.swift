// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import TestSupport
import Testing

/// A file that is read in pieces says what it says when it is read as a whole.
@Suite struct SourcePiecesTests {
  @Test(arguments: SplitMix64.seeds(3000))
  func piecesSayWhatTheWholeSays(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let text = random.text(from: random.chance(50) ? Self.soundLines : Self.lines, upTo: 40)
    let source = SourceFile(path: "test.yaml", text: text)
    let pieces = Array(SourcePieces(of: source, atLeast: Int.random(in: 1...60, using: &random)))
    #expect(pieces.reduce(0) { $0 + $1.count } == source.bytes.count)

    var problems = Problems()
    var inPieces: [Document] = []
    for piece in pieces {
      composeDocuments(piece, into: &problems) { document, _ in inPieces.append(document) }
    }
    // Of what is wrong, only that there is something: who reads pieces goes back to the whole for the words.
    var problemsOfWhole = Problems()
    let inWhole = composeDocuments(source, into: &problemsOfWhole)
    #expect(problems.diagnostics.isEmpty == problemsOfWhole.diagnostics.isEmpty, "seed \(seed):\n\(text)")
    if problems.diagnostics.isEmpty { #expect(inPieces == inWhole, "seed \(seed):\n\(text)") }
  }

  @Test func linesThatBeginADocumentAreWhereItIsCut() {
    let text = "a: 1\n---\nb: 2\n--- # c\nc: |\n  --- no\n---no: d\n---\n"
    #expect(pieces(of: text) == ["a: 1\n", "---\nb: 2\n", "--- # c\nc: |\n  --- no\n---no: d\n", "---\n"])
  }

  @Test(arguments: ["%YAML 1.2\n---\na: 1\n---\nb: 2\n", "a: 1\n...\r%TAG ! !\r---\nb: 2\n---\nc: 3\n"])
  func directivesStayWithTheirDocuments(text: String) {
    #expect(pieces(of: text) == [text])
  }

  @Test(arguments: ["\u{FEFF}a: 1\n---\n\u{FEFF}b: 2\n", "", "a: 1"])
  func whatCantBeCutIsOnePiece(text: String) {
    #expect(pieces(of: text) == [text])
  }

  private func pieces(of text: String) -> [String] {
    var rest = Array(text.utf8)[...]
    return SourcePieces(of: SourceFile(path: "test.yaml", text: text), atLeast: 1).map { piece in
      defer { rest = rest.dropFirst(piece.count) }
      return String(decoding: rest.prefix(piece.count), as: UTF8.self)
    }
  }

  private static let soundLines = [
    "---\n", "---\n", "--- # comment\n", "---\nkey: value\nother: [1, {a: b}]\n", "---\n- a\n- - b\n  - c\n",
    "---\ntext: |\n  one\n   ---\n\n", "---\nfolded: >-\n  one\n\n  two\n",
    "---\n'quoted\n  text': \"a\\\n  b\"\n",
    "---\nwide: é中😀\r\nnext: \u{85} x\n", "--- &a\nx: 1\ny:\n", "---\nlast:\n", "# comment\n", "\n", "...\n",
    "--- |\n text\n", "--- text\n", "---\t{a: &b c, d: *b}\n", "---\n? k\n: v\n", "--- !!str\n",
    "---\nm:\n  -\n",
  ]

  private static let lines =
    soundLines + [
      "%YAML 1.2\n", "%TAG ! !\n", "---x\n", "'", "\"", "{", "[", "]", "}", "&a b\n", "*a\n", "key: key: 1\n",
      "\r",
      "\u{2028}", "--- --- a\n", "a: 1\na: 2\n", "\u{0}", "\u{FEFF}", " ---\n", "- x\n", "key: value\n",
      "  in: 1\n",
      "<<: *a\n", "!x y\n",
    ]
}
