// SPDX-License-Identifier: Apache-2.0

/// A component's version: `major.minor.patch`.
public struct Version: Hashable, Comparable, Sendable {
  /// The first number.
  public let major: UInt32
  /// The second number.
  public let minor: UInt32
  /// The third number.
  public let patch: UInt32

  /// The version `major.minor.patch`.
  public init(_ major: UInt32, _ minor: UInt32, _ patch: UInt32) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The version that `text` writes: three decimal numbers below 2^31 with dots between, without leading zeros.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var numbers: [UInt32] = []
    for part in parts {
      guard let number = Version.number(part) else { return nil }
      numbers.append(number)
    }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  static func number(_ digits: Substring.UTF8View) -> UInt32? {
    guard (1...10).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      return nil
    }
    var number: UInt64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
    }
    return number <= UInt64(Int32.max) ? UInt32(number) : nil
  }

  /// The next version with the same major and minor numbers.
  public var nextPatch: Version { Version(major, minor, patch + 1) }

  /// By major, then minor, then patch number.
  public static func < (left: Version, right: Version) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension Version: CustomStringConvertible {
  /// The version as `major.minor.patch`.
  public var description: String { "\(major).\(minor).\(patch)" }
}

/// How a manifest chooses a component's version.
public enum VersionRule: Hashable, Sendable {
  /// This one, as written.
  case pinned(Version)
  /// The next free patch within a major and minor number: `1.4.x`.
  case patch(major: UInt32, minor: UInt32)
  /// `1.0.0` first, then the next free patch.
  case automatic

  /// The rule that `text` writes: `1.4.0`, `1.4.x` or `auto`.
  public init?(_ text: String) {
    if text == "auto" {
      self = .automatic
    } else if let version = Version(text) {
      self = .pinned(version)
    } else if text.hasSuffix(".x"), let version = Version(text.dropLast() + "0") {
      self = .patch(major: version.major, minor: version.minor)
    } else {
      return nil
    }
  }

  /// The version, when the rule names one.
  public var pinned: Version? {
    if case .pinned(let version) = self { version } else { nil }
  }

  /// Whether the rule could choose `version`.
  public func admits(_ version: Version) -> Bool {
    switch self {
    case .pinned(let pinned): pinned == version
    case .patch(let major, let minor): version.major == major && version.minor == minor
    case .automatic: true
    }
  }
}

extension VersionRule: CustomStringConvertible {
  /// The rule as a manifest writes it.
  public var description: String {
    switch self {
    case .pinned(let version): version.description
    case .patch(let major, let minor): "\(major).\(minor).x"
    case .automatic: "auto"
    }
  }
}
