// SPDX-License-Identifier: Apache-2.0

import Testing

struct CodeScannerTests {
  @Test(arguments: [
    ("let a = 1 // print(a)", "let a = 1 "),
    ("/* a\nb */let c", "\nlet c"),
    ("call(\"try! \\(x(1)) as!\", 2)", "call(\"\"x(1), 2)"),
    ("let t = \"\"\"\n  // no comment\n  \"\"\"\nlet u", "let t = \"\"\n\n\nlet u"),
    ("let r = #\"a\"b\\(c)\"#; d", "let r = \"\"; d"),
    ("let r = #/a\"b/#; d", "let r = ; d"),
    ("let e = \"\\\"\" + f", "let e = \"\" + f"),
  ])
  func onlyCodeIsLeft(source: String, code: String) {
    #expect(CodeScanner.code(of: source) == code)
  }
}
