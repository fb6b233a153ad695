// SPDX-License-Identifier: Apache-2.0

package import Logging

/// All that credential sources know of the machine, given from outside so that tests give something else.
package struct CredentialSurroundings: Sendable {
  /// What a process that was run ended with.
  package struct ProcessOutcome: Sendable {
    /// The exit status; 0 is success.
    package let status: Int32
    /// What it wrote to standard output.
    package let output: [UInt8]

    /// Makes an outcome.
    package init(status: Int32, output: [UInt8]) {
      self.status = status
      self.output = output
    }
  }

  /// The environment variables as the process found them.
  package var environment: [String: String]
  /// Reads a file whole; nothing, where there is none.
  package var readFile: @Sendable (_ path: String) throws -> [UInt8]?
  /// Runs a command, words already apart and no shell between, and stops it after the time given.
  package var run: @Sendable (_ command: [String], _ limit: Duration) async throws -> ProcessOutcome
  /// What carries the requests of credential sources.
  package var transport: any Transport
  /// Clocks and waiting.
  package var time: Timekeeper
  /// Nonces and pauses.
  package var randomness: Randomness
  /// Gets a debug line for each call to STS.
  package var logger: Logger
  /// How the client calls itself.
  package var userAgent: String
  /// Knows of each call to STS from its beginning to its end.
  package var underWay = CallsUnderWay()
  /// Where the metadata service of a machine in the cloud is.
  package var metadata = Endpoint(scheme: "http", host: "100.100.100.200", port: nil)
  /// Where STS is, in a region or centrally.
  package var sts: @Sendable (_ regionID: String?, _ network: Network) -> Endpoint = {
    .sts(regionID: $0, network: $1)
  }

  /// Makes surroundings; the services are where the cloud has them.
  package init(
    environment: [String: String], readFile: @escaping @Sendable (_ path: String) throws -> [UInt8]?,
    run: @escaping @Sendable (_ command: [String], _ limit: Duration) async throws -> ProcessOutcome,
    transport: any Transport, time: Timekeeper, randomness: Randomness, logger: Logger, userAgent: String
  ) {
    self.environment = environment
    self.readFile = readFile
    self.run = run
    self.transport = transport
    self.time = time
    self.randomness = randomness
    self.logger = logger
    self.userAgent = userAgent
  }

  /// The variable `name`; nothing where it is unset or empty.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether the variable `name` says `true`, in any case.
  func isSet(_ name: String) -> Bool { environment[name]?.lowercased() == "true" }

  /// A path below the home folder; nothing where nobody knows that folder.
  func home(_ path: String) -> String? {
    (variable("HOME") ?? variable("HOMEPATH")).map { $0 + "/" + path }
  }

  /// A client of STS that signs with `source`.
  func sts(_ source: any CredentialSource, regionID: String?, network: Network) -> CloudClient {
    CloudClient(
      endpoint: sts(regionID, network), regionID: regionID ?? "", account: "sts/" + source.name,
      credentials: source, transport: transport, limiters: Limiters(), time: time, randomness: randomness,
      policy: RetryPolicy(attemptTimeout: .seconds(10), callDeadline: .seconds(30), attempts: 4),
      logger: logger, userAgent: userAgent, underWay: underWay)
  }
}
