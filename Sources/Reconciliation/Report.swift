// SPDX-License-Identifier: Apache-2.0

package import Planning
package import Resources
import Synchronization

/// What became of one step of a plan.
package enum StepOutcome: Hashable, Sendable {
  /// It is done, on the object with this id.
  case done(id: String)
  /// It must wait; a later apply tries again.
  case deferred(id: String, reason: String)
  /// It was not begun, for this reason.
  case skipped(reason: String)
  /// It failed.
  case failed(reason: String)
  /// Another apply was faster: the plan is stale.
  case outrun(reason: String)

  /// Whether what depends on the step may go on.
  package var isDone: Bool {
    if case .done = self { true } else { false }
  }

  /// Whether the step must wait for a later apply.
  package var isDeferred: Bool {
    if case .deferred = self { true } else { false }
  }
}

/// What an apply did.
package struct ApplyReport: Sendable {
  /// One step and what became of it.
  package struct Entry: Sendable {
    /// The step.
    package let step: Step
    /// What became of it.
    package let outcome: StepOutcome
    /// How long it took; nil where nobody has measured it.
    package var took: Duration? = nil
  }

  /// What was asked for.
  package enum Purpose: String, Sendable {
    /// What the manifests describe.
    case apply
    /// That nothing of the stack is left.
    case destroy

    /// The command as the first word of a sentence.
    package var title: String {
      switch self {
      case .apply: "Apply"
      case .destroy: "Destroy"
      }
    }
  }

  /// The steps in the plan's order.
  package var entries: [Entry]
  /// The addresses of what is done and lists don't show yet.
  package let unseen: [Address]
  /// Whether the user stopped it.
  package let wasInterrupted: Bool
  /// What was asked for.
  package var purpose = Purpose.apply
  /// Ids of objects whose retirement the plan itself has put off.
  package var putOff: Set<String> = []

  /// What an apply that had nothing to do did.
  package static let ofNothing = ApplyReport(entries: [], unseen: [], wasInterrupted: false)

  /// How many objects came to be, changed in place and went.
  package var summary: Summary {
    var summary = Summary()
    for entry in entries where entry.outcome.isDone {
      switch entry.step.work {
      case .create: summary.add += 1
      case .update: summary.change += 1
      case .delete: summary.destroy += 1
      }
    }
    return summary
  }

  /// The summary in words, in the manner of Terraform.
  package var counts: String {
    let summary = summary
    return switch purpose {
    case .apply: "\(summary.add) added, \(summary.change) changed, \(summary.destroy) destroyed"
    case .destroy: "\(summary.destroy) destroyed"
    }
  }

  /// The steps that failed.
  package var failures: [Entry] {
    entries.filter { entry in
      switch entry.outcome {
      case .failed, .outrun: true
      case .done, .deferred, .skipped: false
      }
    }
  }

  /// What has moved since the plan was made, where that alone kept it from being carried out; else nothing.
  package var moved: [String] {
    let moved = failures.compactMap { entry -> String? in
      guard case .outrun(let reason) = entry.outcome else { return nil }
      return reason
    }
    return moved.count == failures.count ? moved : []
  }

  /// The steps that were not begun.
  package var skipped: [Entry] {
    entries.filter { if case .skipped = $0.outcome { true } else { false } }
  }

  /// The retirements that must wait.
  package var deferred: [Entry] {
    entries.filter { if case .deferred = $0.outcome { true } else { false } }
  }

  /// How many retirements are left for a later run, put off by the plan or by the service.
  package var leftForLater: Int {
    let done = entries.compactMap { entry -> String? in
      guard case .done(let id) = entry.outcome else { return nil }
      return id
    }
    let waiting = deferred.compactMap { entry -> String? in
      guard case .deferred(let id, _) = entry.outcome else { return nil }
      return id
    }
    return putOff.subtracting(done).union(waiting).count
  }

  /// Whether everything is done, but for what must wait.
  package var isComplete: Bool { failures.isEmpty && skipped.isEmpty }
}

/// What happens during an apply, for those who watch.
package enum ApplyEvent: Sendable {
  /// A step begins.
  case started(Step)
  /// A step has ended.
  case finished(Step, StepOutcome)
  /// The service's answer is waited for longer than usual.
  case waiting(Address, reason: String)
}

extension ApplyEvent {
  /// `watch`, told but once that a thing is waited for.
  static func tellingWaitsOnce(
    _ watch: @escaping @Sendable (ApplyEvent) -> Void
  ) -> @Sendable (ApplyEvent) -> Void {
    let told = WaitsTold()
    return { event in
      if case .waiting(let address, let reason) = event, !told.insert("\(address): \(reason)") { return }
      watch(event)
    }
  }
}

/// What was told that it is waited for.
private final class WaitsTold: Sendable {
  private let told = Mutex<Set<String>>([])

  /// False where `wait` is among them already.
  func insert(_ wait: String) -> Bool { told.withLock { $0.insert(wait).inserted } }
}
