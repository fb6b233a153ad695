// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import FoundationEssentials

/// Facts of the machine that a command runs on, read once.
struct World: Sendable {
  let environment: [String: String]
  let hostName: String
  let userName: String
  let processID: Int32
  let time: Timekeeper
  /// The pace of calls, which all clients of the process share.
  let limiters = Limiters()

  static let current = World(
    environment: ProcessInfo.processInfo.environment, hostName: ProcessInfo.processInfo.hostName,
    userName: ProcessInfo.processInfo.userName, processID: ProcessInfo.processInfo.processIdentifier,
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
