// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Planning
import Resources

extension Applier {
  /// Waits, for as long as the grace, until the lists that a plan is made from show what was done, so that the next
  /// plan is made from the truth.
  ///
  /// Whatever the lists show in the end, the steps are done: the service has said so.
  func settle(_ steps: [Step], _ outcomes: [StepOutcome?], stackTag: String) async {
    var unseen = zip(steps, outcomes).compactMap(Trace.init)
    var patience = Patience(grace: options.grace, time: time)
    while !unseen.isEmpty, !isStopping() {
      for kind in Set(unseen.map(\.step.address.kind)).sorted() {
        guard let owned = try? await cloud.owned(kind, by: stackTag) else { return }
        let shown = Dictionary(owned.map { ($0.id, $0) }) { first, _ in first }
        unseen.removeAll { $0.step.address.kind == kind && $0.isSeen(in: shown) }
      }
      guard let first = unseen.first else { return }
      watch(.waiting(first.step.address, reason: "lists don't show yet what was done"))
      guard await patience.pause() else { return }
    }
  }
}

/// What a step that is done leaves behind in lists.
private struct Trace {
  let step: Step
  let id: String

  init?(_ step: Step, _ outcome: StepOutcome?) {
    guard case .done(let id)? = outcome else { return nil }
    self.step = step
    self.id = id
  }

  /// Whether lists that show `objects`, by id, show what was done.
  func isSeen(in objects: [String: ObservedResource]) -> Bool {
    switch step.work {
    case .create: objects[id] != nil
    case .update(_, let update): objects[id].map { $0.bears(update) } ?? false
    case .delete: objects[id] == nil
    }
  }
}
