// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import EmulatedCloud
import FoundationEssentials
import Logging
import Manifests
import Reconciliation

extension Session {
  /// Runs `body` with the service that the target means, which is started in this process if it is embedded.
  func withCloud<Result: Sendable>(
    of target: Target, _ options: ConnectionOptions,
    _ body: @Sendable @escaping (ImageBuilder) async throws -> Result
  ) async throws -> Result {
    let chosen = chosenEndpoint(of: target, options)
    let region = options.region ?? target.region
    do {
      guard chosen == "embedded" else {
        let endpoint =
          try chosen.map { try Endpoint(parsing: $0, insecureHTTP: options.insecureHTTP) }
          ?? .ecs(regionID: region, network: target.network.flatMap(Network.init(rawValue:)) ?? .public)
        let credentials = EnvironmentCredentials(environment: world.environment)
        return try await withClient(
          endpoint, region: region, account: target.profile ?? "default", credentials, options, body)
      }
      return try await withEmbeddedService(try embedded()) { url in
        let key = AccessKey.default
        let credentials = FixedCredentials(
          Credentials(accessKeyID: key.id, accessKeySecret: RedactedSecret(key.secret)), name: "embedded")
        return try await withClient(
          try Endpoint(parsing: url), region: region, account: key.account, credentials, options, body)
      }
    } catch let failure as StoreFailure {
      console.complain("\(failure)")
      if case .inUse = failure { throw Exit.locked }
      throw Exit.error
    } catch let failure as CallFailure {
      console.complain("\(failure)")
      throw Exit.error
    } catch let failure as EndpointFailure {
      console.complain("\(failure)")
      throw Exit.error
    }
  }

  /// A flag beats the target, and the target beats the environment.
  private func chosenEndpoint(of target: Target, _ options: ConnectionOptions) -> String? {
    options.endpoint ?? target.endpoint ?? world["KILN_ENDPOINT"]
  }

  /// The endpoint that the target means, for saved plans: `embedded` or a URL.
  func endpointText(of target: Target, _ options: ConnectionOptions) -> String {
    let region = options.region ?? target.region
    return chosenEndpoint(of: target, options)
      ?? Endpoint.ecs(
        regionID: region, network: target.network.flatMap(Network.init(rawValue:)) ?? .public
      ).url
  }

  /// Where Kiln keeps what belongs to the project but not into Git.
  var stateFolder: String { "\(folder.path)/.kiln" }

  func prepareStateFolder() throws {
    do {
      try FileManager.default.createDirectory(atPath: stateFolder, withIntermediateDirectories: true)
    } catch {
      console.complain("\(stateFolder) can't be made: \(error)")
      throw Exit.error
    }
  }

  private func embedded() throws -> EmulatorConfiguration {
    try prepareStateFolder()
    let now = world.time.now
    return EmulatorConfiguration(data: .file("\(stateFolder)/embedded.sqlite"), now: { now().milliseconds })
  }

  private func withClient<Result: Sendable>(
    _ endpoint: Endpoint, region: String, account: String, _ credentials: any CredentialSource,
    _ options: ConnectionOptions, _ body: @Sendable (ImageBuilder) async throws -> Result
  ) async throws -> Result {
    var transportOptions = AHCTransport.Options(connections: options.parallelism)
    transportOptions.proxies = try ProxySettings(environment: world.environment)
    let transport = try AHCTransport(transportOptions)
    let console = console
    var logger = Logger(label: "kiln") { _ in ConsoleLog(console: console) }
    logger.logLevel = options.debug ? .debug : .critical
    let client = CloudClient(
      endpoint: endpoint, regionID: region, account: account, credentials: credentials,
      transport: transport, limiters: Limiters(), time: world.time, randomness: .system,
      policy: RetryPolicy(), logger: logger, userAgent: "kiln/\(VersionCommand.version)",
      traceParent: world["TRACEPARENT"])
    do {
      let result = try await body(ImageBuilder(client: client))
      await transport.close()
      return result
    } catch {
      await transport.close()
      throw error
    }
  }
}

/// Log lines as talk on standard error.
private struct ConsoleLog: LogHandler {
  let console: Console
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .critical

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let details = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    console.say("\(event.level): \(event.message)\(details.isEmpty ? "" : " \(details)")")
  }
}
