// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A duration as people write it: `30s`, `5m`, `2h`, `7d`, or a number of seconds.
struct DurationText: ExpressibleByArgument, Sendable {
  let duration: Duration

  /// As a help page shows it.
  var defaultValueDescription: String { "\(duration.components.seconds)s" }

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = argument.last.flatMap { units[$0] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard let number = Int(digits), number >= 0, number <= 1_000_000 else { return nil }
    duration = .seconds(number * (unit ?? 1))
  }

  init(_ duration: Duration) {
    self.duration = duration
  }
}
