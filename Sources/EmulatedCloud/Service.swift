// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The emulated service: a request and a moment in, an answer out.
package final class Service: Sendable {
  private let settings: Mutex<EmulatorConfiguration>
  private let authenticator: Authenticator
  private let store: Store
  private let commits: CommitGroup
  private let identifiers: Identifiers
  private let throttle: Mutex<Throttle>

  /// Opens the data and begins with what it holds.
  package init(_ configuration: EmulatorConfiguration) throws(StoreFailure) {
    settings = Mutex(configuration)
    store = try Store(configuration.data, wait: configuration.lockWait)
    commits = CommitGroup(store)
    authenticator = Authenticator(configuration.accessKeys)
    identifiers = Identifiers(entropy: configuration.entropy)
    throttle = Mutex(Throttle(configuration.rateLimits))
    for session in try store.sessions(after: configuration.now()) { authenticator.add(session: session) }
  }

  /// Answers one request, blocking until what it did is on disk.
  package func answer(_ request: ServiceRequest, at moment: Moment) -> ServiceAnswer {
    let accepted = accept(request, at: moment)
    return accepted.answer { work in
      do {
        return try store.commit([work])[0]
      } catch {
        return .failure(error)
      }
    }
  }

  /// Answers one request; calls under way at the same time share the wait for the disk.
  package func answerInBackground(
    _ request: ServiceRequest, at moment: Moment, conditions: CallConditions = CallConditions()
  ) async -> ServiceAnswer {
    let accepted = accept(request, at: moment, conditions: conditions)
    guard case .success(let work) = accepted.work else {
      return accepted.answer { _ in .success(ServedReply()) }
    }
    let result = await commits.perform(work)
    return accepted.answer { _ in result }
  }

  /// Changes what can change while the service runs.
  func reconfigure(_ change: (inout EmulatorConfiguration) -> Void) {
    let limits = settings.withLock { settings in
      change(&settings)
      return settings.rateLimits
    }
    throttle.withLock { if $0.limits != limits { $0 = Throttle(limits) } }
  }

  /// Refuses a request without having looked at it.
  func refuse(_ request: ServiceRequest, _ refusal: Refusal) -> ServiceAnswer {
    AcceptedCall(
      received: ReceivedCall(request), requestID: identifiers.requestID(), work: .failure(refusal)
    ).answer { _ in .failure(refusal) }
  }

  /// Changes the state past all operations; whether that went well.
  func perform(_ change: @escaping @Sendable (Transaction) throws -> Void) async -> Bool {
    let result = await commits.perform(
      Work(writes: true) { transaction in
        try change(transaction)
        return ServedReply()
      })
    return (try? result.get()) != nil
  }

  /// Lets go of the data file.
  package func close() throws {
    try store.close()
  }

  private func accept(
    _ request: ServiceRequest, at moment: Moment, conditions: CallConditions = CallConditions()
  ) -> AcceptedCall {
    let received = ReceivedCall(request)
    let result = Result { () throws(Refusal) -> Work in
      try work(for: received, at: moment, conditions: conditions)
    }
    return AcceptedCall(received: received, requestID: identifiers.requestID(), work: result)
  }

  /// What has to be done, once everything is checked that can be checked without looking at the state.
  private func work(
    for received: ReceivedCall, at moment: Moment, conditions: CallConditions
  ) throws(Refusal) -> Work {
    guard ["GET", "POST"].contains(received.request.method) else {
      throw Refusal(403, "UnsupportedHTTPMethod", "This http method is not supported.")
    }
    let settings = settings.withLock { $0 }
    let operation = try Operation.named(
      received.action, version: received.version, path: received.request.path)
    let identity =
      try operation.isAnonymous
      ? nil : authenticator.identity(of: received, at: moment.wall, isRedelivery: conditions.isRedelivery)
    let account = identity?.account ?? ""
    let region = received.parameters["RegionId"] ?? ""
    for required in operation.required where !received.parameters.has(required.name) {
      throw required.refusal
    }
    try Region.check(region, more: settings.moreRegions)
    let scope = Scope(account: account, region: region)
    try throttle.withLock { throttle throws(Refusal) in
      try throttle.admit(operation.name, in: scope, at: moment.wall)
    }
    let call = ServedCall(
      operation: operation.name, parameters: received.parameters, scope: scope,
      identity: identity ?? Identity(account: "", arn: ""), moment: moment, conditions: conditions,
      settings: settings, identifiers: identifiers, authenticator: authenticator)
    try call.checkDenials()
    let work = try operation.prepare(call)
    return operation.takesToken ? try call.rememberingToken(work) : work
  }
}

/// What a call has to put up with, where faults are asked for.
package struct CallConditions: Hashable, Sendable {
  /// Milliseconds by which lists lag behind creations.
  package var lag: Int64 = 0
  /// Whether every page token has expired.
  package var pageTokensExpire = false
  /// Whether the same request has come before, and its nonce is not to be held against it.
  package var isRedelivery = false

  /// Nothing out of the ordinary.
  package init() {}
}

/// A call that was checked, with what is still to be done for it.
private struct AcceptedCall: Sendable {
  let received: ReceivedCall
  let requestID: String
  let work: Result<Work, Refusal>

  func answer(_ perform: (Work) -> Result<ServedReply, any Error>) -> ServiceAnswer {
    let result: Result<ServedReply, any Error> =
      switch work {
      case .success(let work): perform(work)
      case .failure(let refusal): .failure(refusal)
      }
    switch result {
    case .success(let reply):
      return ServiceAnswer(reply, of: received.action, requestID: requestID, format: received.format)
    case .failure(let error):
      return ServiceAnswer(
        error as? Refusal ?? .internalError, requestID: requestID,
        host: received.request.headers["host"] ?? "", format: received.format)
    }
  }
}
