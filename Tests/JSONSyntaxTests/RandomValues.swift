// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import TestSupport

extension JSONValue {
  /// Any value, at most `depth` deep.
  static func random(depth: Int, using generator: inout SplitMix64) -> JSONValue {
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

  private static func randomText(using generator: inout SplitMix64) -> String {
    let bounds: [UInt32] = [0x20, 0x80, 0x100, 0x3000, 0x11_0000]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      let bound = bounds.randomElement(using: &generator) ?? 0x80
      text.append(Unicode.Scalar(.random(in: 0..<bound, using: &generator)) ?? "?")
    }
    return String(text)
  }
}
