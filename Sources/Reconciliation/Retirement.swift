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
    var wanted = Set<String>()
    for (_, step) in round {
      guard case .delete(let victim, let successor) = step.work else { continue }
      wanted.insert(victim.id)
      if let id = successor.flatMap({ ids[$0] }) { wanted.insert(id) }
    }
    return try await applier.cloud.described(kind, ids: wanted.sorted())
  }

  private func delete(_ step: Step, present: [String: ObservedResource]) async -> StepOutcome {
    guard case .delete(let victim, let successor) = step.work else {
      preconditionFailure("a round has one kind of work")
    }
    guard !applier.isStopping() else { return .skipped(reason: "stopped") }
    return await applier.observed(step) { () async throws(CallFailure) in
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
      }
      let operation = "Delete\(step.address.kind.manifestKind)"
      applier.journal.intend(operation, step.address, ["id": .string(victim.id)])
      do throws(CallFailure) {
        try await applier.cloud.delete(step.address.kind, id: victim.id)
      } catch {
        guard case .refused(let refusal) = error, let reason = refusal.reasonToWait else { throw error }
        applier.journal.record(operation, step.address, outcome: "deferred", ["id": .string(victim.id)])
        return .deferred(id: victim.id, reason: reason)
      }
      applier.journal.record(operation, step.address, outcome: "done", ["id": .string(victim.id)])
      return .done(id: victim.id)
    }
  }
}

extension ServiceError {
  /// Why a deletion can't be done now but may be later; nil for other refusals.
  fileprivate var reasonToWait: String? {
    switch code {
    case "InvalidImageComponent.InUse": "a pipeline still uses it"
    case "InvalidImagePipeline.HasRunningExecution": "an execution of it is running"
    default: nil
    }
  }
}
