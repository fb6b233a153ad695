// SPDX-License-Identifier: Apache-2.0

import CloudAPI
package import Planning
package import Resources

/// What the service holds, and the plan that follows.
package struct Survey: Sendable {
  /// What the service holds, with the circumstances that the plan turns on.
  package let observed: ObservedState
  /// The plan.
  package let plan: Plan
}

/// Looks at the service and plans.
///
/// Where something is to go, or tags of pipelines are to change, the service is asked whether that can be, and what
/// it says goes into the plan. A plan that does neither costs no further call.
///
/// - Parameter past: What a journal says about the stack.
/// - Throws: `CallFailure`; a list that breaks off gives no plan.
package func survey(
  _ desired: DesiredState, options: PlanOptions = PlanOptions(), after past: [JournalEntry] = [],
  through cloud: ImageBuilder
) async throws -> Survey {
  var observed = try await observe(desired, through: cloud)
  if !past.isEmpty {
    var circumstances = observed.circumstances
    circumstances.refusedDeletions = JournalEntry.refusedDeletions(past)
    circumstances.made = JournalEntry.made(past)
    let unsupported = JournalEntry.unsupportedForPipelines(past)
    circumstances.refusesPipelineTags = !unsupported.isDisjoint(with: ["TagResources", "UntagResources"])
    circumstances.refusesPipelineGroups = unsupported.contains("JoinResourceGroup")
    observed = observed.under(circumstances)
  }
  var inquiry = Inquiry(cloud: cloud, stackTag: desired.stack.tagValue)
  while true {
    let plan = Plan(from: observed, to: desired, options: options)
    let circumstances = try await inquiry.circumstances(
      of: plan, observed.circumstances, mayAskAboutTags: desired.tagging == nil)
    // Each question is asked once, so the answers come to an end.
    guard circumstances != observed.circumstances else { return Survey(observed: observed, plan: plan) }
    observed = observed.under(circumstances)
  }
}

/// The questions that a plan raises, each asked once.
private struct Inquiry {
  /// Up to this many pipelines are asked for executions that are under way; of more, the deletion itself tells.
  private static let pipelineLimit = 200
  private static let width = 10

  let cloud: ImageBuilder
  let stackTag: String
  private var pipelines: Set<String> = []
  private var hasListedPipelines = false
  private var hasAskedAboutTags = false

  init(cloud: ImageBuilder, stackTag: String) {
    self.cloud = cloud
    self.stackTag = stackTag
  }

  mutating func circumstances(
    of plan: Plan, _ known: Circumstances, mayAskAboutTags: Bool
  ) async throws -> Circumstances {
    var circumstances = known
    let going = plan.changes.filter { $0.action == .delete || $0.action == .replace }.compactMap(\.before)
    let running = going.filter { $0.resource.kind == .pipeline && !pipelines.contains($0.id) }.map(\.id)
    circumstances.executions.merge(try await executions(of: running)) { _, new in new }
    if !hasListedPipelines, going.contains(where: { $0.resource.kind == .component }) {
      hasListedPipelines = true
      circumstances.foreignUses = try await cloud.all(.pipeline)
        .filter { $0.resource.tags[OwnershipTags.stackKey] != stackTag }
        .sorted(by: ObservedResource.isOlder).compactMap(ForeignUse.init)
    }
    if mayAskAboutTags, !hasAskedAboutTags, let pipeline = plan.changes.first(where: \.changesPipeline) {
      hasAskedAboutTags = true
      circumstances.refusesPipelineTags = try await !cloud.mayChangeTags(
        of: .pipeline, pipeline.before?.id ?? "")
    }
    return circumstances
  }

  private mutating func executions(of ids: [String]) async throws -> [String: String] {
    let asked = ids.prefix(max(0, Inquiry.pipelineLimit - pipelines.count))
    pipelines.formUnion(ids)
    let cloud = cloud
    let found = try await sideBySide(Array(asked), width: Inquiry.width) { id throws(CallFailure) in
      try await cloud.executionUnderWay(ofPipeline: id)
    }
    return found.reduce(into: [:]) { executions, answer in executions[answer.0] = answer.1 }
  }
}

extension ResourceChange {
  /// Whether tags of a pipeline change in place, or its group: a service that knows no tags of pipelines knows no group
  /// of them either.
  fileprivate var changesPipeline: Bool { action == .update && address.kind == .pipeline }
}
