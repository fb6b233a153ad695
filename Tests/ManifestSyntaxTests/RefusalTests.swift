// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import TestSupport
import Testing

/// What is refused, and where the finger points.
@Suite struct RefusalTests {
  @Test(arguments: [
    ("a: 1\nb: 2\n▸a: 3\n", ["duplicate-key: the key 'a' stands twice in one mapping"]),
    ("{▹a: 1, ▸a: 2, b: {▹c: 1, ▸c: 2}}", ["duplicate-key", "duplicate-key"]),
    ("a: 1\n▸'a': 2\n▸a: 3\n", ["duplicate-key", "duplicate-key"]),
    ("base: &b {x: 1}\n▹<<: *b\n▸<<: *b\n", ["duplicate-key"]),
    ("a: ▸*nowhere\n", ["undefined-alias: no '&nowhere' stands before this alias"]),
    ("--- &a 1\n--- [▸*a]\n", ["undefined-alias"]),
    ("- ▸*one\n- ▸*two\n", ["undefined-alias", "undefined-alias"]),
    ("a: &a [▸*a]\n", ["recursive-alias: the alias stands inside of what it stands for"]),
    ("a: &a\n  b: ▸*a\n", ["recursive-alias"]),
    ("a: ▸!secret x\n", ["unknown-tag: the tag '!secret' is not known"]),
    ("a: ▸!File x\n", ["unknown-tag"]),
    ("a: ▸!!binary aGk=\n", ["unknown-tag: the tag '!!binary' is not known"]),
    ("a: ▸!<tag:example.com,2000:x> x\n", ["unknown-tag: the tag 'tag:example.com,2000:x' is not known"]),
    ("a: ▸!other!x y\n", ["unknown-tag"]),
    ("a: ▸!!int x\n", ["wrong-tag: 'x' is not what the tag !!int says it is"]),
    ("a: ▸!!map [x]\n", ["wrong-tag: the tag !!map does not fit a list"]),
    ("a: ▸!!seq {x: y}\n", ["wrong-tag: the tag !!seq does not fit a mapping"]),
    ("a: ▸!!str [x]\n", ["wrong-tag"]),
    ("▸[a, b]: c\n", ["complex-key: a key must be text, not a list"]),
    ("? ▸{a: b}\n: c\n", ["complex-key: a key must be text, not a mapping"]),
    ("image: {▸{ name }: }\n", ["complex-key"]),
    ("▸!file a: b\n", ["complex-key: a key must be text, not a !file"]),
    ("a: 1\n<<: ▸x\n", ["merge-key: '<<' needs a mapping, or a list of mappings"]),
    ("a: 1\n<<: ▸[{x: 1}, y]\n", ["merge-key"]),
    ("▸%YAML 3.0\n--- a\n", ["yaml-version: this version of YAML is not known"]),
    ("▸%YAML 1.1\n--- a\n", ["yaml-version: the document asks for YAML 1.1 and is read as YAML 1.2"]),
  ])
  func mistake(in text: String, isFound rules: [String]) {
    expectProblems(in: text, rules, found: problems(of:))
  }

  @Test(arguments: [
    ("a: b▸: c\n", "a ':' is not expected here"),
    ("▹a: 'x'\n ▸b: 2\n", "expected a key of the mapping"),
    ("▸\ta: 1\n", "a tab can't be used for indentation"),
    ("a:\n▸\tb: 1\n", "a tab can't be used for indentation"),
    ("a: ▸@b\n", "a value can't begin with '@'"),
    ("a: ▸`b`\n", "a value can't begin with '`'"),
    ("a: ▸%b\n", "a value can't begin with '%'"),
    ("version: *▸.*.*\n", "expected a name after '*'"),
    ("a: ▹[1, 2▸\n\n", "expected ',' or ']'"),
    ("a: ▹{b: 1\nc▸: 2\n", "expected ',' or '}'"),
    ("a: ▸\"text\nb: 1\n", "the quote is never closed"),
    ("a: ▸'text\n---\nb: 1\n", "the quote is not closed before the document ends"),
    ("a: \"▸\\q\"\n", "unknown escape after '\\'"),
    ("a: \"\\x▸1\"\n", "expected hexadecimal digits after the escape"),
    ("a: \"\\u▸d83d\\ude00\"\n", "the escape does not stand for a character"),
    ("a: |▸xy\n", "the text of a block begins on the line after '|' or '>'"),
    ("a: |▸0\n", "the number after '|' or '>' must be 1 to 9"),
    ("- a\n▸b: 1\n", "expected '- ' and the next item of the list"),
    ("a: ▸- b\n", "a list item is not expected here"),
    ("a: 1\n▸b\n", "expected ':' after this key"),
    ("a: ▸]\n", "expected a value"),
    ("'a'\n▸b: 1\n", "the document has ended before this"),
    ("▸%FOO bar\n--- a\n%\n", "a line can't begin with '%' here"),
  ])
  func grammarMistake(in text: String, isToldAs message: String) {
    expectProblems(in: text, ["yaml-syntax: \(message)"], found: problems(of:))
  }

  @Test func everyMistakeOfADocumentIsFoundAtOnce() {
    expectProblems(
      in: """
        a: ▸*none
        ▹b: ▸!nope 1
        ▸b: 2
        ▸[x]: 1
        ---
        c: ▸!!int x
        d: [▸
        """, ["undefined-alias", "unknown-tag", "duplicate-key", "complex-key", "wrong-tag", "yaml-syntax"],
      found: problems(of:))
  }
}
