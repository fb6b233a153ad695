// SPDX-License-Identifier: Apache-2.0

import Logging

/// Several sources asked in order; the first that has credentials is kept.
///
/// Which it is goes into the log, with the public name of the key.
package actor CredentialChain: CredentialSource {
  /// A source that may turn out not to exist.
  struct Candidate: Sendable {
    let make: @Sendable () -> Result<any CredentialSource, CredentialFailure>

    init(_ make: @escaping @Sendable () throws(CredentialFailure) -> any CredentialSource) {
      self.make = {
        do throws(CredentialFailure) { return .success(try make()) } catch { return .failure(error) }
      }
    }
  }

  private typealias Found = (source: any CredentialSource, credentials: Credentials)

  private enum State {
    case unknown
    case asking(Task<Result<Found, CredentialFailure>, Never>)
    case chosen(any CredentialSource)
  }

  package nonisolated let name = "default"
  private let candidates: [Candidate]
  private let logger: Logger
  private var state = State.unknown

  init(_ candidates: [Candidate], logger: Logger) {
    self.candidates = candidates
    self.logger = logger
  }

  /// `default/` and the name of the source that was chosen, as the vendor's SDKs write it.
  package var chosenName: String {
    if case .chosen(let source) = state { name + "/" + source.name } else { name }
  }

  package func credentials() async throws(CredentialFailure) -> Credentials {
    switch state {
    case .chosen(let source):
      return try await source.credentials()
    case .asking(let task):
      return try await settle(task)
    case .unknown:
      let candidates = candidates
      let task = Task { await Self.ask(candidates) }
      state = .asking(task)
      return try await settle(task)
    }
  }

  package func credentials(replacing rejected: Credentials) async throws(CredentialFailure) -> Credentials {
    guard case .chosen(let source) = state else { return try await credentials() }
    return try await source.credentials(replacing: rejected)
  }

  private func settle(
    _ task: Task<Result<Found, CredentialFailure>, Never>
  ) async throws(CredentialFailure) -> Credentials {
    let result = await task.value
    let isFirst = if case .asking(task) = state { true } else { false }
    switch result {
    case .success(let found):
      if isFirst {
        state = .chosen(found.source)
        logger.debug(
          "credentials",
          metadata: ["source": .string(chosenName), "key": .string(found.credentials.accessKeyID)])
      }
      return found.credentials
    case .failure(let failure):
      if isFirst { state = .unknown }
      throw failure
    }
  }

  private static func ask(_ candidates: [Candidate]) async -> Result<Found, CredentialFailure> {
    var findings: [CredentialFailure.Finding] = []
    for candidate in candidates {
      do throws(CredentialFailure) {
        let source = try candidate.make().get()
        return .success((source, try await source.credentials()))
      } catch {
        findings += error.findings
      }
    }
    return .failure(CredentialFailure(findings))
  }
}
