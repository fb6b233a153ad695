// SPDX-License-Identifier: Apache-2.0

/// A JSON value, for replies that are read leniently and texts that must be the same bytes each time.
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number without fraction or exponent that fits 64 bits.
  case integer(Int64)
  /// Any other number.
  case decimal(Double)
  /// A string.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object; on writing, its keys come sorted.
  case object([String: JSONValue])

  /// The member `key`, when the value is an object that has it.
  public subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// The string `value`.
  public init(stringLiteral value: String) { self = .string(value) }
  /// The number `value`.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// The truth value `value`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// The list of `elements`.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// The object of `elements`; of equal keys the last wins.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
  /// The value `null`.
  public init(nilLiteral: ()) { self = .null }
}
