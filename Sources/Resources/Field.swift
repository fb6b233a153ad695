// SPDX-License-Identifier: Apache-2.0

/// One parameter of the API, named once.
///
/// The row drives decoding from manifests, checks, digest, comparison, plan text, the wire in both
/// directions and the reference pages, so that no second place has to know the parameter. A class only because
/// rows are looked at for every field of every manifest: to hand one on takes one reference, not a dozen.
public final class Field<Root: Sendable>: Sendable {
  /// What it takes to bring a changed value about.
  public enum Change: Hashable, Sendable {
    /// The value is part of what the object is called: not in the digest, another value is another object.
    case identifies
    /// The service can't change it: a new object takes the old one's place.
    case replaces
    /// The service changes it on the object that exists.
    case updatesInPlace
  }

  /// How faithfully Describe returns what Create was given (reference §9).
  public enum Echo: Hashable, Sendable {
    /// As it was given, or at the documented default.
    case faithful
    /// As it was given, but a list comes in any order.
    case unordered
    /// Perhaps rewritten; alone, a difference is a warning.
    case rewritten
    /// Filled in by the service where unset, in a way that no document fixes.
    case chosenByService
  }

  /// Where the value stands in a Describe item.
  public enum Reply: Hashable, Sendable {
    /// Under the request's own name.
    case sameName
    /// As a list `wrapper.element[]` in place of the last part of the request's name.
    case list(wrapper: String, element: String)
    /// As a list `wrapper.element[]` of objects with these two members.
    case pairs(wrapper: String, element: String, key: String, value: String)
  }

  /// The key in a manifest's `spec`, such as `imageOptions.imageName`.
  public let name: String
  /// The parameter's name in a request, such as `ImageOptions.ImageName`.
  public let wire: String
  /// The type of its values.
  public let shape: FieldShape
  /// What it takes to change it.
  public let change: Change
  /// The documented default: a value equal to it means the same as no value.
  public let defaultValue: FieldValue?
  /// How Describe returns it.
  public let echo: Echo
  /// Where Describe returns it.
  public let reply: Reply
  /// The names that lead from a Describe item to the value.
  let replyPath: [String]
  /// The rules of the service for its value.
  public let checks: [Check]
  /// What it is for, in one sentence.
  public let summary: String
  /// The value in a resource, or nil when unset.
  public let read: @Sendable (Root) -> FieldValue?
  /// Sets the value in a resource; nil unsets it.
  public let write: @Sendable (inout Root, FieldValue?) -> Void

  /// The row for the property at `path`.
  public init<Value: FieldRepresentable>(
    _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, wire: String, _ change: Change,
    default defaultValue: FieldValue? = nil, echo: Echo = .faithful, reply: Reply = .sameName,
    checks: [Check] = [], _ summary: String
  ) {
    self.name = name
    self.wire = wire
    self.shape = Value.shape
    self.change = change
    self.defaultValue = defaultValue
    self.echo = echo
    self.reply = reply
    self.replyPath = Field.replyPath(wire, reply)
    self.checks = checks
    self.summary = summary
    self.read = { $0[keyPath: path].fieldValue }
    self.write = { $0[keyPath: path] = Value(fieldValue: $1) }
  }

  /// The value as comparisons and digests see it: nil at the documented default, unordered lists sorted, words of a
  /// fixed choice in the letter case that requests take.
  public func canonical(_ value: FieldValue?) -> FieldValue? {
    guard let value = value.map(spelled), value != defaultValue, value != .text("") else { return nil }
    guard echo == .unordered || echo == .rewritten else { return value }
    switch value {
    case .texts(let texts): return .texts(Set(texts).sorted())
    case .integers(let numbers): return .integers(Set(numbers).sorted())
    case .text, .integer, .boolean, .pairs, .disks: return value
    }
  }
}

extension Field {
  /// The value with words of a fixed choice as the table writes them.
  private func spelled(_ value: FieldValue) -> FieldValue {
    guard case .text(let text) = value else { return value }
    for case .oneOf(let words) in checks.lazy.map(\.constraint) where !words.contains(text) {
      if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return .text(word) }
    }
    return value
  }
}

/// A thing of the API that has a field table.
public protocol FieldTabled: Hashable, Sendable {
  /// The table, in the order in which plans show the fields.
  static var fields: [Field<Self>] { get }
  /// The table's names, to be looked up.
  static var names: FieldNames { get }
  /// One in which every field is unset.
  init()
  /// Breaches of the rules that concern several fields at once.
  var combinationViolations: [Violation] { get }
}

/// The names of a table's rows.
public struct FieldNames: Sendable {
  private let places: [String: Int]
  private let groups: Set<String>

  /// The names of `fields`.
  public init<Root>(of fields: [Field<Root>]) {
    var groups: Set<String> = []
    for name in fields.map(\.name) {
      for cut in name.indices where name[cut] == "." { groups.insert(String(name[..<cut])) }
    }
    places = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    self.groups = groups
  }

  /// Where in the table the row called `name` stands.
  public func place(of name: String) -> Int? { places[name] }

  /// Whether rows are called `name.` and something.
  public func hasGroup(_ name: String) -> Bool { groups.contains(name) }
}

extension FieldTabled {
  /// Breaches of the service's rules: each field's own, in the table's order, then those of combinations.
  public var violations: [Violation] { violations(in: Self.fields) }

  /// Breaches of the rules for the fields that are called `names`, and of those of combinations.
  ///
  /// Reading every field costs more than looking a few names up; the other fields must be unset.
  public func violations(given names: some Sequence<String>) -> [Violation] {
    violations(in: Set(names.compactMap(Self.names.place)).sorted().map { Self.fields[$0] })
  }

  private func violations(in fields: [Field<Self>]) -> [Violation] {
    var found: [Violation] = []
    for field in fields where !field.checks.isEmpty || field.shape == .disks {
      guard let value = field.read(self) else { continue }
      for check in field.checks {
        let breaches = check.violations(of: value, in: field.name)
        found += breaches
        // Of a single value the first breach says it; the others are often the same mistake.
        if !breaches.isEmpty, field.shape.isSingle { break }
      }
      if case .disks(let disks) = value {
        for (index, disk) in disks.enumerated() {
          found += disk.violations.map { $0.moved(under: "\(field.name)[\(index)]") }
        }
      }
    }
    return found + combinationViolations
  }
}
