// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Planning
import Reconciliation
import Resources
import Synchronization

/// The parts of a command.
enum TargetRuns: Sendable {
  /// It is about the target that was chosen.
  case one(TargetRun)
  /// It is about all targets of the stack, in the stack's order.
  case all([TargetRun])

  /// Each of them.
  var each: [TargetRun] {
    switch self {
    case .one(let run): [run]
    case .all(let runs): runs
    }
  }
}

/// One target's part of a command.
final class TargetRun: Sendable {
  /// What the part has come to so far.
  struct Record: Sendable {
    /// What was planned.
    var plan: Plan?
    /// What an apply did.
    var report: ApplyReport?
    /// What was changed outside the manifests.
    var drift: [Drift]?
    /// How it ended.
    var exit = ExitCode.success
  }

  /// The session, which speaks of this target only.
  let session: Session
  /// The target.
  let target: Target
  /// What the manifests say about the target; for a saved plan nothing but whose resources it is about.
  let desired: DesiredState
  /// The values of sensitive variables, by name: no file may hold them.
  let secrets: [String: String]
  /// The addresses of the file that was named.
  let only: Set<String>?
  private let state = Mutex(Record())

  /// The part of a command that is about what `project` describes.
  init(session: Session, project: Project, only: Set<String>?) {
    self.session = session
    target = project.target
    desired = project.desired
    secrets = project.secrets
    self.only = only
  }

  /// The part of a command that is about a saved plan.
  init(session: Session, target: Target, stack: StackIdentity) {
    self.session = session
    self.target = target
    desired = DesiredState(stack: stack, components: [], pipelines: [])
    secrets = [:]
    only = nil
  }

  /// The target's name.
  var name: String { target.name }

  /// What it has come to so far.
  var record: Record { state.withLock { $0 } }

  /// Notes something of what it has come to.
  func note(_ change: (inout sending Record) -> Void) {
    state.withLock { change(&$0) }
  }

  /// The part in a few words, for the end of a command about several.
  var verdict: String {
    let record = record
    if let failure = session.console.failure { return failure }
    if let report = record.report {
      return report.isComplete
        ? report.counts
        : "\(report.counts); \(report.failures.count) failed, \(report.skipped.count) skipped"
    }
    if let drift = record.drift { return drift.isEmpty ? "no drift" : "drift: \(drift.count) found" }
    guard let plan = record.plan else { return "not planned" }
    guard plan.isApplicable else { return "refused: \(plan.refusals.map(\.message).joined(separator: "; "))" }
    return plan.hasChanges ? "\(plan.summary)" : "no changes"
  }
}
