// SPDX-License-Identifier: Apache-2.0

/// What all rules find in `text`, by place; see ``ContentText/findings(in:)``.
public func contentFindings(_ text: String, in context: ContentContext) -> [ContentFinding] {
  ContentText(text).findings(in: context)
}

extension ContentText {
  /// What all rules find in the content, by place.
  ///
  /// A comment `# kiln:ignore RULE REASON` on the line of a finding, or on a line of its own before it, silences that
  /// rule there; several rules are separated by commas, and without a reason nothing is silenced.
  public func findings(in context: ContentContext) -> [ContentFinding] {
    var findings = violations(at: context.place).compactMap { violation -> ContentFinding? in
      guard let rule = ContentRule.named(violation.check.rule) else { return nil }
      return ContentFinding(
        rule: rule.id, severity: rule.severity, message: violation.message, hint: violation.hint,
        byteRange: violation.byteRange, code: violation.code)
    }
    let linted = LintedContent(self, context)
    for rule in ContentRule.all {
      findings += rule.find(linted).prefix(ContentViolation.limit).map { found in
        ContentFinding(
          rule: rule.id, severity: rule.severity, message: found.message, hint: found.hint,
          byteRange: found.range,
          code: nil)
      }
    }
    let silences = Silences(linted.bytes)
    return findings.filter { !silences.silence($0.rule, at: $0.byteRange.lowerBound) }.sorted { left, right in
      (left.byteRange.lowerBound, left.byteRange.upperBound, left.rule)
        < (right.byteRange.lowerBound, right.byteRange.upperBound, right.rule)
    }
  }
}

extension ContentCheck {
  /// The id of the rule that tells of it.
  public var rule: String {
    switch self {
    case .present: "content-missing"
    case .size: "content-too-long"
    case .commandCount: "too-many-commands"
    case .knownCommand: "unknown-command"
    case .noComponent: "component-in-component"
    case .noFrom: "from-in-component"
    case .singleFrom: "duplicate-from"
    case .fromFirst: "from-not-first"
    case .argument: "missing-argument"
    case .grammar: "malformed-argument"
    case .plainURL: "copy-query-string"
    case .bareRestart: "restart-argument"
    case .form: "wrong-structure"
    }
  }
}
