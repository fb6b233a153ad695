// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Subprocess
import SystemPackage

/// Runs a command without a shell and gathers what it writes to standard output, a megabyte at the most.
///
/// A command that runs longer than `limit` is killed.
@Sendable func runProcess(
  _ command: [String], _ limit: Duration
) async throws -> CredentialSurroundings.ProcessOutcome {
  guard let program = command.first else { throw ProcessFailure(description: "the command is empty") }
  return try await withThrowingTaskGroup(of: CredentialSurroundings.ProcessOutcome.self) { group in
    group.addTask {
      let result = try await run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(Array(command.dropFirst())), output: .bytes(limit: 1 << 20), error: .discarded)
      let status: Int32 =
        switch result.terminationStatus {
        case .exited(let code): Int32(code)
        case .signaled(let signal): 128 + Int32(signal)
        }
      return CredentialSurroundings.ProcessOutcome(status: status, output: result.standardOutput)
    }
    group.addTask {
      try await ContinuousClock().sleep(for: limit)
      throw ProcessFailure(description: "\(program) did not end within \(limit)")
    }
    defer { group.cancelAll() }
    guard let outcome = try await group.next() else { throw CancellationError() }
    return outcome
  }
}

/// Why a command gave nothing.
struct ProcessFailure: Error, CustomStringConvertible {
  let description: String
}
