// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Planning

@Suite struct ContentLinesTests {
  @Test(arguments: [
    ("", [""]),
    ("a", ["a"]),
    ("a\nb", ["a", "b"]),
    ("a\r\nb\r\n", ["a", "b", ""]),
    ("\n\n", ["", "", ""]),
    ("é\n☃", ["é", "☃"]),
    ("a\rb", ["a\rb"]),
  ])
  func linesEndInLFOrCRLF(_ text: String, _ lines: [String]) {
    #expect(text.lines.map { String($0) } == lines)
  }

  @Test(
    arguments: [
      ("COMPONENT ic-1", "ic-1", nil),
      ("  COMPONENT   ic-1", "ic-1", nil),
      ("COMPONENT ic-1 port=80 name=a", "ic-1", "port=80 name=a"),
      ("COMPONENT\tic-1 \tport=80", "ic-1", "port=80"),
    ] as [(String, String, String?)])
  func aLineNamesItsComponent(_ line: String, _ handle: String, _ arguments: String?) throws {
    let found = try #require(ComponentLine(line[...]))
    #expect(found.handle == handle)
    #expect(found.arguments.map { String($0) } == arguments)
  }

  @Test(arguments: ["", "COMPONENT", "COMPONENT ", "RUN COMPONENT ic-1", "COMPONENTS ic-1", "component ic-1"])
  func otherLinesNameNone(_ line: String) {
    #expect(ComponentLine(line[...]) == nil)
  }

  @Test func handlesComeInTheOrderOfTheText() {
    #expect(
      "RUN a\r\nCOMPONENT ic-2\r\n# COMPONENT ic-3\r\nCOMPONENT ic-1 a=b".componentHandles == [
        "ic-2", "ic-1",
      ])
  }

  @Test func bytesTellWhatCharactersDoNot() {
    #expect("\u{E9}" == "e\u{301}")
    #expect(!"\u{E9}".hasSameBytes(as: "e\u{301}"))
    #expect("\u{E9}".hasSameBytes(as: "\u{E9}"))
  }
}
