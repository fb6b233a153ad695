// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import FoundationEssentials
import Logging
import Reconciliation
import Resources
import TestSupport

/// Where the program finds the service.
enum Backend: String, CaseIterable, Sendable {
  /// Inside its own process, as the manifests say.
  case embedded
  /// In a process of its own.
  case emulator
}

/// A scratch folder with a project, and the service that the program uses for it.
struct ProjectFixture: Sendable {
  let binary: BinaryFixture
  /// The service's address; nil where it is embedded.
  let address: String?
  /// The project's folder below the scratch folder.
  var name = "project"

  /// Variables that let the program call an emulator.
  static let keys = keys(id: "emulated")

  /// Variables that let the program call an emulator that knows the access key `id`, which is its own secret.
  static func keys(id: String) -> [String: String] {
    ["ALIBABA_CLOUD_ACCESS_KEY_ID": id, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": id]
  }

  /// The program's arguments that name the project and the service.
  func arguments(_ verb: String, _ more: [String] = []) -> [String] {
    [verb, name] + (address.map { ["--endpoint", $0] } ?? []) + more
  }

  func kiln(
    _ verb: String, _ more: String..., environment: [String: String] = [:]
  ) async throws -> BinaryResult {
    try await binary.kiln(
      arguments(verb, more), environment: Self.keys.merging(environment) { _, new in new })
  }

  func start(_ verb: String, _ more: String...) throws -> BinaryProcess {
    try binary.start(arguments(verb, more), environment: Self.keys)
  }

  /// Everything that the service holds, in a form that shows duplicates: one line an object.
  func held() async throws -> [String] {
    let address =
      if let address { address } else {
        try await binary.emulator(data: "\(name)/.kiln/embedded.sqlite")
      }
    return try await resources(at: address).map { resource in
      "\(resource.ownership?.stack ?? "-") \(resource.address?.description ?? "-")"
    }.sorted()
  }

  /// The journal's lines so far.
  var journal: [String] {
    let text = try? binary.read("\(name)/.kiln/journal.jsonl")
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// How many calls the journal tells the end of.
  var outcomes: Int { journal.count { $0.contains("\"outcome\"") } }
}

/// Runs `body` with the starter's manifests and the service at `backend`.
func withStarter(
  at backend: Backend = .emulator, _ body: (ProjectFixture) async throws -> Void
) async throws {
  try await withBinary { binary in
    try binary.copy("manifests", to: "project")
    let address = backend == .emulator ? try await binary.emulator() : nil
    try await body(ProjectFixture(binary: binary, address: address))
  }
}

/// Runs `body` with the starter's manifests and a service in this process, where `faults` happen.
func withStarter(
  suffering faults: [FaultRule] = [], _ change: (inout EmulatorConfiguration) -> Void = { _ in },
  _ body: @Sendable (ProjectFixture) async throws -> Void
) async throws {
  var configuration = EmulatorConfiguration(now: {
    Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
  })
  configuration.faults = FaultPlan(rules: faults)
  change(&configuration)
  try await withEmbeddedService(configuration) { address in
    try await withBinary { binary in
      try binary.copy("manifests", to: "project")
      try await body(ProjectFixture(binary: binary, address: address))
    }
  }
}

/// Everything that the service at `address` holds.
func resources(at address: String) async throws -> [ObservedResource] {
  try await withCloud(at: address) { try await $0.all(.component) + $0.all(.pipeline) }
}

/// Runs `body` with the service at `address`, as somebody beside the program would call it.
@discardableResult
func withCloud<Result>(
  at address: String, _ body: (ImageBuilder) async throws -> Result
) async throws -> Result {
  try await AHCTransport.with(AHCTransport.Options(connections: 2)) { transport in
    let client = CloudClient(
      endpoint: try Endpoint(parsing: address, insecureHTTP: false), regionID: "cn-hangzhou", account: "test",
      credentials: FixedCredentials(
        Credentials(accessKeyID: "emulated", accessKeySecret: RedactedSecret("emulated")), name: "test"),
      transport: transport, limiters: Limiters(),
      time: Timekeeper(
        now: { UTCTime(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
        clock: ContinuousClock()),
      randomness: .system, policy: RetryPolicy(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, userAgent: "test")
    return try await body(ImageBuilder(client: client, account: { AccessKey.defaultAccount }))
  }
}

extension BinaryResult {
  /// The operations that were called, by what `--debug` tells, in order.
  var operations: [String] {
    talk.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("debug: call") else { return nil }
      return line.split(separator: " ").first { $0.hasPrefix("operation=") }.map { String($0.dropFirst(10)) }
    }
  }

  /// The operations that change something.
  var writes: [String] {
    operations.filter { operation in !["Describe", "Get", "List"].contains(where: operation.hasPrefix) }
  }

  /// The line that counts.
  var summary: String {
    output.split(separator: "\n").last { $0.hasPrefix("Plan:") }.map(String.init) ?? ""
  }
}
