// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// What stands in brackets behind a diagnostic: something that Kiln tells authors of, with what it takes to explain it.
public struct Rule: Sendable, Identifiable {
  /// What a rule looks at.
  public enum Subject: String, Sendable, CaseIterable {
    /// The YAML of a file.
    case yaml = "YAML"
    /// Manifests and what they name.
    case manifests = "Manifests"
    /// The contents of components and pipelines.
    case contents = "Contents"
    /// What a plan finds out about the service.
    case plans = "Plans"
  }

  /// Its name, in kebab case.
  public let id: String
  /// What it looks at.
  public let subject: Subject
  /// How much it weighs, unless a stack says otherwise.
  public let severity: Diagnostic.Severity
  /// What it says, in one sentence.
  public let summary: String
  /// What it costs to break it, or how to keep it, in one sentence.
  public let reason: String
  /// Texts that break it.
  public let wrong: [String]
  /// Texts that keep it.
  public let right: [String]
  /// The codes with which the service refuses what breaks it.
  public let codes: [String]

  init(
    _ id: String, _ severity: Diagnostic.Severity, _ subject: Subject, _ summary: String, _ reason: String,
    wrong: [String] = [], right: [String] = [], codes: [String] = []
  ) {
    self.id = id
    self.subject = subject
    self.severity = severity
    self.summary = summary
    self.reason = reason
    self.wrong = wrong
    self.right = right
    self.codes = codes
  }

  /// Whether a stack may say how much it weighs: what makes a manifest unusable always ends the command.
  public var isAdjustable: Bool { subject == .contents }

  /// Every rule: those of YAML, of manifests, of contents and of plans.
  public static let all: [Rule] = yamlRules + manifestRules + ContentRule.all.map(Rule.init) + planRules

  /// The rule called `id`.
  public static func named(_ id: String) -> Rule? { byID[id] }

  private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}

extension Rule {
  /// A rule for contents; of examples that say the same in several places, or go on for pages, the first is enough.
  init(_ rule: ContentRule) {
    func shown(_ examples: [ContentRule.Example]) -> [String] {
      var seen = Set<String>()
      return examples.map(\.text).filter { text in
        text.utf8.count < 400 && !text.isEmpty && seen.insert(text).inserted
      }
    }
    var codes: [String] = []
    for code in rule.wrong.compactMap(\.code) where !codes.contains(code) { codes.append(code) }
    self.init(
      rule.id, rule.severity, .contents, rule.summary, rule.costs, wrong: shown(rule.wrong),
      right: shown(rule.right), codes: codes)
  }
}
