// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Resources

/// Deletes the objects of one round, each only if it is still what the plan saw (design: exactly once).
struct Retirement {
  let applier: Applier
  let stackTag: String
  /// Ids of the objects that stay or have come to be.
  let ids: [Address: String]
  /// Successors that lists don't show yet.
  let unseen: Set<Address>

  func carryOut(_ round: [(Int, Step)]) async -> [(Int, StepOutcome)] {
    guard let kind = round.first?.1.address.kind else { return [] }
    let present: [String: ObservedResource]
    do throws(CallFailure) {
      present = try await describeAll(round, kind)
    } catch {
      return round.map { index, step in
        let outcome = StepOutcome.failed(reason: error.description)
        applier.watch(.finished(step, outcome))
        return (index, outcome)
      }
    }
    let retirement = self
    return await applier.sideBySide(round.map { Item(index: $0.0, step: $0.1) }) { item in
      await retirement.delete(item.step, present: present)
    }.map { ($0.index, $1) }
  }

  private struct Item: Sendable {
    let index: Int
    let step: Step
  }

  /// Victims and successors as they are now.
  private func describeAll(
    _ round: [(Int, Step)], _ kind: ResourceKind
  ) async throws(CallFailure) -> [String: ObservedResource] {
    var wanted: [String] = []
    var seen = Set<String>()
    for (_, step) in round {
      guard case .delete(let victim, let successor) = step.work else { continue }
      for id in [victim.id, successor.flatMap { ids[$0] }].compactMap(\.self) where seen.insert(id).inserted {
        wanted.append(id)
      }
    }
    return try await applier.cloud.described(kind, ids: wanted)
  }

  private func delete(_ step: Step, present: [String: ObservedResource]) async -> StepOutcome {
    guard case .delete(let victim, let successor) = step.work else {
      preconditionFailure("a round has one kind of work")
    }
    guard !applier.isStopping() else { return .skipped(reason: "stopped") }
    return await applier.observed(step) { () async throws(CallFailure) in
      var present = present
      var patience = Patience(
        grace: applier.options.executionPatience, time: applier.time, pauses: .seconds(2) ... .seconds(20))
      while true {
        if let outcome = outcomeWithoutTrying(victim, successor, present) { return outcome }
        guard let refusal = try await refusal(of: victim, at: step.address) else {
          return .done(id: victim.id)
        }
        let mayWait = refusal.endsByItself && !applier.isStopping()
        if mayWait, applier.options.executionPatience > .zero {
          applier.watch(.waiting(step.address, reason: refusal.reason))
        }
        guard mayWait, await patience.pause(), !applier.isStopping() else {
          let operation = step.address.kind.deleteOperation
          var details: [String: JSONValue] = ["id": .string(victim.id)]
          // Of what ends by itself the service tells; of other uses perhaps nothing but the refusal does.
          if !refusal.endsByItself { details["reason"] = .string(refusal.reason) }
          applier.journal.record(operation, step.address, outcome: JournalEntry.deferred, details)
          return .deferred(id: victim.id, reason: refusal.reason)
        }
        // Much may have happened in the meantime.
        present = try await describeAll([(0, step)], step.address.kind)
      }
    }
  }

  /// What becomes of a deletion that needs no call, or must not be: nil where it is to be tried.
  private func outcomeWithoutTrying(
    _ victim: ObservedResource, _ successor: Address?, _ present: [String: ObservedResource]
  ) -> StepOutcome? {
    guard let now = present[victim.id] else { return .done(id: victim.id) }
    // The tags themselves are compared: a renamed object's ownership is told under its new address.
    let keys = [OwnershipTags.addressKey, OwnershipTags.digestKey]
    guard now.resource.tags[OwnershipTags.stackKey] == stackTag,
      keys.allSatisfy({ now.resource.tags[$0] == victim.resource.tags[$0] })
    else { return .skipped(reason: "\(victim.id) no longer bears the tags that the plan saw") }
    if let successor {
      guard let id = ids[successor], id != victim.id, present[id] != nil else {
        return .skipped(reason: "its successor \(successor) does not exist")
      }
      guard !unseen.contains(successor) else {
        return .deferred(id: victim.id, reason: "lists don't show \(successor) yet")
      }
    }
    return nil
  }

  /// Deletes `victim`; nil when that is done, else why it must wait.
  private func refusal(
    of victim: ObservedResource, at address: Address
  ) async throws(CallFailure) -> ReasonToWait? {
    let operation = address.kind.deleteOperation
    applier.journal.intend(operation, address, ["id": .string(victim.id)])
    do throws(CallFailure) {
      try await applier.cloud.delete(address.kind, id: victim.id)
    } catch {
      guard case .refused(let refusal) = error, let reason = refusal.reasonToWait else { throw error }
      return reason
    }
    applier.journal.record(operation, address, outcome: "done", ["id": .string(victim.id)])
    return nil
  }
}

/// Why a deletion can't be done now but may be later.
private struct ReasonToWait {
  let reason: String
  /// Whether waiting alone may help.
  let endsByItself: Bool
}

extension ServiceError {
  /// Why a deletion can't be done now but may be later; nil for other refusals.
  fileprivate var reasonToWait: ReasonToWait? {
    switch code {
    case "InvalidImageComponent.InUse": ReasonToWait(reason: "a pipeline still uses it", endsByItself: false)
    case "InvalidImagePipeline.HasRunningExecution":
      ReasonToWait(reason: "an execution of it is running", endsByItself: true)
    default: nil
    }
  }
}
