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
  @OptionGroup var targets: TargetsOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var reports: ReportOptions

  @Flag(help: "Exit with 2 when there are changes.")
  var detailedExitcode = false

  @Flag(help: "Plan the deletion of everything that the stack owns.")
  var destroy = false

  @Flag(help: "Show the API calls that apply would send, in order, instead of the plan.")
  var requests = false

  @Option(help: ArgumentHelp("Save the plan for kiln apply.", valueName: "file"), completion: .file())
  var out: String?

  @Option(help: ArgumentHelp("How long the saved plan holds: 30m, 12h, 7d.", valueName: "duration"))
  var expires: DurationText?

  func validate() throws {
    try targets.check(project, connection)
    try refuseDash(out, as: "--out", whichWrites: "the plan")
    guard out == nil || !targets.allTargets else {
      throw ValidationError("--out saves the plan of one target: use --target instead of --all-targets")
    }
    guard expires == nil || out != nil else { throw ValidationError("--expires is about the file of --out") }
    guard expires.map({ $0.duration > .zero }) ?? true else {
      throw ValidationError("--expires 0 leaves no time to apply the plan")
    }
    guard !destroy || (planning.replace.isEmpty && planning.except.isEmpty && !planning.refreshOnly) else {
      throw ValidationError(
        "--destroy is about the whole stack: not with --except, --replace or --refresh-only")
    }
    guard !destroy || planning.preflight != true else {
      throw ValidationError("--destroy creates nothing that --preflight could ask about")
    }
  }

  func run() async throws {
    let session = Session(project, output)
    try session.checkWritable(plan: out, reports: reports.markdown)
    let runs = try await session.runs(at: targets, Linting(.errors))
    for run in runs.each { try session.checkScope(of: planning.options(only: run.only, destroys: destroy)) }
    try await session.conduct(
      runs, connection,
      finish: { try session.writeMarkdown($0, about: .plan, to: reports.markdown) },
      { run, session in try await plan(run, session) })
  }

  private func plan(_ run: TargetRun, _ session: Session) async throws {
    let options = planning.options(only: run.only, destroys: destroy)
    let past = session.readJournal(of: run.desired.stack) ?? []
    let (observed, plan, account) = try await session.withCloud(of: run.target, connection) { cloud in
      let (observed, plan) = try await session.plan(
        run, options, after: past, through: cloud, planning, connection)
      return (observed, plan, out == nil ? nil : await session.accountToBind(through: cloud))
    }
    if requests {
      try session.showRequests(of: plan, after: past, regionID: connection.region ?? run.target.region)
    } else {
      try await session.show(plan)
    }
    if let out {
      try session.save(
        plan, observed, of: run, account: account, connection, to: out, expiresIn: expires?.duration)
    }
    guard detailedExitcode else { return }
    if run.record.drift?.isEmpty == false { throw Exit.drift }
    if plan.hasChanges { throw Exit.changes }
  }
}

extension PlanningOptions {
  func options(only file: Set<String>?, destroys: Bool) -> PlanOptions {
    var options = PlanOptions()
    if !only.isEmpty || file != nil { options.only = Set(only).union(file ?? []) }
    options.except = Set(except)
    options.refreshesOnly = refreshOnly
    options.destroys = destroys
    options.replace = Set(replace)
    options.maxDeletes = maxDeletes
    options.waitsForExecutions = executions.patience != nil
    return options
  }
}
