// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Testing

/// Bytes that are no text, or text that can't be seen.
@Suite struct EncodingTests {
  @Test(
    arguments: [
      ([0xFF], "1:1 not-utf8"),
      (Array("a: é".utf8) + [0xC3], "1:5 not-utf8"),
      (Array("a: 中é\nb: ".utf8) + [0xC3, 0x28], "2:4 not-utf8"),
      (Array("# ".utf8) + [0xC0, 0x80], "1:3 not-utf8"),
      ([0xED, 0xA0, 0x80], "1:1 not-utf8"),
      (
        Array("a: x".utf8) + [0] + Array("y\nb: ".utf8) + [0x1B, 0x7F],
        "1:5 control-character, 2:4 control-character, 2:5 control-character"
      ),
      (Array("a: \u{9F}b".utf8), "1:4 control-character"),
      (Array("a: \u{FFFE}".utf8), "1:4 control-character"),
      ([0xFF, 0xFE, 0x61, 0x00], "1:1 not-utf8"),
      ([0xFE, 0xFF, 0x00, 0x61], "1:1 not-utf8"),
      (Array("a: 1\n---\n\u{FEFF}b: 1\n".utf8), "3:1 control-character"),
    ] as [([UInt8], String)])
  func bytes(_ bytes: [UInt8], areRefusedAs expected: String) {
    let found = compose(bytes).diagnostics.map { diagnostic in
      let mark = diagnostic.location?.range.start
      return "\(mark?.line ?? 0):\(mark?.column ?? 0) \(diagnostic.rule)"
    }
    #expect(found.joined(separator: ", ") == expected)
  }

  @Test func theMessageNamesTheByteAndTheCharacter() {
    #expect(compose([0x61, 0xFF]).diagnostics.first?.message == "the byte 0xFF is not valid UTF-8 here")
    #expect(problems(of: "\u{0}").first?.message == "the control character U+0000 can't stand in a manifest")
  }

  @Test func aFileInAnotherEncodingDoesNotFloodTheReport() {
    #expect(compose(Array(repeating: [0x61, 0xE9], count: 10_000).flatMap { $0 }).diagnostics.count == 10)
    #expect(compose([UInt8](repeating: 0xE9, count: 10_000)).diagnostics.count == 1)
  }

  @Test func documentsBeforeAnUnreadablePlaceAreDelivered() {
    let filling = String(repeating: "# comment\n", count: 100_000)
    let (documents, diagnostics) = compose("a: 1\n---\nb: 2\n---\n\(filling)c: \u{1}")
    #expect(documents.map(\.root.outline) == ["{a: 1}", "{b: 2}"])
    #expect(diagnostics.first?.location?.range.start == Mark(line: 100_005, column: 4))
  }

  @Test func aByteOrderMarkInFrontIsNoPartOfTheText() {
    let (documents, diagnostics) = compose("\u{FEFF}a: 1\n")
    #expect(diagnostics.isEmpty)
    #expect(documents.first?.root.outline == "{a: 1}")
    #expect(documents.first?.root["a"]?.range.outline == "1:4-1:5")
  }
}
