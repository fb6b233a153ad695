// SPDX-License-Identifier: Apache-2.0

import TestSupport

extension SplitMix64 {
  /// Up to `count` of `pieces`, in any order, joined.
  mutating func text(from pieces: [String], upTo count: Int) -> String {
    (0..<Int.random(in: 0...count, using: &self)).map { _ in pick(pieces) }.joined()
  }
}
