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
    let entries = session.readJournal().filter { entry in
      address == nil || entry.address.description == address || entry.address.unversioned == address
    }
    let console = session.console
    if console.isJSON {
      console.write(event: session.versionEvent)
      for entry in entries where entry.outcome != nil { console.write(event: entry.event) }
      for standing in JournalEntry.standings(entries) { console.write(event: standing.event) }
      return
    }
    for entry in entries {
      guard let outcome = entry.outcome else { continue }
      let id = entry.id.map { " (\($0))" } ?? ""
      let reason = entry.reason.map { ": \($0)" } ?? ""
      console.write("\(entry.time)  \(entry.operation) \(entry.address)\(id) \(outcome)\(reason)\n")
    }
    guard address != nil else { return }
    let standings = JournalEntry.standings(entries)
    if !standings.isEmpty { console.write("\nWhat stood when:\n") }
    for standing in standings { console.write("  \(standing.line)\n") }
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
    return [
      "@level": "info", "@message": .string("\(address): \(line)"), "@module": "kiln.ui", "type": "standing",
      "standing": .object(members),
    ]
  }
}

extension JournalEntry {
  fileprivate var event: JSONValue {
    var members: [String: JSONValue] = [
      "resource": address.eventResource, "operation": .string(operation), "time": .string(time),
      "run": .string(run), "outcome": .string(outcome ?? ""),
    ]
    members["id"] = id.map(JSONValue.string)
    members["reason"] = reason.map(JSONValue.string)
    members["version"] = version.map(JSONValue.string)
    return [
      "@level": "info", "@message": .string("\(operation) \(address): \(outcome ?? "")"),
      "@module": "kiln.ui", "type": "journal_entry", "entry": .object(members),
    ]
  }
}
