// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show what applies on this machine did, oldest first.",
    discussion: """
      It is read from the journal under .kiln and calls nobody. With an address it ends with the versions that stood, \
      and when.
      """)

  @Argument(help: "Only this address, such as component/nginx or pipeline/web.")
  var address: String?

  @Option(help: ArgumentHelp("Folder of manifests.", valueName: "folder"), completion: .directory)
  var project: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let address, Address(address) == nil {
      throw ValidationError("\(address) is not an address like component/nginx or pipeline/web")
    }
  }

  func run() throws {
    let session = Session(folder: project, output)
    let console = session.console
    console.begin()
    let all: [JournalEntry]
    var unread: [Int] = []
    do {
      all = try session.readJournal { unread.append($0) }
    } catch {
      console.complain("the journal can't be read: \(error)")
      throw Exit.error
    }
    if !unread.isEmpty {
      let lines = unread.count == 1 ? "line \(unread[0])" : "lines \(HistoryCommand.list(unread))"
      console.warn("\(lines) of \(session.journalPath) can't be read")
    }
    let entries = JournalEntry.told(all).filter { isMeant($0.address) }
    let standings = JournalEntry.standings(all).filter { isMeant($0.address) }
    if console.isJSON {
      for entry in entries { console.write(event: entry.event) }
      for standing in standings { console.write(event: standing.event) }
      return
    }
    guard !entries.isEmpty else {
      console.say("The journal in \(session.stateFolder) tells nothing\(address.map { " of \($0)" } ?? "").")
      return
    }
    for entry in entries { console.write("\(entry.line)\n") }
    guard address != nil else { return }
    if !standings.isEmpty { console.write("\nWhat stood when:\n") }
    for standing in standings { console.write("  \(standing.line)\n") }
  }

  /// The numbers as a sentence lists them, no more than people read.
  private static func list(_ numbers: [Int]) -> String {
    let shown = numbers.prefix(10).map(String.init)
    return (numbers.count > 10 ? shown + ["\(numbers.count - 10) more"] : shown).inWords
  }

  private func isMeant(_ other: Address) -> Bool {
    address == nil || other.description == address || other.unversioned == address
  }
}

extension Standing {
  fileprivate var line: String {
    let times = until.map { "from \(since) to \($0)" } ?? "since \(since)"
    return "\(version ?? "no version")  \(id)  \(times)"
  }

  fileprivate var event: JSONValue {
    var members: [String: JSONValue] = [
      "resource": address.eventResource, "id": .string(id), "since": .string(since),
    ]
    members["version"] = version.map(JSONValue.string)
    members["until"] = until.map(JSONValue.string)
    return EventType.standing.event("\(address): \(line)", ["standing": .object(members)])
  }
}

extension JournalEntry {
  private var outcomeText: String { outcome ?? "was sent, and what came of it is not known" }

  fileprivate var line: String {
    let id = id.map { " (\($0))" } ?? ""
    let reason = reason.map { ": \($0)" } ?? ""
    return "\(time)  \(operation) \(address)\(id) \(outcomeText)\(reason)"
  }

  fileprivate var event: JSONValue {
    var members: [String: JSONValue] = [
      "resource": address.eventResource, "operation": .string(operation), "time": .string(time),
      "run": .string(run), "outcome": .string(outcome ?? "unknown"),
    ]
    members["id"] = id.map(JSONValue.string)
    members["reason"] = reason.map(JSONValue.string)
    members["version"] = version.map(JSONValue.string)
    return EventType.journalEntry.event(
      "\(operation) \(address): \(outcomeText)", ["entry": .object(members)])
  }
}
