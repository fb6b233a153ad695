// SPDX-License-Identifier: Apache-2.0

/// Decides for each call what goes wrong with it: the same plan and the same calls give the same decisions.
struct FaultDice: Sendable {
  private let rules: [FaultRule]
  /// How many calls each rule has concerned so far.
  private var counts: [Int]
  private var state: UInt64

  init(_ plan: FaultPlan) {
    rules = plan.rules
    counts = Array(repeating: 0, count: plan.rules.count)
    state = plan.seed
  }

  /// Whether nothing ever goes wrong.
  var isIdle: Bool { rules.isEmpty }

  /// What goes wrong with the next call, which is one of `operation`.
  mutating func roll(for operation: String) -> [Fault] {
    var faults: [Fault] = []
    for (index, rule) in rules.enumerated() where rule.operation ?? operation == operation {
      counts[index] += 1
      guard rule.calls?.contains(counts[index]) ?? true else { continue }
      guard rule.share >= 1 || draw() < rule.share else { continue }
      faults.append(rule.fault)
    }
    return faults
  }

  /// A number from 0 to 1 (SplitMix64).
  private mutating func draw() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    bits ^= bits >> 31
    return Double(bits >> 11) / Double(1 << 53)
  }
}
