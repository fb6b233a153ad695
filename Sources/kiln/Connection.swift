// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Logging
import Manifests
import Resources

/// A way to the service: a client, and what its credentials come from.
struct Connection: Sendable {
  /// Where calls of ECS go.
  let client: CloudClient
  private let surroundings: CredentialSurroundings
  private let network: Network

  /// Who the credentials belong to (STS, GetCallerIdentity).
  func identify() async throws(CallFailure) -> Identification {
    try await surroundings.identify(client.credentials, network: network)
  }

  /// Runs `body` with a connection, and closes it afterwards.
  ///
  /// - Parameters:
  ///   - given: The endpoint, where it is not the region's own.
  ///   - credentials: What to sign with, where the official chain is not to be asked.
  static func with<Result: Sendable>(
    _ session: Session, _ target: Target, _ options: ConnectionOptions, to given: Endpoint?,
    credentials: (any CredentialSource)?, _ body: @Sendable (Connection) async throws -> Result
  ) async throws -> Result {
    let world = session.world
    let region = options.region ?? target.region
    let network = Network(target.network)
    return try await AHCTransport.with(try transportOptions(world, options)) { transport in
      var surroundings = try surroundings(session, options, transport, endpoint: given)
      let underWay = CallsUnderWay()
      surroundings.underWay = underWay
      let profile = options.profile ?? target.profile
      let console = session.console
      let client = CloudClient(
        endpoint: given ?? .ecs(regionID: region, network: network), regionID: region,
        account: profile ?? "default",
        credentials: credentials ?? CredentialChain.official(profile: profile, surroundings),
        transport: transport, limiters: world.limiters, time: world.time, randomness: .system,
        policy: RetryPolicy(), logger: surroundings.logger, userAgent: surroundings.userAgent,
        traceParent: world["TRACEPARENT"], underWay: underWay)
      let connection = Connection(client: client, surroundings: surroundings, network: network)
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await tellLongCalls(of: underWay, world, console) }
        defer { group.cancelAll() }
        return try await body(connection)
      }
    }
  }

  /// Says which calls take long, until the task is cancelled.
  private static func tellLongCalls(
    of underWay: CallsUnderWay, _ world: World, _ console: Console
  ) async {
    while (try? await world.time.sleep(.seconds(1))) != nil {
      for call in underWay.overdue(at: world.time.elapsed()) { console.say(takingLong: call) }
    }
  }

  private static func transportOptions(
    _ world: World, _ options: ConnectionOptions
  ) throws -> AHCTransport.Options {
    var settings = AHCTransport.Options(connections: options.parallelism)
    settings.proxies = try ProxySettings(environment: world.environment)
    if let path = options.caFile {
      guard let pem = try? Disk.bytes(of: path) else { throw UnreadableFile(path: path) }
      settings.extraTrustRoots = pem
    }
    return settings
  }

  private static func surroundings(
    _ session: Session, _ options: ConnectionOptions, _ transport: AHCTransport, endpoint: Endpoint?
  ) throws(EndpointFailure) -> CredentialSurroundings {
    let world = session.world
    let console = session.console
    var logger = Logger(label: "kiln") { _ in ConsoleLog(console: console) }
    logger.logLevel = options.debug ? .debug : .critical
    var surroundings = CredentialSurroundings(
      environment: world.environment, readFile: { try Disk.bytes(of: $0) }, run: runProcess,
      transport: transport, time: world.time, randomness: .system, logger: logger,
      userAgent: "kiln/\(VersionCommand.version)")
    if let text = world["KILN_STS_ENDPOINT"] {
      let sts = try Endpoint(parsing: text, insecureHTTP: options.insecureHTTP)
      surroundings.sts = { _, _ in sts }
    } else if let endpoint, endpoint.isLoopback {
      // What plays the service on this machine plays STS as well; the real one must not be asked about it.
      surroundings.sts = { _, _ in endpoint }
    }
    if let text = world["KILN_METADATA_ENDPOINT"] {
      surroundings.metadata = try Endpoint(parsing: text, insecureHTTP: options.insecureHTTP)
    }
    return surroundings
  }
}

extension Network {
  /// The service's face that `network` stands for.
  init(_ network: TargetNetwork) {
    switch network {
    case .vpc: self = .vpc
    case .public: self = .public
    }
  }
}

/// A file that the user named and that can't be read.
struct UnreadableFile: ConnectionFailure, CustomStringConvertible {
  let path: String
  var description: String { "\(path) can't be read" }
}

extension Console {
  /// Says that a call takes long, and why.
  fileprivate func say(takingLong call: CallsUnderWay.LongCall) {
    let seconds = call.duration.inMilliseconds / 1000
    let reason =
      call.isThrottled
      ? "the service takes no more \(call.operation) for now (Throttling)"
      : "\(call.operation) has not been answered\(call.attempts == 0 ? "" : " well"), "
        + "try \(call.attempts + 1) of \(call.limit)"
    say("Waiting for \(call.host) for \(seconds) s: \(reason).")
  }
}
