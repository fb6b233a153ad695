// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
package import Resources

/// One line of a journal.
package struct JournalEntry: Sendable {
  /// When it was written: UTC, ISO 8601.
  package let time: String
  /// The run that wrote it.
  package let run: String
  /// The operation, such as `CreateImageComponent`.
  package let operation: String
  /// The resource's address.
  package let address: Address
  /// What came of it; nil for an intent.
  package let outcome: String?
  /// The object's id, where it was known.
  package let id: String?
  /// Why it failed.
  package let reason: String?

  /// Reads the lines of a journal; a last line that a crash cut short is passed over.
  package static func read(_ bytes: [UInt8]) -> [JournalEntry] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let value = try? JSONValue(parsing: Array(line)),
        let address = value["address"]?.string.flatMap(Address.init),
        let operation = value["operation"]?.string
      else { return nil }
      return JournalEntry(
        time: value["time"]?.string ?? "", run: value["run"]?.string ?? "", operation: operation,
        address: address, outcome: value["outcome"]?.string, id: value["id"]?.string,
        reason: value["reason"]?.string)
    }
  }

  /// Ids of the objects that `entries` say were created and not deleted since, by address.
  package static func created(_ entries: [JournalEntry]) -> [Address: String] {
    var created: [Address: String] = [:]
    for entry in entries where entry.outcome == "done" {
      guard let id = entry.id else { continue }
      if entry.operation.hasPrefix("Create") { created[entry.address] = id }
      if entry.operation.hasPrefix("Delete"), created[entry.address] == id { created[entry.address] = nil }
    }
    return created
  }
}
