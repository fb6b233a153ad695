// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources

struct DriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift", abstract: "Show what was changed outside the manifests.",
    discussion: "Exits with 3 when there is drift, with 0 when there is none.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let session = Session(project, output)
    let (project, _) = try await session.load()
    let observed = try await session.withCloud(of: project.target, connection) { cloud in
      try await observe(project.desired, through: cloud)
    }
    let plan = Plan(from: observed, to: project.desired)
    let drift = plan.drift(created: JournalEntry.created(session.readJournal()))
    let console = session.console
    if output.json {
      console.write(event: session.versionEvent)
      for finding in drift { console.write(event: finding.event) }
    } else if drift.isEmpty {
      console.write("No drift. What Kiln made is as Kiln made it.\n")
    } else {
      console.write("Changed outside the manifests:\n")
      for finding in drift {
        console.write("  \(finding.address) (\(finding.id)) \(finding.description)\n".withVisibleControls)
      }
      console.write("\nDrift: \(drift.count) found. kiln plan shows what would mend it.\n")
    }
    if !drift.isEmpty { throw Exit.drift }
  }
}

extension Drift {
  fileprivate var event: JSONValue {
    [
      "@level": "info", "@message": .string("\(address): \(description)"), "@module": "kiln.ui",
      "type": "resource_drift",
      "change": [
        "resource": address.eventResource, "id": .string(id), "description": .string(description),
      ],
    ]
  }
}
