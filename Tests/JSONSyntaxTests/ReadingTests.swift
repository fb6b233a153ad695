// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Testing

@Suite struct ReadingTests {
  @Test(
    arguments: [
      ("null", JSONValue.null),
      (" true\n", true),
      ("false", false),
      ("0", 0),
      ("-0", 0),
      ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .decimal(9_223_372_036_854_775_808)),
      ("-9223372036854775809", .decimal(-9_223_372_036_854_775_808)),
      ("100000000000000000000000", .decimal(1e23)),
      ("1.5", .decimal(1.5)),
      ("1e2", .decimal(100)),
      ("-1.25E-2", .decimal(-0.0125)),
      (#""""#, ""),
      (#""a\"\\\/\b\f\n\r\té""#, "a\"\\/\u{8}\u{C}\n\r\té"),
      (#""\u00e9\u4E2D""#, "é中"),
      (#""\ud83d\ude00""#, "😀"),
      (#""\ud83d""#, "\u{FFFD}"),
      (#""\ude00x""#, "\u{FFFD}x"),
      (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
      (#""\ud83d\n""#, "\u{FFFD}\n"),
      (#""\u0000""#, "\u{0}"),
      ("[]", []),
      ("[ ]", []),
      ("[1, [2], {}]", [1, [2], [:]]),
      ("{}", [:]),
      (#"{"a": 1, "b": {"c": [null]}}"#, ["a": 1, "b": ["c": [nil]]]),
      (#"{"a": 1, "a": 2}"#, ["a": 2]),
    ] as [(String, JSONValue)])
  func text(_ text: String, reads value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", 0, "the text ends where a value was expected"),
    ("  ", 2, "the text ends where a value was expected"),
    ("nul", 0, "expected a value"),
    ("True", 0, "expected a value"),
    ("NaN", 0, "expected a value"),
    ("'a'", 0, "expected a value"),
    ("\u{FEFF}1", 0, "expected a value"),
    ("1 2", 2, "there is more text after the end of the value"),
    ("nullx", 4, "there is more text after the end of the value"),
    ("[1,]", 3, "expected a value"),
    ("[1 2]", 3, "expected ',' or ']'"),
    ("[1", 2, "the text ends inside a list"),
    ("[", 1, "the text ends where a value was expected"),
    ("{", 1, "the text ends inside an object"),
    (#"{"a" 1}"#, 5, "expected ':' after the key"),
    (#"{"a":}"#, 5, "expected a value"),
    (#"{"a":1,}"#, 7, "expected a key in double quotes"),
    (#"{"a":1 "b":2}"#, 7, "expected ',' or '}'"),
    (#"{"a":1"#, 6, "the text ends inside an object"),
    ("{a:1}", 1, "expected a key in double quotes"),
    ("01", 0, "a number may not begin with 0"),
    ("-01", 1, "a number may not begin with 0"),
    ("-", 1, "expected a digit"),
    ("+1", 0, "expected a value"),
    ("1.", 2, "expected a digit"),
    (".5", 0, "expected a value"),
    ("1e", 2, "expected a digit"),
    ("1e+", 3, "expected a digit"),
    ("0x10", 1, "there is more text after the end of the value"),
    ("1e999", 0, "the number is too large"),
    (#""abc"#, 0, "the string is not closed"),
    (#""abc\"#, 0, "the string is not closed"),
    (#""abc\n"#, 0, "the string is not closed"),
    (#""\x""#, 1, "unknown escape in a string"),
    (#""\u12""#, 1, "\\u needs four hexadecimal digits"),
    (#""\u12G4""#, 1, "\\u needs four hexadecimal digits"),
    ("\"a\nb\"", 2, "a control character in a string must be escaped"),
    ("\"\\n\u{1}\"", 3, "a control character in a string must be escaped"),
  ])
  func malformedText(_ text: String, isRefusedAt offset: Int, because message: String) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    #expect(error?.offset == offset)
    #expect(error?.message == message)
  }

  @Test func aRefusalNamesLineAndColumnInCodePoints() {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "{\n  \"中é\": x\n}") }
    #expect(error?.line == 2)
    #expect(error?.column == 9)
    #expect(error?.description == "line 2, column 9: expected a value")
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8], [0x80],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefused(_ bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let plain = #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: Array(#""é"#.utf8) + bytes + [quote])
    }
    #expect(plain?.offset == 3)
    let escaped = #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: Array(#""\n"#.utf8) + bytes + [quote])
    }
    #expect(escaped?.offset == 3)
    #expect(escaped?.message == "the string is not valid UTF-8")
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSONValue(parsing: nested(128))
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(129)) }
    #expect(error?.offset == 128)
    #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
    }
    #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: String(repeating: #"{"a":"#, count: 100_000))
    }
  }

  @Test func numbersAndTextStandInForEachOther() {
    #expect(JSONValue.integer(40).string == "40")
    #expect(JSONValue.string("40").integer == 40)
    #expect(JSONValue.decimal(40).integer == 40)
    #expect(JSONValue.decimal(40.5).integer == nil)
    #expect(JSONValue.decimal(1e300).integer == nil)
    #expect(JSONValue.string("forty").integer == nil)
    #expect(JSONValue.string("true").bool == true)
    #expect(JSONValue.bool(true).string == nil)
    #expect(JSONValue.array([1]).array == [1])
    #expect(JSONValue.object(["a": 1]).object == ["a": 1])
    #expect(JSONValue.object(["a": 1])["a"] == 1)
    #expect(JSONValue.null.isNull)
    #expect(!JSONValue.string("null").isNull)
  }
}
