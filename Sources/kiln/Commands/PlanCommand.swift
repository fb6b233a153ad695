// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Planning
import Reconciliation
import Resources

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what apply would do.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Exit with 2 when there are changes.")
  var detailedExitcode = false

  @Flag(help: "Plan the deletion of everything that the stack owns.")
  var destroy = false

  @Option(help: ArgumentHelp("Save the plan for kiln apply.", valueName: "file"), completion: .file())
  var out: String?

  @Option(help: ArgumentHelp("How long the saved plan holds: 30m, 12h, 7d.", valueName: "duration"))
  var expires: DurationText?

  func run() async throws {
    let session = Session(project, output)
    let (project, only) = try await session.load(Linting(.errors))
    let options = planning.options(only: only, destroys: destroy)
    try session.checkScope(of: options)
    let found = try await session.withCloud(of: project.target, connection) { cloud in
      try await survey(project.desired, options: options, through: cloud)
    }
    let plan = found.plan
    try session.show(plan)
    if let out {
      try session.save(
        plan, found.observed, of: project, connection, to: out, expiresIn: expires?.duration)
    }
    if detailedExitcode, plan.hasChanges { throw Exit.changes }
  }
}

extension PlanningOptions {
  func options(only file: Set<String>?, destroys: Bool) -> PlanOptions {
    var options = PlanOptions()
    if !only.isEmpty || file != nil { options.only = Set(only).union(file ?? []) }
    options.destroys = destroys
    options.replace = Set(replace)
    options.maxDeletes = maxDeletes
    options.waitsForExecutions = waitExecutions != nil
    return options
  }
}
