// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Testing

@Suite struct ComposerTests {
  @Test(arguments: [
    ("", []),
    ("# nothing\n", []),
    ("---\n---\n", []),
    ("~", ["~"]),
    ("a: 1\nb: 'x'\n", ["{a: 1, b: 'x'}"]),
    ("a: 1\n--- \nb: 2\n...\n# end\n", ["{a: 1}", "{b: 2}"]),
    ("- a\n- [b, {c: d}]\n-\n", ["[a, [b, {c: d}], ]"]),
    ("a: !file x/y\nb: !var 'name'\n", ["{a: !file x/y, b: !var 'name'}"]),
    ("a: &x [1, 2]\nb: *x\n", ["{a: [1, 2], b: [1, 2]}"]),
    ("a: &x 1\nb: &x 2\nc: *x\n", ["{a: 1, b: 2, c: 2}"]),
    ("a: &k key\n*k : 2\n", ["{a: key, key: 2}"]),
    ("base: &b {x: 1, y: 2}\na: {<<: *b, y: 3, z: 4}\n", ["{base: {x: 1, y: 2}, a: {x: 1, y: 3, z: 4}}"]),
    ("base: &b {x: 1, y: 2}\na: {y: 3, <<: *b}\n", ["{base: {x: 1, y: 2}, a: {y: 3, x: 1}}"]),
    ("a: {<<: [{x: 1}, {x: 2, y: 3}], z: 4}\n", ["{a: {x: 1, y: 3, z: 4}}"]),
    ("a: {<<: {x: {<<: {y: 1}}}}\n", ["{a: {x: {y: 1}}}"]),
    ("'<<': x\n", ["{<<: x}"]),
    ("%YAML 1.2\n--- a\n", ["a"]),
    ("{\"a\": [1, true, null, \"x\"]}", ["{a: [1, true, null, 'x']}"]),
    ("a: |\n  x\n   y\n\nb: >-\n  x\n  y\n", ["{a: 'x\n y\n', b: 'x y'}"]),
    ("version: 1.*.*\n", ["{version: 1.*.*}"]),
  ])
  func text(_ text: String, composes outlines: [String]) {
    let (documents, diagnostics) = compose(text)
    #expect(documents.map(\.root.outline) == outlines)
    #expect(diagnostics.isEmpty)
    #expect(!documents.map(\.isIntact).contains(false))
  }

  @Test func nodesStandWhereTheirTextStands() throws {
    let root = try #require(
      compose(
        """
        kind: X
        list:
          - one
          - {a: 'b'}
        tagged: !file  x
        中文: "é"
        block: |
          text
        end: &e [1,
          2]
        again: *e
        """
      ).documents.first?.root)
    #expect(root.range.outline == "1:1-11:10")
    #expect(root["list"]?.range.outline == "3:3-4:13")
    #expect(root["tagged"]?.range.outline == "5:9-5:17")
    #expect(root["中文"]?.range.outline == "6:5-6:8")
    #expect(root["block"]?.range.start == Mark(line: 7, column: 8))
    #expect(root["end"]?.range.outline == "9:6-10:5")
    // What an alias stands for keeps the place of its text.
    #expect(root["again"]?.range.outline == "9:6-10:5")
    guard case .mapping(let entries) = root.content else { return }
    #expect(entries.map(\.keyRange.outline).suffix(3) == ["7:1-7:6", "9:1-9:4", "11:1-11:6"])
  }

  // Found by fuzzing: the parser places a missing value at whatever comes next, even behind the end.
  @Test(arguments: [(" ? ", "1:3-1:3"), ("? a\n\n# x\n", "1:4-1:4"), ("a:\nb: 1\n", "1:3-1:3")])
  func missingValue(of text: String, standsBehindItsKey place: String) throws {
    let root = try #require(compose(text).documents.first?.root)
    guard case .mapping(let entries) = root.content else { return }
    #expect(entries.first?.value.range.outline == place)
  }

  @Test func mergedEntriesStayWhereTheyWereWritten() throws {
    let root = try #require(compose("base: &b {x: 1}\na: {<<: *b, y: 2}\n").documents.first?.root)
    guard case .mapping(let entries)? = root["a"]?.content else { return }
    #expect(entries.map(\.keyRange.outline) == ["1:11-1:12", "2:13-2:14"])
  }

  @Test(arguments: [
    ("a: 1\nb: *none\nc: 3\n", "{a: 1, c: 3}", false),
    ("a: 1\n[x]: 2\nc: 3\n", "{a: 1, c: 3}", false),
    ("a: 1\na: 2\nc: 3\n", "{a: 1, c: 3}", true),
    ("a: !what 1\n", "{a: 1}", false),
  ])
  func document(_ text: String, withAMistakeIsDeliveredAs outline: String, intact: Bool) {
    let documents = compose(text).documents
    #expect(documents.map(\.root.outline) == [outline])
    #expect(documents.map(\.isIntact) == [intact])
  }

  @Test func documentsBeforeAGrammarMistakeAreDelivered() {
    let (documents, diagnostics) = compose("a: 1\n---\nb: 2\n---\nc: [\n")
    #expect(documents.map(\.root.outline) == ["{a: 1}", "{b: 2}"])
    #expect(diagnostics.map(\.rule) == ["yaml-syntax"])
  }
}
