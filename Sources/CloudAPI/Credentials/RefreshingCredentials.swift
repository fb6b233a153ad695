// SPDX-License-Identifier: Apache-2.0

/// Credentials that end, fetched anew ahead of their end, once for all who wait.
///
/// A fetch that fails goes unnoticed as long as the kept credentials are good for another minute; it is tried again
/// after ten seconds.
package actor RefreshingCredentials: CredentialSource {
  private enum State {
    case empty
    case known(Credentials, renewAt: UTCTime?)
    case fetching(Task<Result<Credentials, CredentialFailure>, Never>, previous: Credentials?)
  }

  package nonisolated let name: String
  private let margin: Duration
  private let keepsEndless: Bool
  private let time: Timekeeper
  private let fetch: @Sendable () async -> Result<Credentials, CredentialFailure>
  private var state = State.empty

  /// Makes a source.
  ///
  /// - Parameters:
  ///   - name: the official name.
  ///   - margin: how long before their end credentials are fetched anew.
  ///   - keepsEndless: whether credentials without an end are kept, or fetched for each call.
  ///   - time: the clock.
  ///   - fetch: fetches new credentials.
  init(
    name: String, margin: Duration = .seconds(15 * 60), keepsEndless: Bool = true, time: Timekeeper,
    fetch: @escaping @Sendable () async throws(CredentialFailure) -> Credentials
  ) {
    self.name = name
    self.margin = margin
    self.keepsEndless = keepsEndless
    self.time = time
    self.fetch = {
      do throws(CredentialFailure) { return .success(try await fetch()) } catch { return .failure(error) }
    }
  }

  package func credentials() async throws(CredentialFailure) -> Credentials {
    switch state {
    case .empty:
      return try await fetched(previous: nil)
    case .known(let known, let renewAt):
      if let renewAt, time.now() >= renewAt { return try await fetched(previous: known) }
      return known
    case .fetching(let task, let previous):
      if let previous, isGood(previous) { return previous }
      return try await settle(task, previous: previous)
    }
  }

  package func credentials(replacing rejected: Credentials) async throws(CredentialFailure) -> Credentials {
    switch state {
    case .known(rejected, _): try await fetched(previous: nil)
    case .fetching(let task, _): try await settle(task, previous: nil)
    case .empty, .known: try await credentials()
    }
  }

  private func fetched(previous: Credentials?) async throws(CredentialFailure) -> Credentials {
    let fetch = fetch
    let task = Task { await fetch() }
    state = .fetching(task, previous: previous)
    return try await settle(task, previous: previous)
  }

  /// Waits for `task`; the first who wakes enters its outcome.
  private func settle(
    _ task: Task<Result<Credentials, CredentialFailure>, Never>, previous: Credentials?
  ) async throws(CredentialFailure) -> Credentials {
    let result = await task.value
    let isFirst = if case .fetching(task, _) = state { true } else { false }
    switch result {
    case .success(let new):
      if let end = new.expiration, end <= time.now() {
        if isFirst { state = .empty }
        throw CredentialFailure(name, "the credentials that were handed out ended at \(end.iso8601)")
      }
      if isFirst { state = .known(new, renewAt: renewal(of: new)) }
      return new
    case .failure(let failure):
      guard let previous, isGood(previous) else {
        if isFirst { state = .empty }
        throw failure
      }
      if isFirst { state = .known(previous, renewAt: time.now() + .seconds(10)) }
      return previous
    }
  }

  private func renewal(of credentials: Credentials) -> UTCTime? {
    guard let end = credentials.expiration else { return keepsEndless ? nil : time.now() }
    return UTCTime(milliseconds: end.milliseconds - margin.inMilliseconds)
  }

  private func isGood(_ credentials: Credentials) -> Bool {
    credentials.expiration.map { $0 - time.now() > .seconds(60) } ?? true
  }
}
