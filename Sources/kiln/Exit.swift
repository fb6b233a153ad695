// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What the process tells its caller (design: plan and apply).
enum Exit {
  /// Something went wrong.
  static let error = ExitCode(1)
  /// There are changes, and `--detailed-exitcode` asked.
  static let changes = ExitCode(2)
  /// Something was changed outside the manifests.
  static let drift = ExitCode(3)
  /// A guard refuses.
  static let guarded = ExitCode(4)
  /// The saved plan no longer fits the world.
  static let stale = ExitCode(5)
  /// The lock could not be got.
  static let locked = ExitCode(6)
  /// A part is done.
  static let partly = ExitCode(7)
  /// The command was not called rightly.
  static let usage = ExitCode(64)
  /// The user stopped it.
  static let interrupted = ExitCode(130)

  /// The gravest of `codes`: what left the world half done counts more than what left it alone.
  static func worst(_ codes: [ExitCode]) -> ExitCode {
    let order = [interrupted, partly, error, locked, stale, guarded, usage, drift, changes]
    return order.first(where: codes.contains) ?? codes.first { $0 != .success } ?? .success
  }
}
