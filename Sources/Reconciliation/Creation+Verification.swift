// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Resources

extension Creation {
  /// Sees whether the objects are there; what stays invisible comes back with the next attempt's number.
  func verify(
    _ named: [(intent: Intent, id: String)], into outcomes: inout [(Int, StepOutcome)]
  ) async -> [Intent] {
    var unseen = named
    var gone: [(intent: Intent, id: String)] = []
    var patience = Patience(grace: applier.options.grace, time: applier.time)
    while let kind = unseen.first?.intent.step.address.kind {
      let (found, failure) = await lookUp(kind, unseen.flatMap { $0.intent.unseen + [$0.id] })
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
          found[first.id] == nil
          ? "is not visible yet, or is gone" : "does not bear the tags that it was given"
        applier.watch(.waiting(first.intent.step.address, reason: "\(first.id) \(trouble)"))
        guard await patience.pause() else { break }
      }
    }
    for (intent, id) in gone + unseen {
      let address = intent.step.address
      applier.journal.record(
        address.kind.createOperation, address, outcome: JournalEntry.vanished, ["id": .string(id)])
    }
    return nextAttempts(of: (gone + unseen).map { ($0.intent, $0.id) }, into: &outcomes)
  }

  /// Those of the objects `ids` that the service shows, and why it could not be asked for all of them.
  private func lookUp(
    _ kind: ResourceKind, _ ids: [String]
  ) async -> (found: [String: ObservedResource], failure: String?) {
    let cloud = applier.cloud
    let answers = await applier.sideBySide(ids.batches(of: ImageBuilder.describeLimit)) { batch in
      do throws(CallFailure) {
        return Result<[String: ObservedResource], CallFailure>.success(
          try await cloud.described(kind, ids: batch))
      } catch {
        return .failure(error)
      }
    }
    var found: [String: ObservedResource] = [:]
    var failure: String?
    for (_, answer) in answers {
      switch answer {
      case .success(let objects): found.merge(objects) { first, _ in first }
      case .failure(let error): failure = error.description
      }
    }
    return (found, failure)
  }
}
