// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Planning
import Reconciliation
import Resources

/// What is to be planned and carried out.
struct ApplyOrder: Sendable {
  /// What it is for; others who wait for the lock are told.
  let purpose: ApplyReport.Purpose
  /// How plans are looked into; nil where there is nothing to create.
  let planning: PlanningOptions?
  /// The only actions that may be carried out; any where nil.
  let allowed: Set<Action>?
  /// How long to wait for executions of pipelines that are to be deleted.
  let executionPatience: Duration?
  /// What is asked of a plan, given the addresses of the file that was named.
  let options: @Sendable (_ only: Set<String>?) -> PlanOptions
}

extension Session {
  /// Plans, asks and carries out, at one target or at all.
  ///
  /// - Parameter finish: Is called at the end, however that is.
  func planAndApply(
    _ runs: TargetRuns, _ order: ApplyOrder, _ connection: ConnectionOptions, _ applying: ApplyingOptions,
    finish: @Sendable (TargetRuns) throws -> Void = { _ in }
  ) async throws {
    for run in runs.each { try checkScope(of: order.options(run.only)) }
    let agreement: Agreement? = if case .all(let all) = runs { agreement(among: all, applying) } else { nil }
    let locks = await Locks(of: runs.each, reason: order.purpose.rawValue, applying.lockTimeout.duration)
    defer { locks.release() }
    try await conduct(runs, connection, lockTimeout: applying.lockTimeout.duration, finish: finish) {
      run, session in
      do {
        try locks.check(run)
        try await session.withCloud(of: run.target, connection, lockTimeout: applying.lockTimeout.duration) {
          cloud in
          let options = order.options(run.only)
          let journal = session.readJournal(of: run.desired.stack)
          var (observed, plan) = try await session.plan(
            run, options, after: journal ?? [], through: cloud, order.planning, connection)
          let past = session.noteFound(among: observed, of: plan.stack, after: journal)
          try await session.show(plan)
          if order.allowed?.contains(.delete) == false { plan = plan.withoutTryingAgain }
          try session.check(plan, against: order.allowed)
          guard plan.hasChanges || plan.triesAgain else { return }
          if let agreement {
            guard await agreement.propose(run.name) else { throw Exit.error }
          } else if plan.hasChanges {
            // What is only tried again was agreed to when it was first to be deleted.
            try session.confirm(plan, isApproved: applying.autoApprove, destroys: order.purpose == .destroy)
          }
          try await session.carryOut(
            plan, after: past, for: order.purpose, of: run, through: cloud,
            width: connection.parallelism, executionPatience: order.executionPatience)
        }
      } catch {
        await agreement?.withdraw(run.name)
        throw error
      }
      await agreement?.withdraw(run.name)
    }
  }

  private func agreement(among runs: [TargetRun], _ applying: ApplyingOptions) -> Agreement {
    let session = self
    return Agreement(among: runs.map(\.name)) { proposed in
      for run in runs { run.session.console.release() }
      guard !proposed.isEmpty else { return true }
      let names = runs.map(\.name).filter(proposed.contains).joined(separator: ", ")
      let stack = runs.first?.desired.stack.name ?? ""
      do {
        try session.confirm(
          "Do this to stack \(stack), targets \(names)?", isApproved: applying.autoApprove)
        return true
      } catch {
        return false
      }
    }
  }
}

/// The locks of a command's targets, taken one after the other in the stack's order, so that two commands never
/// wait for each other.
private struct Locks: Sendable {
  private var locks: [StackLock?] = []
  private var failures: [String: ExitCode] = [:]

  init(of runs: [TargetRun], reason: String, _ timeout: Duration) async {
    for run in runs {
      do {
        locks.append(
          try await run.session.lock(on: run.desired.stack, reason: reason, timeout: timeout))
      } catch {
        failures[run.name] = error as? ExitCode ?? Exit.locked
      }
    }
  }

  /// Ends the part of `run` where its lock could not be got.
  func check(_ run: TargetRun) throws {
    if let failure = failures[run.name] { throw failure }
  }

  func release() {
    for lock in locks { lock?.release() }
  }
}
