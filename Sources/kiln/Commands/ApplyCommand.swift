// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Planning
import Reconciliation
import Resources

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Show the plan, ask, and carry it out.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Don't ask; needed where no person sits at the terminal.")
  var autoApprove = false

  func run() async throws {
    try await planAndApply(
      project, connection, output, { planning.options(only: $0, destroys: false) },
      autoApprove: autoApprove)
  }
}

struct DestroyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "destroy", abstract: "Delete everything that the stack owns at the target.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Don't ask; needed where no person sits at the terminal.")
  var autoApprove = false

  func run() async throws {
    try await planAndApply(
      project, connection, output,
      { file in
        var options = PlanOptions()
        options.only = file
        options.destroys = true
        return options
      }, autoApprove: autoApprove)
  }
}

private func planAndApply(
  _ projectOptions: ProjectOptions, _ connection: ConnectionOptions, _ output: OutputOptions,
  _ planning: (_ only: Set<String>?) -> PlanOptions, autoApprove: Bool
) async throws {
  let session = Session(projectOptions, output)
  let (project, only) = try await session.load()
  let options = planning(only)
  try await session.withCloud(of: project.target, connection) { cloud in
    let observed = try await observe(project.desired, through: cloud)
    let plan = Plan(from: observed, to: project.desired, options: options)
    try session.show(plan)
    guard plan.hasChanges else { return }
    try session.confirm(plan, isApproved: autoApprove, destroys: options.destroys)
    try await session.carryOut(plan, through: cloud, width: connection.parallelism)
  }
}
