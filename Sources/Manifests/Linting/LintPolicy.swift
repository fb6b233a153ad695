// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// How much the rules for contents weigh in one stack.
struct LintPolicy: Sendable {
  let linting: Linting
  let settings: [RuleSetting]

  /// The last setting that is for `rule` and the resource at `address`.
  func setting(of rule: String, at address: Address) -> Int? {
    settings.isEmpty ? nil : settings.lastIndex { $0.rule == rule && $0.applies(to: address) }
  }

  /// How much `rule` weighs there; nil where it is off.
  func severity(of rule: ContentRule, at address: Address) -> Diagnostic.Severity? {
    setting(of: rule.id, at: address).map { settings[$0].severity } ?? rule.severity
  }

  /// Whether `rule` is looked for there.
  func looks(for rule: ContentRule, at address: Address) -> Bool {
    switch linting.scope {
    case .refusals: rule.isService
    case .errors: severity(of: rule, at: address) == .error
    // One that is off is looked for too, since its setting must have something to silence.
    case .everything: true
    }
  }
}
