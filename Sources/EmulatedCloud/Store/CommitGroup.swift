// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets calls that arrive at the same time share one transaction, and so one wait for the disk.
///
/// Whoever finds nobody at work leads: it commits everything that waits, hands out the results and passes the lead on
/// to the first of those who came meanwhile. Nobody waits longer than for two commits.
final class CommitGroup: Sendable {
  private enum Turn: Sendable {
    case lead
    case done(Result<ServedReply, any Error>)
  }

  private struct Waiting: Sendable {
    let work: Work
    let turn: CheckedContinuation<Turn, Never>
  }

  private struct State: Sendable {
    var isLed = false
    var waiting: [Waiting] = []
  }

  private let store: Store
  private let state = Mutex(State())

  init(_ store: Store) {
    self.store = store
  }

  /// Does `work` in a transaction, which is on disk when this returns.
  func perform(_ work: Work) async -> Result<ServedReply, any Error> {
    let leads = state.withLock { state in
      defer { state.isLed = true }
      return !state.isLed
    }
    if leads { return await lead(with: work) }
    let turn = await withCheckedContinuation { continuation in
      let leadsNow = state.withLock { state in
        guard state.isLed else {
          state.isLed = true
          return true
        }
        state.waiting.append(Waiting(work: work, turn: continuation))
        return false
      }
      if leadsNow { continuation.resume(returning: .lead) }
    }
    switch turn {
    case .lead: return await lead(with: work)
    case .done(let result): return result
    }
  }

  private func lead(with work: Work) async -> Result<ServedReply, any Error> {
    let others = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    let results: [Result<ServedReply, any Error>]
    do {
      results = try await store.commitInBackground([work] + others.map(\.work))
    } catch {
      // The transaction as a whole failed, so nobody's work was done.
      results = Array(repeating: .failure(error), count: others.count + 1)
    }
    for (other, result) in zip(others, results.dropFirst()) { other.turn.resume(returning: .done(result)) }
    passOn()
    return results[0]
  }

  private func passOn() {
    let next = state.withLock { state -> Waiting? in
      guard !state.waiting.isEmpty else {
        state.isLed = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.turn.resume(returning: .lead)
  }
}
