// SPDX-License-Identifier: Apache-2.0

/// One parameter of the API, named once.
///
/// The row drives decoding from manifests, checks, digest, comparison, plan text, the wire in both
/// directions and the reference pages, so that no second place has to know the parameter. A class only because
/// rows are handed on often: to do so takes one reference, not a dozen.
public final class Field<Root: FieldTabled>: Sendable {
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
  /// Whether the value is a content: a text in a language of its own.
  public let isContent: Bool
  /// What it is for, in one sentence.
  public let summary: String
  private let access: @Sendable (inout Root, FieldAccess) -> FieldValue?

  /// The row for the property that `access` gives to what it is called with, as `{ $1(&$0.name) }` does.
  ///
  /// A key path would say the same, but takes ten times as long; and as all cores count the references to it, they
  /// would wait for each other. A closure that captures nothing has no such count.
  public init(
    _ name: String, _ access: @escaping @Sendable (inout Root, FieldAccess) -> FieldValue?, wire: String,
    _ change: Change, default defaultValue: FieldValue? = nil, echo: Echo = .faithful,
    reply: Reply = .sameName, checks: [Check] = [], _ summary: String
  ) {
    var unset = Root()
    guard let empty = access(&unset, .example) else { fatalError("an example of a field is never unset") }
    self.name = name
    self.wire = wire
    self.shape = empty.shape
    self.change = change
    self.defaultValue = defaultValue
    self.echo = echo
    self.reply = reply
    self.replyPath = Field.replyPath(wire, reply)
    self.checks = checks
    self.isContent = contentFields.contains(name)
    self.summary = summary
    self.access = access
  }

  /// The value in `root`, or nil when unset.
  public func read(_ root: Root) -> FieldValue? {
    var copy = root
    return read(from: &copy)
  }

  /// The value in `root`, or nil when unset; `root` stays as it is.
  ///
  /// Who reads many fields of one resource spares it from being copied for each.
  public func read(from root: inout Root) -> FieldValue? { access(&root, .read) }

  /// Sets the value in `root`; nil unsets it.
  public func write(_ root: inout Root, _ value: FieldValue?) { _ = access(&root, .write(value)) }

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

/// Names of the fields whose values are contents.
public let contentFields: Set<String> = ["content", "buildContent", "testContent"]

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
