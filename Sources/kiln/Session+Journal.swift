// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import FoundationEssentials
import Reconciliation
import SystemPackage

extension Session {
  private var journalPath: String { "\(stateFolder)/journal.jsonl" }

  /// The journal of this project, to write to.
  func openJournal() throws -> Journal {
    try prepareStateFolder()
    let console = console
    let now = world.time.now
    let path = FilePath(journalPath)
    return Journal(
      run: "\(now().iso8601)-\(ProcessInfo.processInfo.processIdentifier)", now: { now().iso8601 },
      append: { line in
        let file = try FileDescriptor.open(
          path, .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(line) }
      },
      onFailure: { console.say("warning: the journal can't be written: \($0)") })
  }

  /// What the journal of this project says; nothing where there is none.
  func readJournal() -> [JournalEntry] {
    guard let data = try? Data(contentsOf: URL(filePath: journalPath)) else { return [] }
    return JournalEntry.read([UInt8](data))
  }
}
