// SPDX-License-Identifier: Apache-2.0

extension SyntaxError {
  /// The parser's complaint in the author's words.
  ///
  /// `problem` and `context` are the parser's own; the context says what was being read, and its mark where that began.
  init(problem: String, at mark: Mark, context: String?, at contextMark: Mark) {
    let wording = Wording.of(problem, in: context)
    self.init(
      rule: wording.rule, wording.message, at: wording.isAboutOrigin && context != nil ? contextMark : mark,
      origin: context.flatMap { Wording.origins[$0] }.map { Origin(message: $0, mark: contextMark) },
      hint: wording.hint)
  }

  /// The same complaint, made plainer by the character at which it was noticed.
  func explained(by character: Unicode.Scalar?) -> SyntaxError {
    guard message == Wording.strangeBeginning, let character else { return self }
    let (message, hint) =
      switch character {
      case "\t": ("a tab can't be used for indentation", "indent with spaces")
      case "%":
        (
          "a value can't begin with '%'",
          "put it in quotes; a %YAML line needs a line '---' before it and after"
        )
      default: ("a value can't begin with '\(character)'", "put it in quotes")
      }
    return SyntaxError(rule: rule, message, at: mark, origin: origin, hint: hint)
  }
}

/// How one complaint of the parser is told.
private struct Wording {
  let rule: String
  let message: String
  let hint: String?
  /// Whether the mistake stands where the construct began, and was only noticed later.
  let isAboutOrigin: Bool

  init(
    _ message: String, hint: String? = nil, rule: String = "yaml-syntax", isAboutOrigin: Bool = false
  ) {
    self.rule = rule
    self.message = message
    self.hint = hint
    self.isAboutOrigin = isAboutOrigin
  }

  static let strangeBeginning = "a value can't begin with this character"

  /// The wording for `problem` while reading `context`.
  static func of(_ problem: String, in context: String?) -> Wording {
    if let context, let special = inContext[context]?[problem] { return special }
    if let usual = anywhere[problem] { return usual }
    // Unknown to us, so from a newer parser: still better said than hidden.
    return Wording(problem)
  }

  private static let anywhere: [String: Wording] = [
    "found character that cannot start any token": Wording(strangeBeginning, hint: "put it in quotes"),
    "mapping values are not allowed in this context": Wording(
      "a ':' is not expected here", hint: "check the indentation; text that contains ': ' must be in quotes"),
    "mapping keys are not allowed in this context": Wording(
      "a key is not expected here", hint: "check the indentation"),
    "block sequence entries are not allowed in this context": Wording(
      "a list item is not expected here", hint: "begin the list on a line of its own"),
    "could not find expected ':'": Wording(
      "expected ':' after this key", hint: "a key and its ':' stand on one line; check the indentation too",
      isAboutOrigin: true),
    "did not find expected key": Wording(
      "expected a key of the mapping", hint: "check the indentation, and that quotes are closed"),
    "did not find expected '-' indicator": Wording(
      "expected '- ' and the next item of the list", hint: "check the indentation"),
    "did not find expected ',' or ']'": Wording(
      "expected ',' or ']'", hint: "close the list, or put a text with special characters in quotes"),
    "did not find expected ',' or '}'": Wording(
      "expected ',' or '}'", hint: "close the mapping, or put a text with special characters in quotes"),
    "did not find expected node content": Wording(
      "expected a value", hint: "write one, or put a text with special characters in quotes"),
    "did not find expected <document start>": Wording(
      "the document has ended before this", hint: "separate documents with a line '---'"),
    "did not find expected <stream-start>": Wording("the beginning of the file is not YAML"),
    "found unexpected end of stream": Wording(
      "the quote is never closed", hint: "close it, or double it to have it in the text", isAboutOrigin: true),
    "found unexpected document indicator": Wording(
      "the quote is not closed before the document ends", isAboutOrigin: true),
    "found unknown escape character": Wording(
      "unknown escape after '\\'", hint: "write '\\\\' for a backslash, or use single quotes"),
    "did not find expected hexdecimal number": Wording("expected hexadecimal digits after the escape"),
    "found invalid Unicode character escape code": Wording(
      "the escape does not stand for a character",
      hint: "write the character itself, or \\U and eight digits: surrogate pairs are unknown to YAML"),
    "found a tab character that violates indentation": Wording(
      "a tab can't be used for indentation", hint: "indent with spaces"),
    "found a tab character where an indentation space is expected": Wording(
      "a tab can't be used for indentation", hint: "indent with spaces"),
    "found unexpected ':'": Wording("a ':' is not expected here", hint: "put the text in quotes"),
    "found an indentation indicator equal to 0": Wording("the number after '|' or '>' must be 1 to 9"),
    "did not find expected comment or line break": Wording(
      "the text of a block begins on the line after '|' or '>'"),
    "found undefined tag handle": Wording(
      "the tag is not known",
      hint: "the tags are !file and !var; text that begins with '!' must be in quotes",
      rule: "unknown-tag"),
    "found incompatible YAML document": Wording(
      "this version of YAML is not known", hint: "remove the %YAML line", rule: "yaml-version"),
    "found duplicate %YAML directive": Wording("the document has two %YAML lines", hint: "remove one"),
    "found duplicate %TAG directive": Wording(
      "the document has two %TAG lines for one handle", hint: "remove one"),
    "found unknown directive name": Wording(
      "a line can't begin with '%' here", hint: "only %YAML and %TAG lines may, before a line '---'",
      isAboutOrigin: true),
    "could not find expected directive name": Wording(
      "a line can't begin with '%' here", hint: "only %YAML and %TAG lines may, before a line '---'",
      isAboutOrigin: true),
    "found extremely long version number": Wording(
      "the version number is too long", hint: "remove the %YAML line"),
    "did not find expected version number": Wording(
      "expected a version after '%YAML'", hint: "remove the line"),
    "did not find expected digit or '.' character": Wording(
      "expected a version after '%YAML'", hint: "remove the line"),
    "did not find expected whitespace": Wording("expected a space here"),
    "did not find expected whitespace or line break": Wording("expected a space after the tag"),
    "found unexpected non-alphabetical character": Wording("a line can't begin with '%' here"),
    "did not find expected '!'": Wording("expected '!' at the end of the tag's handle"),
    "did not find the expected '>'": Wording("expected '>' at the end of the tag"),
    "did not find expected tag URI": Wording("expected the tag's name after '!'"),
    "did not find URI escaped octet": Wording("expected two hexadecimal digits after '%'"),
    "found an incorrect leading UTF-8 octet": Wording("the bytes written with '%' are not UTF-8"),
    "found an incorrect trailing UTF-8 octet": Wording("the bytes written with '%' are not UTF-8"),
    "exceeded maximum nesting depth": Wording(
      "lists and mappings stand too deep in each other", rule: "too-deep"),
  ]

  private static let starHint = "text that begins with '*' must be in quotes, as in \"*.*.*\""
  private static let ampersandHint = "text that begins with '&' must be in quotes"

  private static let inContext: [String: [String: Wording]] = [
    "while scanning an alias": [
      "did not find expected alphabetic or numeric character": Wording(
        "expected a name after '*'", hint: starHint)
    ],
    "while scanning an anchor": [
      "did not find expected alphabetic or numeric character": Wording(
        "expected a name after '&'", hint: ampersandHint)
    ],
    "while scanning a directive": [
      "found unexpected document indicator": Wording("expected the rest of the '%' line"),
      "did not find expected comment or line break": Wording("expected the end of the '%' line"),
    ],
  ]

  /// What began at the context's mark.
  static let origins: [String: String] = [
    "while parsing a block mapping": "the mapping begins here",
    "while parsing a block collection": "the list begins here",
    "while parsing a flow mapping": "the mapping begins here",
    "while parsing a flow sequence": "the list begins here",
    "while parsing a block node": "the value begins here",
    "while parsing a flow node": "the value begins here",
    "while parsing a node": "the value begins here",
    "while scanning a simple key": "the key begins here",
    "while scanning a quoted scalar": "the quote opens here",
    "while parsing a quoted scalar": "the quote opens here",
    "while scanning a block scalar": "the block begins here",
    "while scanning a plain scalar": "the text begins here",
    "while scanning a directive": "the line begins here",
    "while scanning an anchor": "the name begins here",
    "while scanning an alias": "the name begins here",
    "while scanning a %YAML directive": "the line begins here",
    "while scanning a %TAG directive": "the line begins here",
    "while parsing a %TAG directive": "the line begins here",
    "while scanning a tag": "the tag begins here",
    "while parsing a tag": "the tag begins here",
  ]
}
