// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Resources

/// Creates the objects of one round, each exactly once (design: exactly once).
struct Creation {
  /// After so many tokens whose objects stay invisible something else is wrong.
  private static let attemptLimit = 5

  let applier: Applier
  let stackTag: String
  /// Ids of the components that exist.
  let ids: [Address: String]

  /// One object to be created.
  private struct Intent: Sendable {
    let index: Int
    let step: Step
    var attempt = 0
  }

  private enum Made {
    /// The service named this id; whether the object is there is still to be seen.
    case named(id: String)
    /// The object was seen.
    case seen(id: String)
    case failed(reason: String)
    case stopped
  }

  func carryOut(_ round: [(Int, Step)]) async -> [(Int, StepOutcome)] {
    var pending = round.map { Intent(index: $0.0, step: $0.1) }
    var outcomes: [(Int, StepOutcome)] = []
    while !pending.isEmpty {
      var named: [(intent: Intent, id: String)] = []
      let creation = self
      for (intent, made) in await applier.sideBySide(pending, { await creation.create($0) }) {
        switch made {
        case .named(let id): named.append((intent, id))
        case .seen(let id): finish(intent, .done(id: id), in: &outcomes)
        case .failed(let reason): finish(intent, .failed(reason: reason), in: &outcomes)
        case .stopped: finish(intent, .skipped(reason: "stopped"), in: &outcomes)
        }
      }
      pending = await verify(named, into: &outcomes)
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
      let operation = "Create\(planned.address.kind.manifestKind)"
      let token = ClientToken(
        operation: operation, regionID: applier.cloud.client.regionID, stackTag: stackTag,
        address: planned.address, digest: planned.digest, predecessor: predecessor, attempt: intent.attempt)
      applier.journal.intend(operation, planned.address, ["token": .string(token.text)])
      do {
        let id = try await applier.cloud.create(resource, token: token.text)
        applier.journal.record(operation, planned.address, outcome: "done", ["id": .string(id)])
        return .named(id: id)
      } catch {
        applier.journal.record(
          operation, planned.address, outcome: "failed", ["reason": .string(error.description)])
        guard case .refused(let refusal) = error else { return .failed(reason: error.description) }
        switch await afterRefusal(refusal, planned, resource) {
        case .found(let id): return .seen(id: id)
        case .failed(let reason): return .failed(reason: reason)
        case .nextAttempt where intent.attempt + 1 < Creation.attemptLimit: intent.attempt += 1
        case .nextAttempt: return .failed(reason: error.description)
        }
      }
    }
  }

  private enum AfterRefusal {
    case found(id: String)
    case nextAttempt
    case failed(reason: String)
  }

  /// What a definite refusal means: perhaps that the object is there already.
  private func afterRefusal(
    _ refusal: ServiceError, _ planned: PlannedResource, _ resource: Resource
  ) async -> AfterRefusal {
    do {
      if refusal.isTokenMismatch {
        guard let object = try await ours(planned, resource, within: applier.options.grace) else {
          return .nextAttempt
        }
        return .found(id: try await corrected(object, planned))
      }
      guard refusal.code == "InvalidComponentVersion.Exist" else {
        return .failed(reason: refusal.description)
      }
      if let object = try await ours(planned, resource, within: applier.options.grace) {
        return .found(id: try await corrected(object, planned))
      }
      return .failed(
        reason: "\(planned.address) exists already with another content or owner; plan again. \(refusal)")
    } catch {
      return .failed(reason: error.description)
    }
  }

  /// Gives `object`, made by an earlier run, the tags and the group that are planned now.
  private func corrected(
    _ object: ObservedResource, _ planned: PlannedResource
  ) async throws(CallFailure) -> String {
    let update = InPlaceUpdate(
      of: object, tags: planned.resource.tags, group: planned.resource.resourceGroupID)
    try await applier.carryOut(update, on: object, at: planned.address)
    return object.id
  }

  /// The object that bears the planned tags and digest, looked up by name for as long as `grace`.
  private func ours(
    _ planned: PlannedResource, _ resource: Resource, within grace: Duration
  ) async throws(CallFailure) -> ObservedResource? {
    guard let name = resource.wireName else { return nil }
    var patience = Patience(grace: grace, time: applier.time)
    while true {
      let candidates = try await applier.cloud.named(planned.address.kind, name)
      let mine = candidates.filter { candidate in
        candidate.address == planned.address && candidate.ownership?.stack == stackTag
          && candidate.ownership?.digest == planned.digest
      }
      if let object = mine.min(by: ObservedResource.isOlder) { return object }
      // A version that is there and not ours will not become ours by waiting.
      if planned.address.kind == .component,
        candidates.contains(where: { $0.version == planned.address.version })
      {
        return nil
      }
      guard await patience.pause() else { return nil }
    }
  }

  /// Sees whether the objects are there; what stays invisible comes back with the next attempt's number.
  private func verify(
    _ named: [(intent: Intent, id: String)], into outcomes: inout [(Int, StepOutcome)]
  ) async -> [Intent] {
    var unseen = named
    var patience = Patience(grace: applier.options.grace, time: applier.time)
    while let kind = unseen.first?.intent.step.address.kind {
      let batches = stride(from: 0, to: unseen.count, by: ImageBuilder.describeLimit).map {
        Array(unseen[$0..<min($0 + ImageBuilder.describeLimit, unseen.count)].map(\.id))
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
      let isOurs = { (intent: Intent, id: String) in
        found[id]?.ownership?.stack == stackTag && found[id]?.address == intent.step.address
      }
      for (intent, id) in unseen where isOurs(intent, id) { finish(intent, .done(id: id), in: &outcomes) }
      unseen = unseen.filter { !isOurs($0.intent, $0.id) }
      if let failure {
        for (intent, id) in unseen {
          finish(
            intent, .failed(reason: "\(id) was created but could not be verified: \(failure)"), in: &outcomes)
        }
        return []
      }
      if let first = unseen.first {
        applier.watch(.waiting(first.intent.step.address, reason: "\(first.id) is not visible yet"))
        guard await patience.pause() else { break }
      }
    }
    return nextAttempts(of: unseen, into: &outcomes)
  }

  private func nextAttempts(
    of unseen: [(intent: Intent, id: String)], into outcomes: inout [(Int, StepOutcome)]
  ) -> [Intent] {
    unseen.compactMap { intent, id in
      guard intent.attempt + 1 < Creation.attemptLimit, !applier.isStopping() else {
        finish(
          intent, .failed(reason: "the service named \(id), but shows no such object"), in: &outcomes)
        return nil
      }
      var next = intent
      next.attempt += 1
      return next
    }
  }
}

/// Waits a little longer each time, until a grace is over.
struct Patience {
  private let time: Timekeeper
  private let end: Duration
  private var next = Duration.milliseconds(100)

  init(grace: Duration, time: Timekeeper) {
    self.time = time
    end = time.elapsed() + grace
  }

  /// Waits; false when the grace is over or the task was cancelled.
  mutating func pause() async -> Bool {
    let left = end - time.elapsed()
    guard left > .zero else { return false }
    let pause = min(next, left)
    next = min(next * 2, .seconds(3))
    do { try await time.sleep(pause) } catch { return false }
    return true
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
