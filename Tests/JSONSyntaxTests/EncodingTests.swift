// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Testing

@Suite struct EncodingTests {
  @Test(
    arguments: [
      (JSONValue.null, "null"),
      (true, "true"),
      (-12, "-12"),
      (.integer(.min), "-9223372036854775808"),
      (.decimal(1), "1.0"),
      (.decimal(1e23), "1e+23"),
      (.decimal(.infinity), "null"),
      ("a/b", #""a/b""#),
      ("é中😀", #""é中😀""#),
      ("\"\\\n\r\t", #""\"\\\n\r\t""#),
      ("\u{0}\u{1B}[31m\u{7F}\u{9B}\u{2028}", #""\u0000\u001b[31m\u007f\u009b\u2028""#),
      ([], "[]"),
      ([:], "{}"),
      ([1, [2, nil]], "[1,[2,null]]"),
      (["b": 1, "a": [:], "aa": 2, "B": 3], #"{"B":3,"a":{},"aa":2,"b":1}"#),
    ] as [(JSONValue, String)])
  func value(_ value: JSONValue, isWrittenAs text: String) {
    #expect(value.text == text)
  }

  @Test func keysAreSortedByTheirBytes() {
    // By code point U+FF5E comes before U+1F600; in UTF-16 it would come after.
    let value: JSONValue = ["😀": 1, "～": 2, "é": 3, "z": 4]
    #expect(value.text == #"{"z":4,"é":3,"～":2,"😀":1}"#)
  }

  @Test func prettyTextHasOneMemberALine() {
    let value: JSONValue = ["name": "nginx", "empty": [], "ports": [80, ["tls": true]], "none": [:]]
    #expect(
      String(decoding: value.encoded(pretty: true), as: UTF8.self) == """
        {
          "empty": [],
          "name": "nginx",
          "none": {},
          "ports": [
            80,
            {
              "tls": true
            }
          ]
        }
        """)
  }
}
