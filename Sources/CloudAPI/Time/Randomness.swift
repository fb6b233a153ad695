// SPDX-License-Identifier: Apache-2.0

/// The two things that the client draws by lot.
package struct Randomness: Sendable {
  /// A new text for each attempt, never the same twice: at least 16 characters of `0–9 a–f`.
  package let nonce: @Sendable () -> String
  /// A number from 0 up to, but not including, 1.
  package let fraction: @Sendable () -> Double

  /// Makes a source of its two functions.
  package init(nonce: @escaping @Sendable () -> String, fraction: @escaping @Sendable () -> Double) {
    self.nonce = nonce
    self.fraction = fraction
  }

  /// Draws from the generator of the system: nonces of 128 bits.
  package static let system = Randomness(
    nonce: {
      var generator = SystemRandomNumberGenerator()
      let words: [UInt64] = [generator.next(), generator.next()]
      return Hex.encode(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    },
    fraction: { Double.random(in: 0..<1) })
}
