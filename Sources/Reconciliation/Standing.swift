// SPDX-License-Identifier: Apache-2.0

package import Resources

/// How long an object stood, as a journal tells it.
package struct Standing: Hashable, Sendable {
  /// The object's address, with a component's version.
  package let address: Address
  /// Its id.
  package let id: String
  /// The version that stood: a component's own, a pipeline's as its manifest gave it.
  package let version: String?
  /// Since when: UTC, ISO 8601.
  package let since: String
  /// Until when; nil where nothing tells of its end.
  package var until: String?
}

extension JournalEntry {
  /// Whether the entry tells that an object came to be the stack's.
  var begins: Bool {
    outcome == "done"
      && (operation.hasPrefix("Create") || operation == "Adopt" || operation == JournalEntry.finding)
  }

  /// Whether the entry tells that tags of an object changed, the version of a pipeline or the address perhaps among them.
  var changesInPlace: Bool { outcome == "done" && operation == "update" }

  /// Whether the entry tells that an object ceased to be the stack's.
  var ends: Bool {
    outcome == JournalEntry.vanished
      || outcome == "done" && (operation.hasPrefix("Delete") || operation == "Forget")
  }

  /// What stood when, the earliest first; an object that was made twice by replays is told once.
  ///
  /// `entries` are those of all addresses, as an object may have moved from one to another.
  package static func standings(_ entries: [JournalEntry]) -> [Standing] {
    var standings: [Standing] = []
    var open: [String: Int] = [:]
    func begin(_ id: String, _ entry: JournalEntry, version: String?) {
      open[id] = standings.count
      standings.append(Standing(address: entry.address, id: id, version: version, since: entry.time))
    }
    for entry in entries {
      guard let id = entry.id else { continue }
      let version = entry.address.version?.description ?? entry.version
      if entry.begins, open[id] == nil {
        begin(id, entry, version: version)
      } else if entry.ends, let index = open.removeValue(forKey: id) {
        standings[index].until = entry.time
      } else if entry.changesInPlace, let index = open[id] {
        let last = standings[index]
        guard last.address != entry.address || version.map({ $0 != last.version }) ?? false else { continue }
        standings[index].until = entry.time
        begin(id, entry, version: version ?? last.version)
      }
    }
    return standings
  }
}
