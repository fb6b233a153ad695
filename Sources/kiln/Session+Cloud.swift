// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import EmulatedCloud
import Manifests
import Reconciliation

extension Session {
  /// Runs `body` with the service that the target means, which is started in this process if it is embedded.
  ///
  /// Where the target names its account, the credentials are held against it before `body` runs. Where another process
  /// has the data of the embedded service, `lockTimeout` is how long it is waited for, ten seconds at least.
  func withCloud<Result: Sendable>(
    of target: Target, _ options: ConnectionOptions, lockTimeout: Duration = .zero,
    _ body: @Sendable @escaping (ImageBuilder) async throws -> Result
  ) async throws -> Result {
    try await withConnection(to: target, options, lockTimeout: lockTimeout) { connection in
      if let account = target.accountID { try await check(connection, belongsTo: account) }
      let account: @Sendable () async throws -> String = {
        if let account = target.accountID { return account }
        return try await connection.identify().identity.accountID
      }
      return try await body(ImageBuilder(client: connection.client, account: account))
    }
  }

  /// Runs `body` with a connection to what the target means; failures of the world end the command.
  func withConnection<Result: Sendable>(
    to target: Target, _ options: ConnectionOptions, lockTimeout: Duration = .zero,
    _ body: @Sendable @escaping (Connection) async throws -> Result
  ) async throws -> Result {
    let chosen = chosenEndpoint(of: target, options)
    do {
      guard chosen == "embedded" else {
        let endpoint = try chosen.map { try Endpoint(parsing: $0, insecureHTTP: options.insecureHTTP) }
        return try await Connection.with(self, target, options, to: endpoint, credentials: nil, body)
      }
      guard let embedded else {
        return try await withEmbedded(for: [target], lockTimeout: lockTimeout) { access in
          try await connect(to: target, options, at: access, body)
        }
      }
      return try await connect(to: target, options, at: embedded, body)
    } catch let failure as any ConnectionFailure {
      console.complain(of: failure)
      throw Exit.error
    }
  }

  private func connect<Result: Sendable>(
    to target: Target, _ options: ConnectionOptions, at embedded: EmbeddedAccess,
    _ body: @Sendable @escaping (Connection) async throws -> Result
  ) async throws -> Result {
    try await Connection.with(
      self, target, options, to: try Endpoint(parsing: embedded.url),
      credentials: embedded.credentials(for: target),
      body)
  }

  /// Runs `body` with the embedded service, which serves the accounts of `targets`; where another process has its
  /// data, it is waited for.
  func withEmbedded<Result: Sendable>(
    for targets: [Target], lockTimeout: Duration, _ body: @Sendable (EmbeddedAccess) async throws -> Result
  ) async throws -> Result {
    do {
      let keys = EmbeddedAccess.keys(for: targets)
      return try await withEmbeddedService(try embeddedServer(keys, lockTimeout)) { url in
        try await body(EmbeddedAccess(url: url, keys: keys))
      }
    } catch let failure as StoreFailure {
      console.complain("\(failure)")
      if case .inUse = failure { throw Exit.locked }
      throw Exit.error
    }
  }

  /// Whether the target means the embedded service.
  func isEmbedded(_ target: Target, _ options: ConnectionOptions) -> Bool {
    chosenEndpoint(of: target, options) == "embedded"
  }

  private func check(_ connection: Connection, belongsTo account: String) async throws {
    let found = try await connection.identify().identity.accountID
    guard found != account else { return }
    console.complain(
      "the credentials belong to account \(found), but the target is for account \(account)",
      hint: "choose other credentials, such as with --profile")
    throw Exit.error
  }

  /// A flag beats the target, and the target beats the environment.
  private func chosenEndpoint(of target: Target, _ options: ConnectionOptions) -> String? {
    options.endpoint ?? target.endpoint ?? world["KILN_ENDPOINT"]
  }

  /// The endpoint that the target means, for saved plans: `embedded` or a URL.
  func endpointText(of target: Target, _ options: ConnectionOptions) -> String {
    let region = options.region ?? target.region
    return chosenEndpoint(of: target, options)
      ?? Endpoint.ecs(regionID: region, network: Network(target.network)).url
  }

  /// Where Kiln keeps what belongs to the project but not into Git.
  var stateFolder: String { "\(folder.path)/.kiln" }

  func prepareStateFolder() throws {
    do {
      try Disk.makeFolder(stateFolder)
    } catch {
      console.complain("\(stateFolder) can't be made: \(error)")
      throw Exit.error
    }
  }

  private func embeddedServer(_ keys: [AccessKey], _ lockTimeout: Duration) throws -> EmulatedCloudServer {
    try prepareStateFolder()
    let now = world.time.now
    var configuration = EmulatorConfiguration(
      data: .file("\(stateFolder)/embedded.sqlite"), accessKeys: keys, now: { now().milliseconds })
    configuration.lockWait = .seconds(1)
    do {
      return try EmulatedCloudServer(configuration)
    } catch StoreFailure.inUse(let path) {
      console.say("Waiting for another process that has \(path).")
      configuration.lockWait = max(lockTimeout, .seconds(10))
      return try EmulatedCloudServer(configuration)
    }
  }
}

/// What may go wrong on the way to the service, each with a sentence for people.
protocol ConnectionFailure: Error {
  /// The sources of credentials that were asked in vain, where it is about them.
  var credentials: CredentialFailure? { get }
}

extension ConnectionFailure {
  var credentials: CredentialFailure? { nil }
}

extension CallFailure: ConnectionFailure {
  var credentials: CredentialFailure? { if case .credentials(let failure) = self { failure } else { nil } }
}

extension CredentialFailure: ConnectionFailure {
  var credentials: CredentialFailure? { self }
}

extension EndpointFailure: ConnectionFailure {}
extension ProxyFailure: ConnectionFailure {}
extension TrustRootFailure: ConnectionFailure {}

extension Console {
  /// Says what went wrong on the way to the service; of several sources of credentials each has a line.
  fileprivate func complain(of failure: any ConnectionFailure) {
    guard let findings = failure.credentials?.findings, findings.count > 1 else {
      return complain("\(failure)")
    }
    complain(CredentialFailure.summary, details: findings.map(\.description))
  }
}
