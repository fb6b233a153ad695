// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Reconciliation
import Resources
import Synchronization
import SystemPackage

extension Session {
  private var journalPath: String { "\(stateFolder)/journal.jsonl" }

  /// The journal of this project, to write to about `stack`.
  func openJournal(of stack: StackIdentity) -> Journal {
    let console = console
    let now = world.time.now
    let path = FilePath(journalPath)
    // A line that a full disk or a kill cut short must not swallow the next.
    let isAmidLine = Mutex(
      (try? Disk.bytes(of: journalPath))?.flatMap(\.last).map { $0 != UInt8(ascii: "\n") } ?? false)
    return Journal(
      run: "\(now().iso8601)-\(world.processID)", stack: stack.tagValue, now: { now().iso8601 },
      append: { line in
        try isAmidLine.withLock { isAmidLine in
          let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
          let lineEnd = isAmidLine ? [UInt8(ascii: "\n")] : []
          isAmidLine = true
          try file.closeAfter { _ = try file.writeAll(lineEnd + line) }
          isAmidLine = false
        }
      },
      onFailure: { console.warn("the journal can't be written: \($0)") })
  }

  /// Notes in the journal what earlier runs made without living to write it down.
  func noteFound(among observed: ObservedState, of stack: StackIdentity) {
    // After one that can't be read everything would be news.
    guard let past = try? journalEntries(of: stack) else { return }
    let found = JournalEntry.found(observed.owned, after: past)
    guard !found.isEmpty else { return }
    let journal = openJournal(of: stack)
    for object in found {
      guard let address = object.address else { continue }
      var details: [String: JSONValue] = ["id": .string(object.id)]
      details["version"] = object.resource.tags[OwnershipTags.versionKey].map(JSONValue.string)
      journal.record("Find", address, outcome: "done", details)
    }
  }

  /// What the journal of this project says, of all targets; nothing where there is none.
  func readJournal() throws(DiskFailure) -> [JournalEntry] {
    Disk.exists(journalPath) ? JournalEntry.read(try Disk.contents(of: journalPath)) : []
  }

  /// What the journal of this project says about `stack` at its target; nothing where it can't be read, which is told.
  func readJournal(of stack: StackIdentity) -> [JournalEntry] {
    do {
      return try journalEntries(of: stack)
    } catch {
      console.warn("the journal can't be read: \(error)")
      return []
    }
  }

  private func journalEntries(of stack: StackIdentity) throws(DiskFailure) -> [JournalEntry] {
    try readJournal().filter { $0.stack == nil || $0.stack == stack.tagValue }
  }
}
