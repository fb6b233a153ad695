// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Reconciliation
import Resources
import SystemPackage

extension Session {
  private var journalPath: String { "\(stateFolder)/journal.jsonl" }

  /// The journal of this project, to write to about `stack`.
  func openJournal(of stack: StackIdentity) throws -> Journal {
    try prepareStateFolder()
    let console = console
    let now = world.time.now
    let path = FilePath(journalPath)
    return Journal(
      run: "\(now().iso8601)-\(world.processID)", stack: stack.tagValue, now: { now().iso8601 },
      append: { line in
        let file = try FileDescriptor.open(
          path, .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(line) }
      },
      onFailure: { console.say("warning: the journal can't be written: \($0)") })
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
