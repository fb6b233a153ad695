// SPDX-License-Identifier: Apache-2.0

/// What the rules say of a content.
public struct ContentReview: Sendable {
  /// What they find, by place, silenced or not.
  public let findings: [ContentFinding]
  /// Of a component: what would be found if its build could not reach the Internet, by place.
  public let downloads: [ContentFinding]
  /// The scripts for a POSIX shell, in the order of the text.
  public let scripts: [ContentScript]
}

extension ContentText {
  /// What all rules find in the content, by place, but for what its comments silence; see ``review(in:for:)``.
  public func findings(in context: ContentContext) -> [ContentFinding] {
    review(in: context).findings.filter { $0.silence == nil }
  }

  /// For what the service refuses the content at `place`, as findings by place, silenced or not.
  public func refusals(at place: ContentPlace) -> [ContentFinding] {
    let found = violations(at: place).compactMap { violation in
      ContentRule.named(violation.check.rule).map { rule in
        ContentFinding(
          rule: rule.id, severity: rule.severity, message: violation.message, hint: violation.hint,
          byteRange: violation.byteRange, code: violation.code)
      }
    }
    guard !found.isEmpty else { return [] }
    let silences = Silences(Array(text.utf8))
    return found.map { $0.silenced(by: silences) }
  }

  /// What the rules that `isWanted` holds for say of the content.
  ///
  /// A comment `# kiln:ignore RULE REASON` on the line of a finding, or on a line of its own before it, silences that
  /// rule there; several rules are separated by commas, and without a reason nothing is silenced.
  public func review(
    in context: ContentContext, for isWanted: (ContentRule) -> Bool = { _ in true }
  ) -> ContentReview {
    var findings = refusals(at: context.place).filter { finding in
      ContentRule.named(finding.rule).map(isWanted) ?? false
    }
    let linted = LintedContent(self, context)
    let silences = Silences(linted.bytes)
    for rule in ContentRule.all where isWanted(rule) {
      findings += rule.findings(in: linted).map { $0.silenced(by: silences) }
    }
    var downloads: [ContentFinding] = []
    if case .component = context.place, let rule = ContentRule.named("download-without-internet"),
      isWanted(rule)
    {
      downloads = rule.findings(in: linted.offline).filter {
        silences.silence(of: $0.rule, at: $0.byteRange.lowerBound) == nil
      }
    }
    return ContentReview(
      findings: findings.sorted { left, right in
        (left.byteRange.lowerBound, left.byteRange.upperBound, left.rule)
          < (right.byteRange.lowerBound, right.byteRange.upperBound, right.rule)
      }, downloads: downloads, scripts: linted.scripts.compactMap(ContentScript.init))
  }
}

extension ContentFinding {
  /// What is found in a text with `silences`.
  fileprivate func silenced(by silences: Silences) -> ContentFinding {
    var finding = self
    finding.silence = silences.silence(of: rule, at: byteRange.lowerBound)
    return finding
  }
}

extension ContentRule {
  fileprivate func findings(in content: LintedContent) -> [ContentFinding] {
    find(content).prefix(ContentViolation.limit).map { found in
      ContentFinding(
        rule: id, severity: severity, message: found.message, hint: found.hint, byteRange: found.range,
        code: nil)
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
