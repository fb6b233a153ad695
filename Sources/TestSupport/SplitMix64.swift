// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A small generator whose numbers depend on its seed alone, on every machine.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The generator that begins at `seed`.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// True in `percent` of all cases.
  package mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  /// One of `elements`.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  /// The seeds that a law is tried with: `count` of them, or the one that `KILN_SEED` names.
  package static func seeds(_ count: UInt64) -> [UInt64] {
    if let seed = ProcessInfo.processInfo.environment["KILN_SEED"].flatMap(UInt64.init) { return [seed] }
    return Array(0..<count)
  }
}
