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
  struct Intent: Sendable {
    let index: Int
    let step: Step
    var attempt = 0
    /// How many tokens of this run named objects that stayed invisible, or were used for something else.
    var invisible = 0
    /// Ids that the service named and that were not seen yet: the oldest that shows after all is taken.
    var unseen: [String] = []
  }

  enum Made {
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

  func finish(_ intent: Intent, _ outcome: StepOutcome, in outcomes: inout [(Int, StepOutcome)]) {
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

  /// Those of `intents` that are tried under another token, `id` being what the last one named; the others have failed.
  func nextAttempts(
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
