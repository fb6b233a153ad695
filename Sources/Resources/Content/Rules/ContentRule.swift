// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// Something that contents are checked for, with the examples that prove and explain it.
///
/// A class only because rules are handed on for every content: to do so takes one reference, not a dozen.
public final class ContentRule: Sendable, Identifiable {
  /// A content that breaks or keeps a rule.
  public struct Example: Hashable, Sendable {
    /// The content; in a wrong one `▸` and `◂` stand around what is found.
    public let marked: String
    /// Where it is used.
    public let context: ContentContext
    /// The service's code, where the service refuses it.
    public let code: String?

    init(_ marked: String, _ context: ContentContext = ContentContext(.build), code: String? = nil) {
      self.marked = marked
      self.context = context
      self.code = code
    }

    /// The content without the marks.
    public var text: String { marked.filter { $0 != "▸" && $0 != "◂" } }
  }

  /// A finding, before it is known by which rule.
  struct Found {
    var message: String
    var hint: String?
    var range: Range<Int>
  }

  /// Its name, in kebab case.
  public let id: String
  /// How much its findings weigh, unless a stack says otherwise.
  public let severity: Diagnostic.Severity
  /// What it says, in one sentence.
  public let summary: String
  /// What it costs to break it, in one sentence.
  public let costs: String
  /// Contents that break it, each in one place.
  public let wrong: [Example]
  /// Contents that keep it, and break no other.
  public let right: [Example]
  let find: @Sendable (LintedContent) -> [Found]

  init(
    _ id: String, _ severity: Diagnostic.Severity, _ summary: String,
    costs: String = "The service refuses the content, and nothing is created.", wrong: [Example],
    right: [Example],
    find: @escaping @Sendable (LintedContent) -> [Found] = { _ in [] }
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.costs = costs
    self.wrong = wrong
    self.right = right
    self.find = find
  }

  /// All rules: first those of the service, in the order of its table, then our own.
  public static let all: [ContentRule] =
    serviceRules + formRules + scriptRules + [shellSyntax] + downloadRules + secretRules + referenceRules

  /// The rule called `id`.
  public static func named(_ id: String) -> ContentRule? { byID[id] }

  /// Whether the service itself refuses what breaks it.
  public var isService: Bool { ContentRule.serviceIDs.contains(id) }

  private static let serviceIDs = Set(serviceRules.map(\.id))

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}

/// What is known about the use of a content.
public struct ContentContext: Hashable, Sendable {
  /// Where it is used.
  public let place: ContentPlace
  /// The outgoing bandwidth of the build, in Mbit/s; nil where it is not known.
  public let internetMaxBandwidthOut: Int?

  /// A use at `place`, with the bandwidth where that is known.
  public init(_ place: ContentPlace, internetMaxBandwidthOut: Int? = nil) {
    self.place = place
    self.internetMaxBandwidthOut = internetMaxBandwidthOut
  }
}

/// What a rule found in a content.
public struct ContentFinding: Hashable, Sendable {
  /// The rule's id.
  public let rule: String
  /// How much it weighs.
  public let severity: Diagnostic.Severity
  /// What is wrong, without a full stop.
  public let message: String
  /// What to do about it, where that is not plain.
  public let hint: String?
  /// Where in the content, in UTF-8 bytes.
  public let byteRange: Range<Int>
  /// The service's code, where the service refuses the content for it.
  public let code: String?
  /// The comment that silences it.
  public internal(set) var silence: Silence?

  /// A finding of `rule` that does not come from looking at the text alone.
  public init(
    _ rule: ContentRule, _ message: String, hint: String?, at byteRange: Range<Int>, silence: Silence?
  ) {
    self.init(
      rule: rule.id, severity: rule.severity, message: message, hint: hint, byteRange: byteRange, code: nil,
      silence: silence)
  }

  init(
    rule: String, severity: Diagnostic.Severity, message: String, hint: String?, byteRange: Range<Int>,
    code: String?, silence: Silence? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.hint = hint
    self.byteRange = byteRange
    self.code = code
    self.silence = silence
  }
}
