// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import TestSupport
import Testing

@Suite struct LawTests {
  @Test(arguments: 0..<500 as Range<UInt64>)
  func whatIsWrittenReadsTheSame(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let value = JSONValue.random(depth: 5, using: &generator)
    let compact = value.encoded()
    #expect(try JSONValue(parsing: compact) == value)
    #expect(try JSONValue(parsing: value.encoded(pretty: true)) == value)
    #expect(try JSONValue(parsing: compact).encoded() == compact)
  }

  @Test(arguments: 0..<500 as Range<UInt64>)
  func damagedTextIsReadOrRefusedButNeverTraps(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = JSONValue.random(depth: 5, using: &generator).encoded()
    let telling = Array(#"{}[]",:\u0e-.tfn"#.utf8) + [0, 0x1F, 0x80, 0xC3, 0xFF]
    for _ in 0..<20 {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[place] = telling.randomElement(using: &generator) ?? 0
      case 1: bytes.insert(telling.randomElement(using: &generator) ?? 0, at: place)
      default: if bytes.count > 1 { bytes.remove(at: place) }
      }
      do {
        let value = try JSONValue(parsing: bytes)
        #expect((try? JSONValue(parsing: value.encoded())) == value)
      } catch {
        #expect((0...bytes.count).contains(error.offset))
      }
    }
  }
}
