// SPDX-License-Identifier: Apache-2.0

/// Makes ids out of random bits that it is given.
struct Identifiers: Sendable {
  let entropy: @Sendable () -> UInt64

  /// `prefix` and 20 lower-case letters and digits: 103 random bits, so that no two are alike.
  func make(_ prefix: String) -> String {
    prefix + text(20)
  }

  /// `length` lower-case letters and digits.
  func text(_ length: Int) -> String {
    var output: [UInt8] = []
    while output.count < length {
      var bits = entropy()
      // 36 to the twelfth stays below 2 to the 64th.
      for _ in 0..<min(12, length - output.count) {
        output.append(Self.digits[Int(bits % 36)])
        bits /= 36
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A request id, in the form of an upper-case UUID.
  func requestID() -> String {
    let digits = Array((Self.hexadecimal(entropy()) + Self.hexadecimal(entropy())).uppercased())
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return parts.map { String(digits[$0]) }.joined(separator: "-")
  }

  private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

  private static func hexadecimal(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A short value that tells texts apart: FNV-1a over 64 bits, the same on every machine and in every version.
///
/// For recognising a repeated request or a changed filter; no protection against anyone who means harm.
struct TextFingerprint {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Takes in `text` and its end, so that "ab", "c" differs from "a", "bc".
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// The value, in hexadecimal.
  var text: String { String(state, radix: 16) }
}
