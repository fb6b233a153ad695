// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import FoundationEssentials

/// Facts of the machine that a command runs on, read once.
struct World: Sendable {
  let environment: [String: String]
  let time: Timekeeper

  static let current = World(
    environment: ProcessInfo.processInfo.environment,
    time: Timekeeper(
      now: { UTCTime(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
      clock: ContinuousClock()))

  /// The environment's value of `name`, nil where unset or empty.
  subscript(name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether a machine runs the command, so that nothing may be asked.
  var isContinuousIntegration: Bool { self["CI"].map { $0 != "false" } ?? false }
}
