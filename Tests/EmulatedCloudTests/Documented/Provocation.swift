// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Testing

/// One row: a documented code of an operation, and what brings it about.
struct Provocation: Sendable, CustomTestStringConvertible {
  enum Means: Sendable {
    /// A request that breaks the rule, last of those that `provoke` makes.
    case request(_ provoke: @Sendable (TestClient) async throws -> Outcome)
    /// The code hangs on something that the service has no notion of; the fault `error` answers it.
    case fault(because: String)
  }

  let operation: String
  let verdict: String
  let means: Means
  /// What the emulated cloud is told when it starts.
  let configure: @Sendable (inout EmulatorConfiguration) -> Void

  init(
    _ operation: String, _ verdict: String, _ means: Means,
    configure: @escaping @Sendable (inout EmulatorConfiguration) -> Void = { _ in }
  ) {
    self.operation = operation
    self.verdict = verdict
    self.means = means
    self.configure = configure
  }

  var testDescription: String { "\(operation): \(verdict)" }

  var isFault: Bool { if case .fault = means { true } else { false } }
}

extension Provocation {
  /// A row whose request is made by `provoke`.
  static func request(
    _ operation: String, _ verdict: String,
    configure: @escaping @Sendable (inout EmulatorConfiguration) -> Void = { _ in },
    _ provoke: @escaping @Sendable (TestClient) async throws -> Outcome
  ) -> Provocation {
    Provocation(operation, verdict, .request(provoke), configure: configure)
  }

  /// A row whose request is a call of the operation with these parameters, and nothing before it.
  static func call(
    _ operation: String, _ verdict: String, _ given: [String: String],
    configure: @escaping @Sendable (inout EmulatorConfiguration) -> Void = { _ in }
  ) -> Provocation {
    request(operation, verdict, configure: configure) { try await $0.call(operation, given) }
  }

  /// Rows for `verdicts`, all for the same reason.
  static func faults(_ operation: String, because reason: String, _ verdicts: [String]) -> [Provocation] {
    verdicts.map { Provocation(operation, $0, .fault(because: reason)) }
  }

  /// The first rule of each verdict as a row, but for what is no refusal and `others` that are not documented.
  static func rules(
    _ operation: String, _ rules: [Rule],
    _ call: @escaping @Sendable (TestClient, Rule) async throws -> Outcome
  ) -> [Provocation] {
    let documented = Set(DocumentedCodes.all[operation] ?? [])
    var seen = Set<String>()
    return rules.filter { documented.contains($0.verdict) && seen.insert($0.verdict).inserted }
      .map { rule in request(operation, rule.verdict) { try await call($0, rule) } }
  }
}

extension TestClient {
  /// Makes a call with these parameters.
  func call(_ action: String, _ given: [String: String]) async throws -> Outcome {
    try await call(action, given.map { (name: $0.key, value: $0.value) })
  }
}
