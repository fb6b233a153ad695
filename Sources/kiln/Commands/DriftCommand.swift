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
    discussion: """
      Exits with 3 when there is drift, with 0 when there is none. That an object was deleted is known from the journal \
      of the machine that made it; elsewhere plan --detailed-exitcode tells that it is to be created.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var targets: TargetsOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try targets.check(project, connection) }

  func run() async throws {
    let session = Session(project, output)
    session.console.begin()
    let runs = try await session.runs(at: targets)
    try await session.conduct(runs, connection) { run, session in
      let desired = run.desired
      let created = JournalEntry.created(session.readJournal(of: desired.stack) ?? [])
      let (drift, neverSeen) = try await session.withCloud(of: run.target, connection) { cloud in
        let plan = Plan(from: try await observe(desired, through: cloud), to: desired)
        return (
          try await lookForDrift(in: plan, created: created, through: cloud), plan.neverSeen(beside: created)
        )
      }
      run.note { $0.drift = drift }
      session.tell(drift)
      if !neverSeen.isEmpty {
        let addresses = neverSeen.map(\.description).joined(separator: ", ")
        session.console.say(
          "Not there, and not in this machine's journal, so never made or deleted elsewhere: \(addresses).")
      }
      if !drift.isEmpty { throw Exit.drift }
    }
  }
}
