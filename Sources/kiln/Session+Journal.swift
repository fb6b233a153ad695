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
      onFailure: { console.say("warning: the journal can't be written: \($0)") })
  }

  /// Notes in the journal what earlier runs made without living to write it down.
  func noteFound(among observed: ObservedState, of stack: StackIdentity) {
    let found = JournalEntry.found(observed.owned, after: readJournal(of: stack))
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
  func readJournal() -> [JournalEntry] {
    (try? Disk.bytes(of: journalPath)).flatMap(\.self).map(JournalEntry.read) ?? []
  }

  /// What the journal of this project says about `stack` at its target.
  func readJournal(of stack: StackIdentity) -> [JournalEntry] {
    readJournal().filter { $0.stack == nil || $0.stack == stack.tagValue }
  }
}
