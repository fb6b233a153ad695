// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show what applies on this machine did, oldest first.",
    discussion: "It is read from the journal under .kiln and calls nobody.")

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
    for entry in session.readJournal() {
      guard let outcome = entry.outcome,
        address == nil || entry.address.description == address || entry.address.unversioned == address
      else { continue }
      let id = entry.id.map { " (\($0))" } ?? ""
      let reason = entry.reason.map { ": \($0)" } ?? ""
      session.console.write(
        "\(entry.time)  \(entry.operation) \(entry.address)\(id) \(outcome)\(reason)".withVisibleControls
          + "\n")
    }
  }
}
