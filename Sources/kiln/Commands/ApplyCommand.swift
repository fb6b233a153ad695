// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Planning
import Reconciliation
import Resources

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Show the plan, ask, and carry it out; or carry out a saved plan.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp("Carry out only such actions: create, update, replace, delete.", valueName: "actions"))
  var allow: String?

  func run() async throws {
    let session = Session(project, output)
    let allowed = try allowedActions
    if let file = project.folder,
      let saved = try SavedPlan.read(file, console: session.console, values: try session.givenValues)
    {
      let session = Session(project, output, folder: saved.binding.folder)
      try await session.apply(
        saved, connection, lockTimeout: applying.lockTimeout.duration,
        executionPatience: planning.waitExecutions?.duration, allowed: allowed)
      return
    }
    try await session.planAndApply(
      connection, applying, allowed: allowed, executionPatience: planning.waitExecutions?.duration,
      reason: "apply", { planning.options(only: $0, destroys: false) })
  }

  private var allowedActions: Set<Action>? {
    get throws {
      guard let allow else { return nil }
      return Set(
        try allow.split(separator: ",").map { word in
          guard let action = Action(rawValue: String(word)), action != .nothing else {
            throw ValidationError("--allow takes create, update, replace and delete, with commas between")
          }
          return action
        })
    }
  }
}

struct DestroyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "destroy", abstract: "Delete everything that the stack owns at the target.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "How long to wait for an execution to end before its pipeline is deleted; else that is put off.",
      valueName: "duration"))
  var waitExecutions: DurationText?

  func run() async throws {
    try await Session(project, output).planAndApply(
      connection, applying, allowed: nil, executionPatience: waitExecutions?.duration, reason: "destroy"
    ) {
      var options = PlanOptions()
      options.only = $0
      options.destroys = true
      options.waitsForExecutions = waitExecutions != nil
      return options
    }
  }
}

/// How changes are agreed to.
struct ApplyingOptions: ParsableArguments {
  @Flag(help: "Don't ask; needed where no person sits at the terminal.")
  var autoApprove = false

  @Option(help: ArgumentHelp("How long to wait for another apply of this machine.", valueName: "duration"))
  var lockTimeout = DurationText(.zero)
}

extension Session {
  fileprivate func planAndApply(
    _ connection: ConnectionOptions, _ applying: ApplyingOptions, allowed: Set<Action>?,
    executionPatience: Duration?, reason: String,
    _ planning: (_ only: Set<String>?) -> PlanOptions
  ) async throws {
    let (project, only) = try await load(Linting(.errors))
    let options = planning(only)
    try checkScope(of: options)
    try await withCloud(of: project.target, connection, lockTimeout: applying.lockTimeout.duration) { cloud in
      try await withLock(
        on: project.desired.stack, reason: reason, timeout: applying.lockTimeout.duration
      ) {
        let plan = try await survey(project.desired, options: options, through: cloud).plan
        try show(plan)
        try check(plan, against: allowed)
        guard plan.hasChanges else { return }
        try confirm(plan, isApproved: applying.autoApprove, destroys: options.destroys)
        try await carryOut(
          plan, through: cloud, width: connection.parallelism, executionPatience: executionPatience)
      }
    }
  }
}
