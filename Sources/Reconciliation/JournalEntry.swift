// SPDX-License-Identifier: Apache-2.0

package import CloudAPI
import JSONSyntax
package import Resources

/// One line of a journal.
package struct JournalEntry: Sendable {
  /// When it was written: UTC, ISO 8601.
  package let time: String
  /// The run that wrote it.
  package let run: String
  /// The stack and target that it is about; nil in lines of earlier versions, which may be about any.
  package let stack: String?
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
  /// The token that the service refused for good.
  package let refusedToken: String?
  /// The version that a pipeline's manifest gave it.
  package let version: String?

  /// Reads the lines of a journal; those that can't be read, as one that a crash cut short, are passed over.
  ///
  /// - Parameter passedOver: Is given the number of each line that can't be read, the first line being 1.
  package static func read(
    _ bytes: [UInt8], passedOver: (_ line: Int) -> Void = { _ in }
  ) -> [JournalEntry] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      guard !line.isEmpty else { return nil }
      guard let value = try? JSONValue(parsing: Array(line)),
        let address = value["address"]?.string.flatMap(Address.init),
        let operation = value["operation"]?.string
      else {
        passedOver(index + 1)
        return nil
      }
      return JournalEntry(
        time: value["time"]?.string ?? "", run: value["run"]?.string ?? "",
        stack: value["stack"]?.string, operation: operation,
        address: address, outcome: value["outcome"]?.string, id: value["id"]?.string,
        reason: value["reason"]?.string, refusedToken: value["refused_token"]?.string,
        version: value["version"]?.string)
    }
  }

  /// The outcomes, and those intents of which no outcome was written because the run ended first.
  package static func told(_ entries: [JournalEntry]) -> [JournalEntry] {
    struct Subject: Hashable {
      let run: String
      let stack: String?
      let address: Address
    }
    func subject(_ entry: JournalEntry) -> Subject {
      Subject(run: entry.run, stack: entry.stack, address: entry.address)
    }
    var lastOutcome: [Subject: Int] = [:]
    for (index, entry) in entries.enumerated() where entry.outcome != nil {
      lastOutcome[subject(entry)] = index
    }
    return entries.enumerated().filter { index, entry in
      entry.outcome != nil || lastOutcome[subject(entry), default: -1] < index
    }.map(\.element)
  }

  /// The creations whose outcome `entries` do not tell, and which `owned` shows to have come about, as entries.
  package static func found(_ owned: [ObservedResource], after entries: [JournalEntry]) -> [JournalEntry] {
    let sought = Set(
      told(entries).filter { $0.outcome == nil && $0.operation.hasPrefix("Create") }.map(\.address))
    guard !sought.isEmpty else { return [] }
    let known = Set(entries.compactMap(\.id))
    return owned.compactMap { object in
      guard let address = object.address, sought.contains(address), !known.contains(object.id) else {
        return nil
      }
      return JournalEntry(
        time: "", run: "", stack: nil, operation: JournalEntry.finding, address: address, outcome: "done",
        id: object.id, reason: nil, refusedToken: nil,
        version: object.resource.tags[OwnershipTags.versionKey])
    }
  }

  /// The operation by which an object was seen of which no outcome of a creation tells.
  static let finding = "Find"

  /// The outcome of a create call of which the object could not be found.
  static let vanished = "vanished"

  /// The outcome of a deletion that must wait.
  static let deferred = "deferred"

  /// The outcome of a call of which the service does not know the type of resource that it is about.
  static let unsupported = "unsupported"

  /// The operations that the service has refused for all pipelines that exist.
  package static func unsupportedForPipelines(_ entries: [JournalEntry]) -> Set<String> {
    Set(entries.lazy.filter { $0.outcome == unsupported && $0.address.kind == .pipeline }.map(\.operation))
  }

  /// Why deletions were last refused for a use that lists may not show, by the object's id.
  package static func refusedDeletions(_ entries: [JournalEntry]) -> [String: String] {
    var refused: [String: String] = [:]
    for entry in entries where entry.outcome != nil && entry.operation.hasPrefix("Delete") {
      guard let id = entry.id else { continue }
      refused[id] = entry.outcome == deferred ? entry.reason : nil
    }
    return refused
  }

  /// Ids of the objects that the service gave to `entries`' own creations.
  package static func made(_ entries: [JournalEntry]) -> Set<String> {
    Set(
      entries.lazy.filter { $0.outcome == "done" && $0.operation.hasPrefix("Create") }.compactMap(\.id))
  }

  /// Ids of the objects that `entries` say were deleted, or are gone all the same.
  package static func deleted(_ entries: [JournalEntry]) -> Set<String> {
    Set(
      entries.filter { entry in
        entry.outcome == vanished || entry.outcome == "done" && entry.operation.hasPrefix("Delete")
      }.compactMap(\.id))
  }

  /// Ids of the objects that `entries` say came to be before `time`.
  package static func begun(before time: UTCTime, _ entries: [JournalEntry]) -> Set<String> {
    Set(
      entries.filter { entry in
        entry.begins && UTCTime(iso8601: entry.time).map { $0 < time } ?? false
      }.compactMap(\.id))
  }

  /// Addresses of which `entries` say that the stack's last object is gone.
  package static func vacated(_ entries: [JournalEntry]) -> Set<Address> {
    var vacated = Set<Address>()
    var live: [Address: Set<String>] = [:]
    for entry in entries {
      guard let id = entry.id else { continue }
      if entry.begins {
        live[entry.address, default: []].insert(id)
        vacated.remove(entry.address)
      } else if entry.ends {
        live[entry.address]?.remove(id)
        if live[entry.address]?.isEmpty ?? true { vacated.insert(entry.address) }
      }
    }
    return vacated
  }

  /// Ids of the objects that `entries` say came to be the stack's and still are, by address.
  package static func created(_ entries: [JournalEntry]) -> [Address: String] {
    var created: [Address: String] = [:]
    for entry in entries {
      guard let id = entry.id else { continue }
      if entry.begins { created[entry.address] = id }
      if entry.ends, created[entry.address] == id { created[entry.address] = nil }
    }
    return created
  }
}
