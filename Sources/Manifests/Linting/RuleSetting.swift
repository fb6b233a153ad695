// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What a stack says of one rule: how much it weighs, for what, and why.
struct RuleSetting: Sendable {
  /// The rule's id.
  let rule: String
  /// How much it weighs; nil where it is off.
  let severity: Diagnostic.Severity?
  /// The resources that it is for; all of them where there are none.
  let only: [Exclusion]
  /// Where the rule's name stands.
  let location: Location

  /// Whether it is for the resource at `address`.
  func applies(to address: Address) -> Bool {
    only.isEmpty
      || only.contains { $0.address == address || $0.address.description == address.unversioned }
  }

  /// Whether it takes something away from the rule's own weight.
  var isSofter: Bool {
    guard let usual = Rule.named(rule)?.severity else { return false }
    return severity.map { usual < $0 } ?? true
  }
}

extension RuleSetting {
  /// What the word for a severity means; nil within where it is `off`, nil where it is no such word.
  private static func severity(_ word: String) -> Diagnostic.Severity?? {
    word == "off" ? .some(nil) : Diagnostic.Severity(rawValue: word).map(Optional.some)
  }

  /// Reads an element of `spec.rules`; nil with a report when it can't be used.
  init?(_ node: Node, file: String, into problems: inout Problems) {
    guard let reader = MappingReader(node, what: "rule", file: file, into: &problems) else { return nil }
    reader.rejectUnknown(ManifestGrammar.rule.names, into: &problems)
    let name = reader.required("rule", into: &problems)
    let word = reader.required("severity", into: &problems)
    let reason = reader.text("reason", into: &problems)
    let addresses = reader.list("only", into: &problems)
    let only = (addresses ?? []).compactMap {
      Exclusion($0, of: "rule.only", file: file, into: &problems)
    }
    var severity: Diagnostic.Severity??
    if let word {
      severity = RuleSetting.severity(word)
      if severity == nil {
        problems.report(
          .wrongType(
            "rule.severity", expected: "off, note, warning or error", at: reader.location(of: "severity")))
      }
    }
    guard let name else { return nil }
    let place = reader.location(of: "rule")
    if let problem = Diagnostic.unfitRule(name, at: place) {
      problems.report(problem)
      return nil
    }
    // An address that can't be read must not make the setting one for everything.
    guard let severity, let addresses, only.count == addresses.count else { return nil }
    self.init(rule: name, severity: severity, only: only, location: place)
    if isSofter, reason?.allSatisfy(\.isWhitespace) ?? true {
      problems.report(
        .unreasoned(
          "\(name) is \(severity == nil ? "silenced" : "softened") without a reason", at: place,
          hint: "write reason: with it, for who reads it in a year"))
    }
  }
}

extension Diagnostic {
  /// Why `rule` can't be set or silenced; nil where it can.
  static func unfitRule(_ rule: String, at place: Location) -> Diagnostic? {
    guard let known = Rule.named(rule) else {
      let nearest = rule.nearest(among: ContentRule.all.map(\.id)).map { "did you mean \($0)?" }
      return Diagnostic(
        .error, rule: "unknown-rule", "there is no rule \(rule)", at: place,
        hint: nearest ?? "kiln explain lists the rules")
    }
    guard !known.isAdjustable else { return nil }
    return Diagnostic(
      .error, rule: "fixed-rule", "\(rule) can't be set or silenced", at: place,
      hint: "only rules for contents can; kiln explain lists them")
  }

  static func unreasoned(_ message: String, at place: Location, hint: String) -> Diagnostic {
    Diagnostic(.error, rule: "unreasoned-silence", message, at: place, hint: hint)
  }
}
