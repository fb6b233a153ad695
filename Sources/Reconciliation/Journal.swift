// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax
package import Resources
import Synchronization

/// An append-only record of what an apply is about to do and what came of it (design: exactly once).
///
/// It serves audit and resuming; nothing depends on it for correctness, so a line that can't be written is
/// told once and the apply goes on.
package final class Journal: Sendable {
  /// The run that writes, for telling runs apart.
  package let run: String
  /// The stack and target that it is about: the value of the tag `kiln:stack`.
  private let stack: String
  private let append: @Sendable ([UInt8]) throws -> Void
  private let now: @Sendable () -> String
  private let onFailure: @Sendable (any Error) -> Void
  private let hasFailed = Mutex(false)

  /// A journal.
  ///
  /// - Parameters:
  ///   - run: What tells this run from others.
  ///   - stack: The value of the tag `kiln:stack`, as one journal serves all targets of a project.
  ///   - now: The time of a line: UTC, ISO 8601.
  ///   - append: Adds one line, its newline included, in one write.
  ///   - onFailure: Is told of the first line that could not be written.
  package init(
    run: String, stack: String, now: @escaping @Sendable () -> String,
    append: @escaping @Sendable ([UInt8]) throws -> Void,
    onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
  ) {
    self.run = run
    self.stack = stack
    self.now = now
    self.append = append
    self.onFailure = onFailure
  }

  /// A journal that nobody keeps.
  package static let none = Journal(run: "", stack: "", now: { "" }, append: { _ in })

  /// Records that a call is about to be made.
  package func intend(_ operation: String, _ address: Address, _ details: [String: JSONValue] = [:]) {
    write("intent", operation, address, details)
  }

  /// Records what came of a call.
  package func record(
    _ operation: String, _ address: Address, outcome: String, _ details: [String: JSONValue] = [:]
  ) {
    write("outcome", operation, address, details.merging(["outcome": .string(outcome)]) { _, new in new })
  }

  /// Records what earlier runs made without living to write it down.
  package func record(found entry: JournalEntry) {
    var details: [String: JSONValue] = [:]
    details["id"] = entry.id.map(JSONValue.string)
    details["version"] = entry.version.map(JSONValue.string)
    record(entry.operation, entry.address, outcome: "done", details)
  }

  private func write(
    _ phase: String, _ operation: String, _ address: Address, _ details: [String: JSONValue]
  ) {
    var members = details
    members["time"] = .string(now())
    members["run"] = .string(run)
    members["stack"] = .string(stack)
    members["phase"] = .string(phase)
    members["operation"] = .string(operation)
    members["address"] = .string(address.description)
    do {
      try append(JSONValue.object(members).encoded() + [UInt8(ascii: "\n")])
    } catch {
      let isFirst = hasFailed.withLock { failed in
        defer { failed = true }
        return !failed
      }
      if isFirst { onFailure(error) }
    }
  }
}
