// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources

extension Session {
  /// Shows `plan` as text or events; ends the command when something bars it.
  func show(_ plan: Plan) async throws {
    if console.isJSON {
      for event in plan.events { console.write(event: event) }
    } else {
      console.write(shown: await plan.textOnAllCores(ink: console.outputInk))
    }
    try check(plan)
  }

  /// Tells what is said beside `plan`; ends the command when something bars it.
  func check(_ plan: Plan) throws {
    console.tell(
      plan.warnings + plan.refusals.map(\.diagnostic), source: ProjectFolder.source)
    guard !plan.isApplicable else { return }
    let isGuard = plan.refusals.allSatisfy { $0.cause == .guarded }
    throw isGuard ? Exit.guarded : Exit.error
  }

  /// Observes the target, plans, and asks what the plan takes for granted.
  ///
  /// - Parameters:
  ///   - past: What the journal says about the stack.
  ///   - planning: How the plan is looked into; nil where there is nothing to create.
  func plan(
    _ run: TargetRun, _ options: PlanOptions, after past: [JournalEntry], through cloud: ImageBuilder,
    _ planning: PlanningOptions?, _ connection: ConnectionOptions
  ) async throws -> (observed: ObservedState, plan: Plan) {
    let desired = run.desired
    let found = try await survey(desired, options: options, after: past, through: cloud)
    var plan = found.plan.hiding(run.secrets.values)
    if options.refreshesOnly {
      let drift = try await lookForDrift(
        in: Plan(from: found.observed, to: desired),
        created: JournalEntry.created(past), through: cloud)
      run.note { $0.drift = drift }
      tell(drift)
    }
    if let planning, planning.preflight != false, plan.isApplicable {
      let preflight = Preflight(
        for: plan, of: desired, regionID: connection.region ?? run.target.region)
      plan = plan.adding(
        preflight.diagnostics(
          await preflight.ask(through: cloud, width: connection.parallelism),
          areBinding: planning.preflight == true))
    }
    let made = plan
    run.note { $0.plan = made }
    return (found.observed, plan)
  }

  /// Shows the calls that carrying `plan` out would send; ends the command when something bars it.
  ///
  /// - Parameter past: What the journal says about the stack.
  func showRequests(of plan: Plan, after past: [JournalEntry], regionID: String) throws {
    let refused = Set(past.compactMap(\.refusedToken))
    let requests = plan.isApplicable ? plan.requests(regionID: regionID, refusedTokens: refused) : []
    if console.isJSON {
      console.begin()
      for request in requests { console.write(event: request.event(regionID: regionID)) }
    } else {
      let count = requests.count == 1 ? "1 call" : "\(requests.count) calls"
      console.write(
        requests.isEmpty ? "# Nothing would be sent.\n" : "# \(count), in this order.\n")
      for request in requests {
        console.write("\n# \(request.address)\n\(shown: request.text(regionID: regionID))")
      }
    }
    try check(plan)
  }

  /// Ends the command when a part of the stack is to be destroyed, as a selection never deletes anything, or when something
  /// is to be replaced that the selection leaves out.
  func checkScope(of options: PlanOptions) throws {
    if let only = options.only, let left = options.replace.subtracting(only).min() {
      console.complain(
        "--replace \(left) names what the selection leaves as it is", hint: "add --only \(left)")
      throw Exit.usage
    }
    guard options.destroys, options.only != nil else { return }
    console.complain(
      "only a whole stack can be destroyed", hint: "to delete a part, take it out of the manifests and apply")
    throw Exit.usage
  }
}
