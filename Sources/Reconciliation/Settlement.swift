// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Planning
import Resources

extension Applier {
  /// Waits, for as long as the grace, until the lists that a plan is made from show what was done, so that the next
  /// plan is made from the truth.
  ///
  /// Whatever the lists show in the end, the steps are done: the service has said so.
  ///
  /// - Returns: The addresses of what the lists don't show even then.
  func settle(_ steps: [Step], _ outcomes: [StepOutcome?], stackTag: String) async -> [Address] {
    let unseen = await unseen(zip(steps, outcomes).compactMap(Trace.init), stackTag: stackTag)
    // Who stops the wait has not learnt what lists show.
    return isStopping() ? [] : Set(unseen.map(\.step.address)).sorted()
  }

  /// Waits in the same way for the successors of what the deletions `round` are about, as far as this apply made them.
  ///
  /// Were their predecessors gone first, whoever plans meanwhile would see neither, and make them once more.
  ///
  /// - Returns: The successors that the lists do not show in the end.
  func unseenSuccessors(
    of round: [Int], _ steps: [Step], _ outcomes: [StepOutcome?], stackTag: String
  ) async -> Set<Address> {
    let successors = Set(
      round.compactMap { index in
        if case .delete(_, let successor) = steps[index].work { successor } else { nil }
      })
    guard !successors.isEmpty else { return [] }
    let made = zip(steps, outcomes).compactMap(Trace.init).filter { trace in
      trace.isCreation && successors.contains(trace.step.address)
    }
    return Set(await unseen(made, stackTag: stackTag).map(\.step.address))
  }

  /// Waits, for as long as the grace, until lists show `traces`, and gives those that they do not show in the end.
  private func unseen(_ traces: [Trace], stackTag: String) async -> [Trace] {
    var unseen = traces
    var patience = Patience(grace: options.grace, time: time)
    while !unseen.isEmpty, !isStopping() {
      for kind in Set(unseen.map(\.step.address.kind)).sorted() {
        guard let owned = try? await cloud.owned(kind, by: stackTag) else { return unseen }
        let shown = Dictionary(owned.map { ($0.id, $0) }) { first, _ in first }
        unseen.removeAll { $0.step.address.kind == kind && $0.isSeen(in: shown) }
      }
      guard let first = unseen.first else { break }
      watch(.waiting(first.step.address, reason: "lists don't show yet what was done"))
      guard await patience.pause() else { break }
    }
    return unseen
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

  var isCreation: Bool {
    if case .create = step.work { true } else { false }
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
