// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// SplitMix64: the same seed gives the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension JSONValue {
  /// Any value, at most `depth` deep.
  static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2:
      let shift = Int.random(in: 0..<64, using: &generator)
      return .integer(Int64(bitPattern: generator.next()) >> shift)
    case 3:
      let decimal = Double(bitPattern: generator.next())
      return .decimal(decimal.isFinite ? decimal : 0.1)
    case 4: return .string(randomText(using: &generator))
    case 5:
      let count = Int.random(in: 0..<5, using: &generator)
      return .array((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
    default:
      var members: [String: JSONValue] = [:]
      for _ in 0..<Int.random(in: 0..<5, using: &generator) {
        members[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
      }
      return .object(members)
    }
  }

  private static func randomText(using generator: inout SeededGenerator) -> String {
    let bounds: [UInt32] = [0x20, 0x80, 0x100, 0x3000, 0x11_0000]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      let bound = bounds.randomElement(using: &generator) ?? 0x80
      text.append(Unicode.Scalar(.random(in: 0..<bound, using: &generator)) ?? "?")
    }
    return String(text)
  }
}
