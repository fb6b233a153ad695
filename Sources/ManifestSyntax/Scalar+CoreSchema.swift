// SPDX-License-Identifier: Apache-2.0

extension Scalar {
  /// The types of scalars in YAML's core schema.
  public enum CoreType: Hashable, Sendable {
    /// Text, `!!str`.
    case string
    /// A whole number, `!!int`.
    case integer
    /// Any number, `!!float`.
    case decimal
    /// A truth value, `!!bool`.
    case bool
    /// Nothing, `!!null`.
    case null
  }

  /// What a scalar means where no field says what it should be.
  public enum CoreValue: Hashable, Sendable {
    /// Nothing: `null`, `~` or no text at all.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number that fits 64 bits.
    case integer(Int)
    /// Any other number.
    case decimal(Double)
    /// Text.
    case string(String)
  }

  /// The scalar's meaning by the core schema of YAML 1.2: quoted and block scalars are text, a plain one is what it
  /// looks like, and a tag such as `!!str` decides before either.
  public var coreValue: CoreValue { resolved ?? .string(text) }

  /// The meaning; nil when a tag says what the text is not.
  var resolved: CoreValue? {
    switch forcedType {
    case nil: style == .plain ? CoreValue(plain: text) : .string(text)
    case .string: .string(text)
    case .null: CoreValue(plain: text) == .null ? .null : nil
    case .bool: if case .bool(let bool) = CoreValue(plain: text) { .bool(bool) } else { nil }
    case .integer: if case .integer(let integer) = CoreValue(plain: text) { .integer(integer) } else { nil }
    case .decimal:
      switch CoreValue(plain: text) {
      case .integer(let integer): .decimal(Double(integer))
      case .decimal(let decimal): .decimal(decimal)
      case .null, .bool, .string: nil
      }
    }
  }
}

extension Scalar.CoreValue {
  /// The meaning of a plain scalar.
  fileprivate init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    case ".nan", ".NaN", ".NAN": self = .decimal(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": self = .decimal(.infinity)
    case "-.inf", "-.Inf", "-.INF": self = .decimal(-.infinity)
    default: self = Self.number(text) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> Scalar.CoreValue? {
    // Most text is told from numbers by its first character.
    guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else { return nil }
    if text.hasPrefix("0o") { return whole(text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return whole(text.dropFirst(2), radix: 16) }
    guard let form = NumberForm(text.utf8) else { return nil }
    if form == .integer, let integer = Int(text) { return .integer(integer) }
    return Double(text).map { .decimal($0) }
  }

  /// The number that `digits` write without sign; a decimal when it is beyond 64 bits.
  private static func whole(_ digits: Substring, radix: Int) -> Scalar.CoreValue? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
    if let integer = Int(digits, radix: radix) { return .integer(integer) }
    return .decimal(
      digits.reduce(0) { value, digit in value * Double(radix) + Double(digit.hexDigitValue ?? 0) })
  }
}

/// Whether a number has a fraction or an exponent.
private enum NumberForm {
  case integer
  case decimal

  /// The form of `text` by the expression `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
  init?(_ text: String.UTF8View) {
    var rest = text[...]
    func skipSign() { if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() } }
    func skipDigits() -> Int {
      let digits = rest.prefix { isDigit($0) }.count
      rest = rest.dropFirst(digits)
      return digits
    }
    skipSign()
    var digits = skipDigits()
    self = .integer
    if rest.first == UInt8(ascii: ".") {
      self = .decimal
      rest = rest.dropFirst()
      digits += skipDigits()
    }
    guard digits > 0 else { return nil }
    if let exponent = rest.first, "eE".utf8.contains(exponent) {
      self = .decimal
      rest = rest.dropFirst()
      skipSign()
      guard skipDigits() > 0 else { return nil }
    }
    guard rest.isEmpty else { return nil }
  }
}

private func isDigit(_ byte: UInt8, radix: Int = 10) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "7"): true
  case UInt8(ascii: "8"), UInt8(ascii: "9"): radix >= 10
  case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
  default: false
  }
}
