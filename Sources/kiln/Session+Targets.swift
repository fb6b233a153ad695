// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import Manifests
import Planning

extension Session {
  /// The parts of a command: one for the target that was chosen, or one a target of the stack.
  func runs(atAllTargets isMany: Bool, _ linting: Linting = Linting(.refusals)) async throws -> [TargetRun] {
    guard isMany else {
      let (project, only) = try await load(linting)
      return [TargetRun(session: self, project: project, only: only)]
    }
    return try await loadAllTargets(linting).map { project, only in
      TargetRun(session: speaking(of: project.target.name), project: project, only: only)
    }
  }

  /// Does `work` at each target side by side, then tells what became of each, in the stack's order.
  ///
  /// A failure at one target stops no other. `finish` is called at the end in any case; then the command ends with
  /// the worst exit code.
  func conduct(
    _ runs: [TargetRun], _ options: ConnectionOptions, isMany: Bool, lockTimeout: Duration = .zero,
    finish: @Sendable ([TargetRun]) throws -> Void = { _ in },
    _ work: @escaping @Sendable (_ run: TargetRun, _ session: Session) async throws -> Void
  ) async throws {
    guard isMany else {
      guard let run = runs.first else { return }
      let exit = await run.carryOut { try await work(run, run.session) }
      try finish(runs)
      if exit != .success { throw exit }
      return
    }
    try await withSharedEmbedded(runs, options, lockTimeout) { access in
      await withTaskGroup(of: Void.self) { group in
        for run in runs {
          var session = run.session
          session.embedded = access
          let speaker = session
          group.addTask { _ = await run.carryOut { try await work(run, speaker) } }
        }
      }
    }
    for run in runs { run.session.console.release() }
    try finish(runs)
    let worst = Exit.worst(runs.map(\.record.exit))
    tellVerdicts(of: runs, worst: worst)
    if worst != .success { throw worst }
  }

  /// Runs `body` with one embedded service for all targets that mean it, if any does.
  private func withSharedEmbedded(
    _ runs: [TargetRun], _ options: ConnectionOptions, _ lockTimeout: Duration,
    _ body: @Sendable (EmbeddedAccess?) async -> Void
  ) async throws {
    let embedded = runs.map(\.target).filter { isEmbedded($0, options) }
    guard !embedded.isEmpty else { return await body(nil) }
    try await withEmbedded(for: embedded, lockTimeout: lockTimeout) { await body($0) }
  }

  private func tellVerdicts(of runs: [TargetRun], worst: ExitCode) {
    guard !console.isJSON else {
      let targets = runs.map { run -> JSONValue in
        [
          "target": .string(run.name), "exit_code": .integer(Int64(run.record.exit.rawValue)),
          "verdict": .string(run.verdict),
        ]
      }
      console.write(
        event: [
          "@level": "info", "@message": .string("\(runs.count) targets"), "@module": "kiln.ui",
          "type": "targets_summary", "targets": .array(targets), "exit_code": .integer(Int64(worst.rawValue)),
        ])
      return
    }
    let width = runs.map(\.name.count).max() ?? 0
    console.write("\(shown: console.outputInk.bold("== All targets =="))\n\n")
    for run in runs {
      let padding = String(repeating: " ", count: width - run.name.count)
      console.write("  \(run.name)\(padding)  \(run.verdict)\n")
    }
  }
}

extension TargetRun {
  /// Does `work` and notes how it ended.
  fileprivate func carryOut(_ work: () async throws -> Void) async -> ExitCode {
    var exit = ExitCode.success
    do {
      try await work()
    } catch let code as ExitCode {
      exit = code
    } catch {
      session.console.complain("\(error)")
      exit = Exit.error
    }
    let end = exit
    note { $0.exit = end }
    return end
  }
}
