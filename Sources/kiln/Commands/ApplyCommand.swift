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
  @OptionGroup var targets: TargetsOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var reports: ReportOptions

  @Option(
    help: ArgumentHelp("Write a test report in JUnit's XML, a case a step.", valueName: "file"),
    completion: .file())
  var junit: String?

  @Option(
    help: ArgumentHelp("Carry out only such actions: create, update, replace, delete.", valueName: "actions"))
  var allow: String?

  func validate() throws {
    try targets.check(project, connection)
    try refuseDash(junit, as: "--junit", whichWrites: "a report")
    _ = try allowedActions
  }

  func run() async throws {
    let session = Session(project, output)
    try session.checkWritable(reports: reports.markdown, junit)
    let allowed = try allowedActions
    if let file = project.folder,
      let saved = try SavedPlan.read(file, console: session.console, values: try session.givenValues)
    {
      try refuseWishes(about: file, session)
      let session = Session(project, output, folder: saved.binding.folder)
      try await session.apply(
        saved, connection, lockTimeout: applying.lockTimeout.duration,
        executionPatience: planning.executions.patience,
        allowed: allowed, maxDeletes: planning.maxDeletes, finish: { try finish($0, session) })
      return
    }
    let order = ApplyOrder(
      purpose: .apply, planning: planning, allowed: allowed, executionPatience: planning.executions.patience
    ) { planning.options(only: $0, destroys: false) }
    try await session.planAndApply(
      try await session.runs(at: targets, Linting(.errors)), order, connection, applying,
      finish: { try finish($0, session) })
  }

  private func finish(_ runs: TargetRuns, _ session: Session) throws {
    let comment = Result { try session.writeMarkdown(runs, about: .apply, to: reports.markdown) }
    try session.writeJUnit(runs, to: junit)
    try comment.get()
  }

  /// A saved plan is carried out as it is: what would have shaped it comes too late.
  private func refuseWishes(about file: String, _ session: Session) throws {
    let wishes: [(String, Bool)] = [
      ("--all-targets", targets.allTargets), ("--target", project.target != nil),
      ("--only", !planning.only.isEmpty), ("--except", !planning.except.isEmpty),
      ("--replace", !planning.replace.isEmpty), ("--refresh-only", planning.refreshOnly),
      ("--preflight", planning.preflight == true), ("--no-preflight", planning.preflight == false),
    ]
    let given = wishes.filter(\.1).map(\.0)
    guard !given.isEmpty else { return }
    session.console.complain(
      "\(file) is a saved plan and is carried out as it is: \(given.joined(separator: ", ")) can't change it",
      hint: "give \(given.count == 1 ? "it" : "them") to kiln plan")
    throw Exit.usage
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

  @OptionGroup var executions: ExecutionOptions

  @Option(help: ArgumentHelp("How many objects may go. Default: any number.", valueName: "n"))
  var maxDeletes: Int?

  func validate() throws { try checkLimit(of: maxDeletes) }

  func run() async throws {
    let order = ApplyOrder(
      purpose: .destroy, planning: nil, allowed: nil, executionPatience: executions.patience
    ) {
      var options = PlanOptions()
      options.only = $0
      options.destroys = true
      options.maxDeletes = maxDeletes
      options.waitsForExecutions = executions.patience != nil
      return options
    }
    let session = Session(project, output)
    try await session.planAndApply(
      .one(try await session.run(Linting(.errors))), order, connection, applying)
  }
}

/// How changes are agreed to.
struct ApplyingOptions: ParsableArguments {
  @Flag(help: "Don't ask; needed where no person sits at the terminal.")
  var autoApprove = false

  @Option(help: ArgumentHelp("How long to wait for another apply of this machine.", valueName: "duration"))
  var lockTimeout = DurationText(.zero)
}
