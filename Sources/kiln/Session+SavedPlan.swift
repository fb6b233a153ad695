// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import JSONSyntax
import Manifests
import Planning
import Reconciliation
import Resources

extension Session {
  /// The account that a saved plan is bound to: the credentials' own, where the service tells it.
  func accountToBind(through cloud: ImageBuilder) async -> String? {
    do {
      return try await cloud.account()
    } catch {
      console.say("The plan is bound to no account: nothing told whose the credentials are.")
      return nil
    }
  }

  /// Writes `plan`, made for `account`, to `path`, whole or not at all.
  func save(
    _ plan: Plan, _ observed: ObservedState, of run: TargetRun, account: String?,
    _ connection: ConnectionOptions, to path: String, expiresIn lifetime: Duration?
  ) throws {
    let now = world.time.now()
    let binding = SavedPlan.Binding(
      account: account, profile: connection.profile ?? run.target.profile,
      network: run.target.network, regionID: connection.region ?? run.target.region,
      endpoint: endpointText(of: run.target, connection), folder: folder.path, createdAt: now.iso8601,
      expiresAt: lifetime.map { (now + $0).iso8601 }, kilnVersion: VersionCommand.version)
    let saved = SavedPlan(
      plan, binding: binding,
      lookedUp: NamesToLookUp(desired: run.desired, owned: observed.owned), observed: observed)
    do {
      let json = try saved.json(hiding: run.secrets)
      try Disk.write(json.encoded(pretty: true) + [UInt8(ascii: "\n")], to: path)
    } catch let failure as SavedPlanFailure {
      console.complain(
        "the plan can't be saved: \(failure)",
        hint: "apply without --out, or keep the value where the build fetches it itself")
      throw Exit.error
    } catch {
      console.complain("the plan can't be written to \(path): \(error)")
      throw Exit.error
    }
    console.say("The plan is in \(path); kiln apply \(path) carries out this and nothing else.")
  }
}

extension SavedPlan {
  /// Reads the plan in the file at `path`; nil when the file is something else, such as a manifest.
  ///
  /// - Parameter values: Gives the sensitive values, which the file does not hold; nil where the plan is only shown.
  static func read(
    _ path: String, console: Console, values: ((String) -> String?)? = nil
  ) throws -> SavedPlan? {
    guard let json = json(in: path) else { return nil }
    do {
      guard let values else { return try SavedPlan(json: json) }
      return try SavedPlan(json: try revealed(json, values))
    } catch {
      console.complain("\(path) can't be used as a plan: \(error)")
      throw Exit.error
    }
  }

  /// Whether the file at `path` looks like a plan.
  static func isIn(_ path: String) -> Bool { json(in: path) != nil }

  private static func json(in path: String) -> JSONValue? {
    guard let bytes = try? Disk.bytes(of: path), let json = try? JSONValue(parsing: bytes),
      json["format_version"] != nil, json["kiln_version"] != nil
    else { return nil }
    return json
  }
}

extension Session {
  /// Carries out exactly what `saved` says, unless the world has moved since.
  func apply(
    _ saved: SavedPlan, _ connection: ConnectionOptions, lockTimeout: Duration, executionPatience: Duration?,
    allowed: Set<Action>?, maxDeletes: Int?,
    finish: @Sendable (TargetRuns) throws -> Void
  ) async throws {
    let binding = saved.binding
    let target = Target(
      saved.plan.stack.target, region: binding.regionID, endpoint: binding.endpoint,
      profile: binding.profile, accountID: binding.account, network: binding.network)
    let run = TargetRun(session: self, target: target, stack: saved.plan.stack)
    let plan = maxDeletes.map(saved.plan.deleting) ?? saved.plan
    run.note { $0.plan = plan }
    try await conduct(.one(run), connection, finish: finish) { run, session in
      try session.check(binding, connection)
      try session.check(plan)
      try session.check(plan, against: allowed)
      try await session.withCloud(of: target, connection, lockTimeout: lockTimeout) { cloud in
        try await session.withLock(
          on: saved.plan.stack, reason: "apply of a saved plan", timeout: lockTimeout
        ) {
          try await session.carryOut(
            saved, of: run, through: cloud, width: connection.parallelism,
            executionPatience: executionPatience)
        }
      }
    }
  }

  /// Ends the command when a plan no longer holds, or not where it is to be carried out.
  private func check(_ binding: SavedPlan.Binding, _ connection: ConnectionOptions) throws {
    if let end = binding.expiresAt.flatMap({ UTCTime(iso8601: $0) }), end < world.time.now() {
      console.complain("the plan ended at \(end.iso8601)", hint: "plan again")
      throw Exit.stale
    }
    guard connection.endpoint.map({ $0 == binding.endpoint }) ?? true,
      connection.region.map({ $0 == binding.regionID }) ?? true
    else {
      console.complain("the plan is bound to \(binding.regionID) at \(binding.endpoint)", hint: "plan again")
      throw Exit.stale
    }
  }

  private func carryOut(
    _ saved: SavedPlan, of run: TargetRun, through cloud: ImageBuilder, width: Int,
    executionPatience: Duration?
  ) async throws {
    let now = try await observe(
      stackTag: saved.plan.stack.tagValue, names: { _ in saved.lookedUp }, through: cloud)
    let review = saved.review(against: now)
    guard !review.isStale else { throw stale(review.moved) }
    guard review.done.count < saved.plan.steps.count else {
      console.say("Nothing to do: all that the plan says is done.")
      run.note { $0.report = .ofNothing }
      if console.isJSON { ApplyReport.ofNothing.closingEvents.forEach(console.write(event:)) }
      return
    }
    try await show(saved.plan)
    try await carryOut(
      saved.plan, after: readJournal(of: saved.plan.stack) ?? [], of: run, through: cloud, width: width,
      executionPatience: executionPatience, done: review.done)
  }

  /// Ends the command when the plan does something that `--allow` does not name.
  func check(_ plan: Plan, against allowed: Set<Action>?) throws {
    guard let allowed else { return }
    let barred = Set(plan.changes.map { $0.isTriedAgain ? .delete : $0.action }).subtracting(allowed)
      .subtracting([.nothing])
    guard !barred.isEmpty else { return }
    let names = Action.allCases.filter(barred.contains).map(\.rawValue).joined(separator: ", ")
    console.complain("the plan would also \(names), which --allow does not name")
    throw Exit.guarded
  }
}
