// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

/// Exported, adopted, planned: nothing to do.
@Suite struct AdoptionLawTests {
  @Test(arguments: WorldSeeds.all())
  func whatIsExportedAndAdoptedPlansClean(_ seed: UInt64) async throws {
    var history = try History(seed)
    let cloud = history.cloud
    try await cloud.run(history.next())
    try await cloud.run(history.next())
    try await forgetEverything(on: cloud)
    let strangers = try await cloud.everything()

    let desired = try await exported(strangers)
    let observed = try await observe(desired, through: cloud.operations())
    let chosen = Dictionary(
      strangers.filter { $0.resource.kind == .pipeline }.map { ("pipeline/\($0.id)", $0.id) },
      uniquingKeysWith: { first, _ in first })
    let results = adoptions(of: strangers, into: desired, observed: observed, chosen: chosen)
    for result in results {
      let adoption = try result.get()
      #expect(adoption.matchesManifest, "seed \(seed): \(adoption.address)")
      try await cloud.operations().tag(adoption.address.kind, id: adoption.object.id, adoption.tags)
    }
    #expect(results.count == strangers.count, "seed \(seed)")
    let plan = try await cloud.plan(desired)
    #expect(
      !plan.hasChanges && plan.warnings.isEmpty, "seed \(seed):\n\(plan.text(ink: Ink(isColoured: false)))")
    #expect(try await cloud.everything().map(\.id) == strangers.map(\.id), "seed \(seed)")
  }

  private func forgetEverything(on cloud: VirtualCloud) async throws {
    for object in try await cloud.everything() {
      let keys = object.resource.tags.keys.filter { $0.hasPrefix(OwnershipTags.prefix) }.sorted()
      try await cloud.operations().untag(object.resource.kind, id: object.id, keys)
    }
  }

  /// The manifests of `objects`, read again; pipelines go by their ids, as their names need not be unique.
  private func exported(_ objects: [ObservedResource]) async throws -> DesiredState {
    var files = [
      "stack.yaml": """
      apiVersion: kiln.imagebuilder/v1alpha1
      kind: Stack
      metadata: {name: adopted}
      spec: {id: gi-adopted, targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]}

      """
    ]
    for object in objects {
      let name = object.resource.kind == .component ? object.resource.wireName ?? object.id : object.id
      let text = object.manifestYAML(named: name)
      #expect(text.contains("# \(object.id), created"))
      files["\(object.id).yaml"] = text
    }
    var problems = Problems()
    let project = await Project.load(
      ProjectFolder(path: "exported", files: files), target: nil, into: &problems)
    try #require(problems.sorted.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(project).desired
  }
}
