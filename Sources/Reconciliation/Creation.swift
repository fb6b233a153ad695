// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Resources

/// Creates the objects of one round, each exactly once (design: exactly once).
struct Creation {
  /// After so many tokens whose objects stay invisible something else is wrong.
  private static let invisibleLimit = 5
  /// So often has nobody made and deleted one and the same thing: the service must refuse every token.
  private static let attemptLimit = 1_000

  let applier: Applier
  let stackTag: String
  /// Ids of the components that exist.
  let ids: [Address: String]

  /// One object to be created.
  private struct Intent: Sendable {
    let index: Int
    let step: Step
    var attempt = 0
    /// How many tokens of this run named objects that stayed invisible, or were used for something else.
    var invisible = 0
    /// Ids that the service named and that were not seen yet: the oldest that shows after all is taken.
    var unseen: [String] = []
  }

  private enum Made {
    /// The service named this id; whether the object is there is still to be seen.
    case named(id: String, attempt: Int)
    /// The object was seen.
    case seen(id: String)
    /// The token was used before for something else: perhaps for this very object, which may not show yet.
    case tokenTaken(attempt: Int)
    case failed(reason: String)
    /// Another run has made another object in its place.
    case outrun(reason: String)
    case stopped
  }

  func carryOut(_ round: [(Int, Step)]) async -> [(Int, StepOutcome)] {
    var pending = round.map { Intent(index: $0.0, step: $0.1) }
    var outcomes: [(Int, StepOutcome)] = []
    while !pending.isEmpty {
      var namedObjects: [(intent: Intent, id: String)] = []
      var taken: [Intent] = []
      let creation = self
      for (intent, made) in await applier.sideBySide(pending, { await creation.create($0) }) {
        switch made {
        case .named(let id, let attempt):
          var named = intent
          named.attempt = attempt
          namedObjects.append((named, id))
        case .tokenTaken(let attempt):
          var next = intent
          next.attempt = attempt
          taken.append(next)
        case .seen(let id): finish(intent, .done(id: id), in: &outcomes)
        case .failed(let reason): finish(intent, .failed(reason: reason), in: &outcomes)
        case .outrun(let reason): finish(intent, .outrun(reason: reason), in: &outcomes)
        case .stopped: finish(intent, .skipped(reason: "stopped"), in: &outcomes)
        }
      }
      pending = await verify(namedObjects, into: &outcomes) + lookForOwn(taken, into: &outcomes)
    }
    return outcomes
  }

  private func finish(_ intent: Intent, _ outcome: StepOutcome, in outcomes: inout [(Int, StepOutcome)]) {
    applier.watch(.finished(intent.step, outcome))
    outcomes.append((intent.index, outcome))
  }

  private func create(_ first: Intent) async -> Made {
    guard case .create(let planned, let predecessor) = first.step.work else {
      preconditionFailure("a round has one kind of work")
    }
    guard let resource = planned.resolved({ ids[$0] }) else {
      return .failed(reason: "a component that it names has no id")
    }
    guard !applier.isStopping() else { return .stopped }
    if first.attempt == 0 { applier.watch(.started(first.step)) }
    var intent = first
    while true {
      let operation = planned.address.kind.createOperation
      let token = ClientToken(
        creating: planned, regionID: applier.cloud.client.regionID, stackTag: stackTag,
        predecessor: predecessor, attempt: intent.attempt)
      // The service may remember the refusal with the token: a later run asks under the next one.
      guard !applier.options.refusedTokens.contains(token.text) else {
        intent.attempt += 1
        continue
      }
      applier.journal.intend(operation, planned.address, ["token": .string(token.text)])
      do {
        let id = try await applier.cloud.create(resource, token: token.text)
        guard !applier.options.deleted.contains(id) else {
          applier.journal.record(operation, planned.address, outcome: "replayed", ["id": .string(id)])
          guard intent.attempt < Creation.attemptLimit else {
            return .failed(reason: "the service names only deleted objects, such as \(id)")
          }
          guard !applier.isStopping() else { return .stopped }
          intent.attempt += 1
          continue
        }
        var details: [String: JSONValue] = ["id": .string(id)]
        details["version"] = planned.resource.tags[OwnershipTags.versionKey].map(JSONValue.string)
        applier.journal.record(operation, planned.address, outcome: "done", details)
        return .named(id: id, attempt: intent.attempt)
      } catch {
        var details: [String: JSONValue] = ["reason": .string(error.description)]
        if error.isDefinite { details["refused_token"] = .string(token.text) }
        applier.journal.record(operation, planned.address, outcome: "failed", details)
        guard case .refused(let refusal) = error else { return .failed(reason: error.description) }
        if refusal.isTokenMismatch { return .tokenTaken(attempt: intent.attempt) }
        return await afterRefusal(refusal, planned, resource)
      }
    }
  }

  /// What a definite refusal means: perhaps that the object is there already.
  private func afterRefusal(
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

  /// Looks whether tokens that were used before made the very objects that are wanted.
  ///
  /// All are waited for together, as long as the grace; what does not show by then gets the next token. Where
  /// the journal tells that the address's last object was deleted, there is nothing to wait for.
  private func lookForOwn(
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

  /// Sees whether the objects are there; what stays invisible comes back with the next attempt's number.
  private func verify(
    _ named: [(intent: Intent, id: String)], into outcomes: inout [(Int, StepOutcome)]
  ) async -> [Intent] {
    var unseen = named
    var gone: [(intent: Intent, id: String)] = []
    var patience = Patience(grace: applier.options.grace, time: applier.time)
    while let kind = unseen.first?.intent.step.address.kind {
      let ids = unseen.flatMap { $0.intent.unseen + [$0.id] }
      let batches = stride(from: 0, to: ids.count, by: ImageBuilder.describeLimit).map {
        Array(ids[$0..<min($0 + ImageBuilder.describeLimit, ids.count)])
      }
      let cloud = applier.cloud
      var found: [String: ObservedResource] = [:]
      var failure: String?
      let answers = await applier.sideBySide(batches) { batch in
        do throws(CallFailure) {
          return Result<[String: ObservedResource], CallFailure>.success(
            try await cloud.described(kind, ids: batch))
        } catch {
          return .failure(error)
        }
      }
      for (_, answer) in answers {
        switch answer {
        case .success(let objects): found.merge(objects) { first, _ in first }
        case .failure(let error): failure = error.description
        }
      }
      // A token may also lead to an object that somebody has since taken our tags from: not ours any more.
      var seen: [(intent: Intent, object: ObservedResource)] = []
      unseen = unseen.filter { intent, id in
        let shown = (intent.unseen + [id]).lazy.compactMap { found[$0] }.first { object in
          object.ownership?.stack == stackTag && object.address == intent.step.address
        }
        if let shown { seen.append((intent, shown)) }
        return shown == nil
      }
      await noteEchoes(of: seen.map { ($0.intent.step, $0.object) })
      for (intent, object) in seen { finish(intent, .done(id: object.id), in: &outcomes) }
      if let failure {
        for (intent, id) in unseen {
          finish(
            intent, .failed(reason: "\(id) was created but could not be verified: \(failure)"), in: &outcomes)
        }
        return []
      }
      // What was made long ago and shows neither in lists nor by its id is gone: there is nothing to wait for.
      gone += unseen.filter { found[$0.id] == nil && applier.options.aged.contains($0.id) }
      unseen.removeAll { found[$0.id] == nil && applier.options.aged.contains($0.id) }
      if let first = unseen.first {
        let trouble =
          found[first.id] == nil ? "is not visible yet" : "does not bear the tags that it was given"
        applier.watch(.waiting(first.intent.step.address, reason: "\(first.id) \(trouble)"))
        guard await patience.pause() else { break }
      }
    }
    for (intent, id) in gone + unseen {
      applier.journal.record(
        "Create\(intent.step.address.kind.manifestKind)", intent.step.address,
        outcome: JournalEntry.vanished, ["id": .string(id)])
    }
    return nextAttempts(of: (gone + unseen).map { ($0.intent, $0.id) }, into: &outcomes)
  }

  private func nextAttempts(
    of intents: [(Intent, id: String?)], into outcomes: inout [(Int, StepOutcome)]
  ) -> [Intent] {
    intents.compactMap { intent, id in
      let isHopeless =
        intent.invisible + 1 >= Creation.invisibleLimit || intent.attempt >= Creation.attemptLimit
      guard !isHopeless, !applier.isStopping() else {
        let reason =
          id.map { "the service named \($0), but shows no such object" }
          ?? "the service says that its token was used for something else"
        finish(intent, .failed(reason: reason), in: &outcomes)
        return nil
      }
      var next = intent
      next.attempt += 1
      if let id { next.unseen.append(id) }
      if !applier.options.vacated.contains(intent.step.address) { next.invisible += 1 }
      return next
    }
  }
}

extension ServiceError {
  /// The token was used before with other parameters; the service has had several names for that.
  fileprivate var isTokenMismatch: Bool {
    [
      "IdempotentParameterMismatch", "IdempotenceParamNotMatch", "InvalidIdempotenceParameter.Mismatch",
    ].contains(code)
  }
}

extension CallFailure {
  /// Whether the service has refused for good, and nothing can have come of it.
  fileprivate var isDefinite: Bool {
    guard case .refused(let refusal) = self else { return false }
    return !refusal.followsLostAnswer && !refusal.isTokenMismatch
      && refusal.code != "InvalidComponentVersion.Exist"
  }
}
