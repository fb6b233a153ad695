// SPDX-License-Identifier: Apache-2.0

/// An error code of the service with its HTTP status.
public struct ServerCode: Hashable, Sendable {
  /// The code, such as `InvalidName.Malformed`.
  public let name: String
  /// The HTTP status of the answer that carries it.
  public let status: Int

  /// The code `name`, answered with `status`.
  public init(_ name: String, _ status: Int = 400) {
    self.name = name
    self.status = status
  }
}

/// A breach of one of the service's rules, with the code that the service would answer.
public struct Violation: Hashable, Sendable {
  /// The field's name in a manifest, with the index of a list element or the key of a tag where one is to blame.
  public let field: String
  /// The service's code for it.
  public let code: ServerCode
  /// What was expected instead, as the rest of a sentence that begins with the field's name.
  public let expectation: String
  /// What was likely meant.
  public let suggestion: String?

  /// A breach in `field`.
  public init(field: String, code: ServerCode, expectation: String, suggestion: String? = nil) {
    self.field = field
    self.code = code
    self.expectation = expectation
    self.suggestion = suggestion
  }

  func moved(under parent: String) -> Violation {
    Violation(field: "\(parent).\(field)", code: code, expectation: expectation, suggestion: suggestion)
  }
}

/// One rule of the service for one field's value.
public struct Check: Sendable {
  /// What the value must be.
  public let constraint: Constraint
  /// The service's code for a breach.
  public let code: ServerCode

  /// The rule `constraint`, a breach of which the service answers with `code`.
  public init(_ constraint: Constraint, _ code: ServerCode) {
    self.constraint = constraint
    self.code = code
  }

  /// What is expected, as the rest of a sentence that begins with the field's name.
  public var expectation: String { constraint.expectation }

  /// Whether `value` keeps the rule.
  public func holds(for value: FieldValue) -> Bool { constraint.holds(for: value) }

  /// What in `value`, the value of `field`, breaks the rule: each element or tag by itself.
  public func violations(of value: FieldValue, in field: String) -> [Violation] {
    guard !holds(for: value) else { return [] }
    return constraint.breaches(in: value).map {
      Violation(
        field: field + $0.place, code: code, expectation: $0.expectation, suggestion: $0.suggestion)
    }
  }
}

/// A condition on a field's value, as data: it can be tested, explained and put into a schema.
public enum Constraint: Hashable, Sendable {
  /// Number of characters.
  case length(ClosedRange<Int>)
  /// Number of bytes in UTF-8.
  case bytes(atMost: Int)
  /// One of these words, in this letter case.
  case oneOf([String])
  /// A number within bounds.
  case range(ClosedRange<Int64>)
  /// Number of elements.
  case count(ClosedRange<Int>)
  /// A letter or Chinese character first, then letters, digits, `:`, `_`, `-` and (if allowed) `.`; no URL.
  case name(dots: Bool)
  /// Doesn't begin with `http://` or `https://`.
  case notURL
  /// Has neither `http://` nor `https://` inside and doesn't begin with `aliyun` or `acs:`.
  case notReserved
  /// Three whole numbers with dots between.
  case version
  /// Lower-case letters, digits and inner dashes.
  case bucketName
  /// Keys of tags: not empty, at most 128 characters, not reserved.
  case tagKeys
  /// Values of tags: at most 128 characters, not beginning with `acs:`, no URL inside.
  case tagValues
  /// Not the empty text.
  case notEmpty
}

extension Constraint {
  /// What is expected, as the rest of a sentence that begins with the field's name.
  public var expectation: String {
    switch self {
    case .length(let range): "must have \(range.lowerBound) to \(range.upperBound) characters"
    case .bytes(let most): "must have at most \(most) bytes in UTF-8"
    case .oneOf(let words): "must be \(words.count == 1 ? "" : "one of ")\(words.joined(separator: ", "))"
    case .range(let range): "must be a number from \(range.lowerBound) to \(range.upperBound)"
    case .count(let range):
      range.lowerBound == 0
        ? "must have at most \(range.upperBound) elements"
        : "must have \(range.lowerBound) to \(range.upperBound) elements"
    case .name(let dots):
      "must begin with a letter or a Chinese character and go on with letters, digits, "
        + (dots ? ":, _, . and -" : ":, _ and -")
    case .notURL: "must not begin with http:// or https://"
    case .notReserved: "must not begin with aliyun or acs:, nor contain http:// or https://"
    case .version: "must be major.minor.patch, three whole numbers such as 1.4.0"
    case .bucketName: "must have at most 63 lower-case letters, digits and dashes, no dash at either end"
    case .tagKeys:
      "must have keys of 1 to 128 characters, not beginning with aliyun or acs:, with no URL inside"
    case .tagValues:
      "must have values of at most 128 characters, not beginning with acs:, with no URL inside"
    case .notEmpty: "must not be empty"
    }
  }

  /// Whether `value` meets the condition; a value of another shape does, being the decoder's affair.
  public func holds(for value: FieldValue) -> Bool {
    switch value {
    case .text(let text): holds(for: text)
    case .integer(let number): if case .range(let range) = self { range.contains(number) } else { true }
    case .boolean: true
    case .texts(let texts): holds(for: texts)
    case .integers(let numbers): holds(forCount: numbers.count)
    case .pairs(let pairs): holds(for: pairs)
    case .disks(let disks): holds(forCount: disks.count)
    }
  }

  private func holds(for text: String) -> Bool {
    switch self {
    case .length(let range): range.contains(text.scalarCount)
    case .bytes(let most): text.utf8.count <= most
    case .oneOf(let words): words.contains(text)
    case .name(let dots): text.isServiceName(dots: dots)
    case .notURL: !text.beginsLikeURL
    case .notReserved: !text.isReserved
    case .version: Version(text) != nil
    case .bucketName: text.isBucketName
    case .notEmpty: !text.isEmpty
    case .range, .count, .tagKeys, .tagValues: true
    }
  }

  private func holds(for texts: [String]) -> Bool {
    switch self {
    case .oneOf(let words): texts.allSatisfy(words.contains)
    case .notEmpty: !texts.contains("")
    default: holds(forCount: texts.count)
    }
  }

  private func holds(for pairs: [String: String]) -> Bool {
    switch self {
    case .tagKeys: pairs.keys.allSatisfy(\.isTagKey)
    case .tagValues: pairs.values.allSatisfy(\.isTagValue)
    default: holds(forCount: pairs.count)
    }
  }

  private func holds(forCount count: Int) -> Bool {
    if case .count(let range) = self { range.contains(count) } else { true }
  }
}
