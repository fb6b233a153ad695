// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
  /// The text, when the value is a string; a number as it would be written.
  ///
  /// Services disagree with their own documentation on which of the two they send.
  public var string: String? {
    switch self {
    case .string(let string): string
    case .integer(let integer): String(integer)
    case .decimal(let decimal): String(decimal)
    case .null, .bool, .array, .object: nil
    }
  }

  /// The whole number, when the value is one, or is text that writes one.
  public var integer: Int? {
    switch self {
    case .integer(let integer): Int(exactly: integer)
    // Beyond 53 bits a decimal no longer tells one whole number from the next.
    case .decimal(let decimal) where decimal.magnitude < 0x1p53 && Double(Int(decimal)) == decimal:
      Int(decimal)
    case .string(let string): Int(string)
    case .null, .bool, .decimal, .array, .object: nil
    }
  }

  /// The truth value, when the value is one, or is the text `true` or `false`.
  public var bool: Bool? {
    switch self {
    case .bool(let bool): bool
    case .string(let string): Bool(string)
    case .null, .integer, .decimal, .array, .object: nil
    }
  }

  /// The elements, when the value is a list.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members, when the value is an object.
  public var object: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Whether the value is `null`.
  public var isNull: Bool { self == .null }
}
