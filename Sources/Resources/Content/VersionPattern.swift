// SPDX-License-Identifier: Apache-2.0

/// A component's version in which any number may be left open: `1.4.*`, `*.*.*`, or `1.4.0`.
public struct VersionPattern: Hashable, Sendable {
  /// The first number, nil where it is `*`.
  public let major: UInt32?
  /// The second number, nil where it is `*`.
  public let minor: UInt32?
  /// The third number, nil where it is `*`.
  public let patch: UInt32?

  /// The pattern of these numbers; nil stands for `*`.
  public init(_ major: UInt32?, _ minor: UInt32?, _ patch: UInt32?) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The pattern that `text` writes: three decimal numbers below 2^31, or `*` in place of any, with dots between.
  public init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var numbers: [UInt32?] = []
    for part in parts {
      if part.elementsEqual("*".utf8) {
        numbers.append(nil)
        continue
      }
      guard (1...10).contains(part.count), part.allSatisfy(\.isDigit) else { return nil }
      let number = part.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
      guard number <= UInt64(Int32.max) else { return nil }
      numbers.append(UInt32(number))
    }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  /// Whether no number is left open.
  public var isExact: Bool { major != nil && minor != nil && patch != nil }

  /// Whether the pattern admits the version of these three numbers.
  public func matches(_ major: UInt32, _ minor: UInt32, _ patch: UInt32) -> Bool {
    (self.major ?? major, self.minor ?? minor, self.patch ?? patch) == (major, minor, patch)
  }
}

extension VersionPattern: CustomStringConvertible {
  /// The pattern as it is written, `1.4.*`.
  public var description: String {
    [major, minor, patch].map { $0.map { String($0) } ?? "*" }.joined(separator: ".")
  }
}
