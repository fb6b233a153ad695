// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Resources

/// What earlier runs have made already: it is taken, not made again.
extension Creation {
  /// What a definite refusal means: perhaps that the object is there already.
  func afterRefusal(
    _ refusal: ServiceError, _ planned: PlannedResource, _ resource: Resource
  ) async -> Made {
    guard refusal.code == "InvalidComponentVersion.Exist" else { return .failed(reason: refusal.description) }
    do throws(CallFailure) {
      let holder = try await holder(of: planned, resource)
      guard let holder else { return .failed(reason: refusal.description) }
      let isOurs = holder.address == planned.address && holder.ownership?.stack == stackTag
      if isOurs, holder.ownership?.digest == planned.digest {
        return .seen(id: try await corrected(holder, planned))
      }
      let exists = "\(planned.address) exists already as \(holder.id)"
      if isOurs { return .outrun(reason: "\(exists), with another content: somebody has applied meanwhile") }
      return .failed(
        reason: exists
          + (holder.ownership.map { ", which belongs to stack \($0.stack)" } ?? ", which no stack owns"))
    } catch {
      return .failed(reason: error.description)
    }
  }

  /// Who holds the name and version of a component that can't be made again; looked for as long as the grace, as lists
  /// may lag.
  private func holder(
    of planned: PlannedResource, _ resource: Resource
  ) async throws(CallFailure) -> ObservedResource? {
    guard let name = resource.wireName else { return nil }
    var patience = Patience(grace: applier.options.grace, time: applier.time)
    while true {
      let bearers = try await applier.cloud.named(planned.address.kind, name)
      if let holder = bearers.first(where: { $0.version == planned.address.version }) { return holder }
      guard await patience.pause() else { return nil }
    }
  }

  /// Looks whether tokens that were used before made the very objects that are wanted.
  ///
  /// All are waited for together, as long as the grace; what does not show by then gets the next token. Where
  /// the journal tells that the address's last object was deleted, there is nothing to wait for.
  func lookForOwn(
    _ intents: [Intent], into outcomes: inout [(Int, StepOutcome)]
  ) async -> [Intent] {
    var unexplained = intents.filter { !applier.options.vacated.contains($0.step.address) }
    var next = intents.filter { applier.options.vacated.contains($0.step.address) }
    var patience = Patience(grace: applier.options.grace, time: applier.time)
    while let kind = unexplained.first?.step.address.kind {
      let owned: [ObservedResource]
      do throws(CallFailure) {
        owned = try await applier.cloud.owned(kind, by: stackTag)
      } catch {
        for intent in unexplained { finish(intent, .failed(reason: error.description), in: &outcomes) }
        unexplained = []
        break
      }
      var unseen: [Intent] = []
      for intent in unexplained {
        guard case .create(let planned, let predecessor) = intent.step.work else { continue }
        let mine = owned.filter {
          $0.id != predecessor && $0.address == planned.address && $0.ownership?.digest == planned.digest
        }
        guard let object = mine.min(by: ObservedResource.isOlder) else {
          unseen.append(intent)
          continue
        }
        do throws(CallFailure) {
          finish(intent, .done(id: try await corrected(object, planned)), in: &outcomes)
        } catch {
          finish(intent, .failed(reason: error.description), in: &outcomes)
        }
      }
      unexplained = unseen
      guard let first = unexplained.first else { break }
      applier.watch(
        .waiting(first.step.address, reason: "its token was used before, and its object does not show"))
      guard await patience.pause() else { break }
    }
    next += unexplained
    return nextAttempts(of: next.map { ($0, nil) }, into: &outcomes)
  }

  /// Gives `object`, made by an earlier run, the tags and the group that are planned now.
  private func corrected(
    _ object: ObservedResource, _ planned: PlannedResource
  ) async throws(CallFailure) -> String {
    let wanted = planned.bearing(object.ownership?.lastingMarks ?? []).resource
    let update = InPlaceUpdate(of: object, tags: wanted.tags, group: wanted.resourceGroupID)
    try await applier.carryOut(update, on: object, at: planned.address)
    return object.id
  }
}
