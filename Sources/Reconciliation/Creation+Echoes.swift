// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Resources

extension Creation {
  /// What is to be written down about one object.
  private struct Note: Sendable {
    let address: Address
    let id: String
    let tags: [String: String]
  }

  /// Writes down, on the new objects themselves, what of them the service shows otherwise than it was sent: the next
  /// plan, on whatever machine, would else take it for somebody's change.
  ///
  /// A note that can't be written costs a replacement, which brings it along in its create call. So nothing fails for
  /// want of one, and a service that refuses one is not asked for more.
  func noteEchoes(of made: [(step: Step, object: ObservedResource)]) async {
    let echoes = Echoes(ids: ids, regionID: applier.cloud.client.regionID)
    let notes = made.compactMap { step, object -> Note? in
      guard case .create(let planned, _) = step.work else { return nil }
      return echoes.note(on: object, madeAs: planned).map {
        Note(address: step.address, id: object.id, tags: $0)
      }
    }
    guard let first = notes.first, await write(first) else { return }
    _ = await applier.sideBySide(Array(notes.dropFirst())) { _ = await write($0) }
  }

  private func write(_ note: Note) async -> Bool {
    let operation = "TagResources"
    applier.journal.intend(operation, note.address, ["id": .string(note.id)])
    do {
      try await applier.cloud.tag(note.address.kind, id: note.id, note.tags)
      return true
    } catch {
      applier.journal.record(
        operation, note.address, outcome: "failed",
        ["id": .string(note.id), "reason": .string(error.description)])
      return false
    }
  }
}
