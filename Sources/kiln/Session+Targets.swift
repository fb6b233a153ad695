// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import Manifests
import Planning
import Reconciliation

extension Session {
  /// The parts of a command that is about one target, or about all.
  func runs(at targets: TargetsOptions, _ linting: Linting = Linting(.refusals)) async throws -> TargetRuns {
    guard targets.allTargets else { return .one(try await run(linting)) }
    return .all(
      try await loadAllTargets(linting).map { project, only in
        TargetRun(session: speaking(of: project.target.name), project: project, only: only)
      })
  }

  /// The one part of a command that is about the target that was chosen.
  func run(_ linting: Linting) async throws -> TargetRun {
    let (project, only) = try await load(linting)
    return TargetRun(session: self, project: project, only: only)
  }

  /// Does `work` at each target side by side, then tells what became of each, in the stack's order.
  ///
  /// A failure at one target stops no other. `finish` writes the reports at the end in any case; then the command ends
  /// with the worst exit code.
  func conduct(
    _ runs: TargetRuns, _ options: ConnectionOptions, lockTimeout: Duration = .zero,
    finish: @Sendable (TargetRuns) throws -> Void = { _ in },
    _ work: @escaping @Sendable (_ run: TargetRun, _ session: Session) async throws -> Void
  ) async throws {
    switch runs {
    case .one(let run): await run.carryOut { try await work(run, run.session) }
    case .all(let all): try await conductAll(all, options, lockTimeout, work)
    }
    let worst = exit(after: runs, finish)
    if case .all(let all) = runs { tellVerdicts(of: all, worst: worst) }
    if worst != .success { throw worst }
  }

  /// Calls `finish`, and gives what the command ends with.
  ///
  /// Where something was done, a report that can't be written leaves the command partly done: it must not pass for one
  /// that did nothing.
  private func exit(after runs: TargetRuns, _ finish: (TargetRuns) throws -> Void) -> ExitCode {
    let worst = Exit.worst(runs.each.map(\.record.exit))
    do {
      try finish(runs)
      return worst
    } catch {
      guard [.success, Exit.changes, Exit.drift].contains(worst) else { return worst }
      let hasDone = runs.each.contains { $0.record.report.map { $0.summary != Summary() } ?? false }
      return hasDone ? Exit.partly : Exit.error
    }
  }

  private func conductAll(
    _ runs: [TargetRun], _ options: ConnectionOptions, _ lockTimeout: Duration,
    _ work: @escaping @Sendable (_ run: TargetRun, _ session: Session) async throws -> Void
  ) async throws {
    try await withSharedEmbedded(runs, options, lockTimeout) { access in
      await withTaskGroup(of: Void.self) { group in
        for run in runs {
          var session = run.session
          session.embedded = access
          let speaker = session
          group.addTask { await run.carryOut { try await work(run, speaker) } }
        }
      }
    }
    for run in runs { run.session.console.release() }
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
        event: EventType.targetsSummary.event(
          "\(runs.count) targets",
          ["targets": .array(targets), "exit_code": .integer(Int64(worst.rawValue))]))
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
  fileprivate func carryOut(_ work: () async throws -> Void) async {
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
  }
}
