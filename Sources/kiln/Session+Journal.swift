// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Reconciliation
import Resources
import Synchronization
import SystemPackage

extension Session {
  /// Where the journal is.
  var journalPath: String { "\(stateFolder)/journal.jsonl" }

  /// The journal of this project, to write to about `stack`.
  func openJournal(of stack: StackIdentity) -> Journal {
    let console = console
    let now = world.time.now
    let path = FilePath(journalPath)
    // A line that a full disk or a kill cut short must not swallow the next.
    let isAmidLine = Mutex(Disk.lastByte(of: journalPath).map { $0 != UInt8(ascii: "\n") } ?? false)
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
  ///
  /// - Parameter past: What the journal says so far; nil where it can't be read: then everything would be news.
  /// - Returns: What it says with that.
  func noteFound(
    among observed: ObservedState, of stack: StackIdentity, after past: [JournalEntry]?
  ) -> [JournalEntry] {
    guard let past else { return [] }
    let found = JournalEntry.found(observed.owned, after: past)
    guard !found.isEmpty else { return past }
    let journal = openJournal(of: stack)
    for entry in found { journal.record(found: entry) }
    return past + found
  }

  /// What the journal of this project says, of all targets; nothing where there is none.
  ///
  /// - Parameter passedOver: Is given the number of each line that can't be read.
  func readJournal(passedOver: (_ line: Int) -> Void = { _ in }) throws(DiskFailure) -> [JournalEntry] {
    guard Disk.exists(journalPath) else { return [] }
    return JournalEntry.read(try Disk.contents(of: journalPath), passedOver: passedOver)
  }

  /// What the journal of this project says about `stack` at its target; nil where it can't be read, which is told.
  func readJournal(of stack: StackIdentity) -> [JournalEntry]? {
    do {
      return try readJournal().filter { $0.stack == nil || $0.stack == stack.tagValue }
    } catch {
      console.warn("the journal can't be read: \(error)")
      return nil
    }
  }
}
