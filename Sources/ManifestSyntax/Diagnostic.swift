// SPDX-License-Identifier: Apache-2.0

/// Something the author of a manifest should know: what, where, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
  /// How much a diagnostic weighs.
  public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    /// The manifest can't be used.
    case error
    /// The manifest can be used, but likely not as meant.
    case warning
    /// Worth knowing.
    case note

    /// Graver severities first.
    public static func < (left: Severity, right: Severity) -> Bool {
      left.weight < right.weight
    }

    private var weight: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// A second place that belongs to the story, such as the first of two equal keys.
  public struct Related: Hashable, Sendable {
    /// What is to be seen there.
    public let message: String
    /// Where it is.
    public fileprivate(set) var location: Location

    /// A second place and what is to be seen there.
    public init(_ message: String, at location: Location) {
      self.message = message
      self.location = location
    }
  }

  /// How much it weighs.
  public let severity: Severity
  /// The rule's id in kebab case, such as `unknown-field`.
  public let rule: String
  /// What is wrong, in the author's words; no full stop, no newline.
  public let message: String
  /// Where; nil when no place in a file is to blame.
  public private(set) var location: Location?
  /// Further places.
  public private(set) var related: [Related]
  /// What to do, when there is something to say beyond the message.
  public let hint: String?
  /// Whether the text at the place must not be shown, as it may be a secret.
  public let hidesText: Bool

  /// A diagnostic of `rule`.
  public init(
    _ severity: Severity, rule: String, _ message: String, at location: Location?,
    related: [Related] = [], hint: String? = nil, hidesText: Bool = false
  ) {
    self.severity = severity
    self.rule = rule
    self.message = message
    self.location = location
    self.related = related
    self.hint = hint
    self.hidesText = hidesText
  }

  /// The same with each of its places replaced by what `lead` makes of it.
  public func withPlaces(_ lead: (Location) -> Location) -> Diagnostic {
    var diagnostic = self
    diagnostic.location = location.map(lead)
    for index in related.indices { diagnostic.related[index].location = lead(related[index].location) }
    return diagnostic
  }
}

/// Diagnostics as they are found.
public struct Problems: Sendable {
  /// In the order of discovery.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Nothing found yet.
  public init() {}

  /// Whether one of them is an error.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds one.
  public mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  /// Adds all of `others`.
  public mutating func report(contentsOf others: some Sequence<Diagnostic>) {
    diagnostics.append(contentsOf: others)
  }

  /// Without repetitions, by file, line and column; what has no place comes first.
  public var sorted: [Diagnostic] {
    var seen = Set<Diagnostic>()
    return diagnostics.filter { seen.insert($0).inserted }.sorted { left, right in
      switch (left.location, right.location) {
      case (nil, .some): true
      case (.some, nil): false
      case (nil, nil): (left.severity, left.message) < (right.severity, right.message)
      case (.some(let first), .some(let second)):
        (first, left.severity, left.message) < (second, right.severity, right.message)
      }
    }
  }
}
