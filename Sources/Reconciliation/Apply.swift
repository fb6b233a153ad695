// SPDX-License-Identifier: Apache-2.0

package import CloudAPI
import JSONSyntax
package import Planning
package import Resources

/// Carries out plans.
package struct Applier: Sendable {
  /// How an apply behaves.
  package struct Options: Sendable {
    /// How many calls are under way at once.
    package var width = 10
    /// How long an object that the service named may stay invisible before the token counts as used up.
    package var grace = Duration.seconds(30)
    /// Ids of objects that are known to be deleted: a token that names one is used up, and nobody need wait.
    package var deleted: Set<String> = []
    /// Ids of objects that are known to have been made so long ago that they would show if they existed.
    package var aged: Set<String> = []
    /// Tokens that the service refused for good in earlier runs.
    package var refusedTokens: Set<String> = []
    /// Addresses of which the last object is known to be deleted.
    package var vacated: Set<Address> = []
    /// How long a pipeline's deletion waits for an execution of it to end before it is put off.
    package var executionPatience = Duration.zero

    /// The usual behaviour.
    package init() {}

    /// The usual behaviour of an apply that begins at `now`, after what `past`, a journal's entries, tells.
    package init(after past: [JournalEntry], now: UTCTime) {
      deleted = JournalEntry.deleted(past)
      vacated = JournalEntry.vacated(past)
      aged = JournalEntry.begun(before: now + .seconds(-60), past)
      refusedTokens = Set(past.compactMap(\.refusedToken))
    }
  }

  let cloud: ImageBuilder
  let journal: Journal
  let time: Timekeeper
  let options: Options
  /// Whether the user has asked to stop: steps under way end, no other begins.
  let isStopping: @Sendable () -> Bool
  let watch: @Sendable (ApplyEvent) -> Void

  /// Something that carries out plans through `cloud`.
  package init(
    cloud: ImageBuilder, journal: Journal, time: Timekeeper, options: Options = Options(),
    isStopping: @escaping @Sendable () -> Bool = { false },
    watch: @escaping @Sendable (ApplyEvent) -> Void = { _ in }
  ) {
    self.cloud = cloud
    self.journal = journal
    self.time = time
    self.options = options
    self.isStopping = isStopping
    self.watch = ApplyEvent.tellingWaitsOnce(watch)
  }

  /// Carries out `plan`, round by round, side by side inside each.
  ///
  /// One failure stops what depends on it and nothing else; it is an entry of the report, not a throw.
  ///
  /// - Parameter done: Steps whose result stands already, with the object's id, by index.
  package func apply(_ plan: Plan, done: [Int: String] = [:]) async -> ApplyReport {
    let steps = plan.steps
    var outcomes = [StepOutcome?](repeating: nil, count: steps.count)
    var ids = plan.standingIDs
    for (index, id) in done {
      outcomes[index] = .done(id: id)
      if case .create = steps[index].work { ids[steps[index].address] = id }
    }
    for rank in 0..<Plan.rankCount {
      let round = steps.indices.filter { steps[$0].rank == rank && outcomes[$0] == nil }
      guard !round.isEmpty else { continue }
      let ready = round.filter { index in
        guard let outcome = outcomeWithoutTrying(steps[index], outcomes, steps) else { return true }
        outcomes[index] = outcome
        watch(.finished(steps[index], outcome))
        return false
      }
      let unseen = await unseenSuccessors(of: ready, steps, outcomes, stackTag: plan.stack.tagValue)
      for (index, outcome) in await carryOut(ready, of: steps, stack: plan.stack, ids: ids, unseen: unseen) {
        outcomes[index] = outcome
        if case .done(let id) = outcome, case .create = steps[index].work { ids[steps[index].address] = id }
      }
    }
    let unseen = await settle(steps, outcomes, stackTag: plan.stack.tagValue)
    // What an earlier run of the plan has done is not this run's.
    let tried = steps.indices.filter { done[$0] == nil }
    return ApplyReport(
      entries: tried.map {
        ApplyReport.Entry(step: steps[$0], outcome: outcomes[$0] ?? .skipped(reason: "stopped"))
      },
      unseen: unseen, wasInterrupted: isStopping())
  }

  /// What becomes of `step` where something that it needs is not done, or the user has asked to stop.
  private func outcomeWithoutTrying(
    _ step: Step, _ outcomes: [StepOutcome?], _ steps: [Step]
  ) -> StepOutcome? {
    let missing = step.after.filter { outcomes[$0]?.isDone != true }
    for index in missing where !(outcomes[index]?.isDeferred ?? false) {
      return .skipped(reason: "\(steps[index].address) is not done")
    }
    if isStopping() { return .skipped(reason: "stopped") }
    guard let user = missing.first, case .delete(let object, _) = step.work else { return nil }
    return .deferred(id: object.id, reason: "\(steps[user].address) still uses it")
  }

  private func carryOut(
    _ round: [Int], of steps: [Step], stack: StackIdentity, ids: [Address: String], unseen: Set<Address>
  ) async -> [(Int, StepOutcome)] {
    guard let first = round.first else { return [] }
    switch steps[first].work {
    case .create:
      let creation = Creation(applier: self, stackTag: stack.tagValue, ids: ids)
      return await creation.carryOut(round.map { ($0, steps[$0]) })
    case .update:
      return await sideBySide(round) { await update(steps[$0]) }
    case .delete:
      let retirement = Retirement(applier: self, stackTag: stack.tagValue, ids: ids, unseen: unseen)
      return await retirement.carryOut(round.map { ($0, steps[$0]) })
    }
  }

  private func update(_ step: Step) async -> StepOutcome {
    guard case .update(let object, let update) = step.work else {
      preconditionFailure("a round has one kind of work")
    }
    return await observed(step) { () async throws(CallFailure) in
      try await carryOut(update, on: object, at: step.address)
      var details: [String: JSONValue] = ["id": .string(object.id)]
      details["version"] = update.setTags[OwnershipTags.versionKey].map(JSONValue.string)
      journal.record("update", step.address, outcome: "done", details)
      return .done(id: object.id)
    }
  }

  /// Changes tags and resource group of `object`.
  func carryOut(
    _ update: InPlaceUpdate, on object: ObservedResource, at address: Address
  ) async throws(CallFailure) {
    for call in update.calls(on: object.id, of: address.kind) {
      journal.intend(call.operation, address, ["id": .string(object.id)])
      do {
        try await cloud.change(call)
      } catch {
        if error.refusesTags {
          journal.record(
            call.operation, address, outcome: JournalEntry.unsupported, ["id": .string(object.id)])
        }
        throw error
      }
    }
  }

  /// Runs `work` as a step: told when it begins and when it has ended, a failure being an outcome.
  func observed(
    _ step: Step, _ work: () async throws(CallFailure) -> StepOutcome
  ) async -> StepOutcome {
    watch(.started(step))
    let outcome: StepOutcome
    do {
      outcome = try await work()
    } catch {
      journal.record("step", step.address, outcome: "failed", ["reason": .string(error.description)])
      outcome = .failed(reason: error.description + (error.refusesTags ? Applier.taggingHint : ""))
    }
    watch(.finished(step, outcome))
    return outcome
  }

  private static let taggingHint =
    " (the next plan from here replaces the pipeline instead, unless tagging is inPlace; with tagging: replace in the "
    + "Stack every plan does)"

  /// Runs `body` for every element, as many at once as calls may be under way, and gathers what comes of each.
  func sideBySide<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) async -> Result
  ) async -> [(Element, Result)] {
    await Reconciliation.sideBySide(elements, width: options.width, body)
  }
}

extension CallFailure {
  /// Whether the service does not know the type of resource that was to be tagged.
  fileprivate var refusesTags: Bool {
    guard case .refused(let refusal) = self else { return false }
    return refusal.code == "InvalidResourceType.NotFound"
  }
}
