// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

/// A service, and the stages that its stack goes through.
struct History {
  let cloud: VirtualCloud
  private var generator: WorldGenerator
  private var current: DesiredState?

  init(_ seed: UInt64, on cloud: VirtualCloud? = nil) throws {
    self.cloud = try cloud ?? VirtualCloud()
    generator = WorldGenerator(seed: seed)
  }

  /// The next stage.
  mutating func next() -> DesiredState {
    let state = current.map { generator.later(than: $0) } ?? generator.stack()
    // An emptied stack is what a guard bars, and no matter for these laws.
    guard !state.components.isEmpty || !state.pipelines.isEmpty else { return next() }
    current = state
    return state
  }

  /// What the service holds, told without ids and times.
  func ends() async throws -> [String] {
    let objects = try await cloud.everything()
    let names = Dictionary(objects.map { ($0.id, $0.address?.description ?? "?") }) { first, _ in first }
    return objects.map { object in
      var text =
        switch object.resource {
        case .component(let component): JSONValue.object(component.replyItem).text
        case .pipeline(let pipeline): JSONValue.object(pipeline.replyItem).text
        }
      for (id, name) in names { text = text.replacing(id, with: name) }
      // The marks of predecessors stand for ids.
      for mark in object.ownership?.predecessors ?? [] { text = text.replacing(mark.text, with: "") }
      return "\(object.address?.description ?? "?") \(text)"
    }.sorted()
  }

  /// Expects that planning once more finds everything in place.
  func expectNothingToDo(_ desired: DesiredState, _ note: Comment) async throws {
    let plan = try await cloud.plan(desired)
    #expect(
      !plan.hasChanges && plan.warnings.isEmpty && plan.refusals.isEmpty,
      "\(note):\n\(plan.text(ink: Ink(isColoured: false)))\((plan.warnings + plan.refusals.map(\.diagnostic)).map(\.message))"
    )
  }

  /// Expects one object of each described address, and beyond that only what is retained.
  func expectEverythingOnce(_ desired: DesiredState, _ note: Comment) async throws {
    let objects = try await cloud.everything()
    let retained = Set((try await cloud.plan(desired)).deferred.map(\.id))
    for pipeline in desired.pipelines {
      let count = objects.count { $0.address == pipeline.address }
      #expect((1...1 + pipeline.lifecycle.retain).contains(count), "\(note): \(pipeline.address)")
    }
    for component in desired.components {
      let count = objects.count { object in
        object.address?.unversioned == component.address.unversioned && !retained.contains(object.id)
      }
      #expect((1...1 + component.lifecycle.retain).contains(count), "\(note): \(component.address)")
    }
    let described = Set(
      desired.components.map(\.address.unversioned) + desired.pipelines.map(\.address.unversioned))
    // What a retained pipeline names must stay as long as that.
    let used = idsInUse(in: objects)
    let others = objects.filter { object in
      !described.contains(object.address?.unversioned ?? "") && !used.contains(object.id)
    }
    #expect(others.map(\.id) == [], "\(note)")
  }

  /// The ids that pipelines name, and of what they name by a pattern the newest that fits.
  private func idsInUse(in objects: [ObservedResource]) -> Set<String> {
    var ids: Set<String> = []
    for object in objects {
      guard case .pipeline(let pipeline) = object.resource else { continue }
      for use in [pipeline.buildContent, pipeline.testContent].compactMap(\.self)
        .flatMap({ componentReferences(in: $0) })
      {
        switch use.reference {
        case .id(let id): ids.insert(id)
        case .arn(let arn): newest(of: arn, in: objects).map { _ = ids.insert($0) }
        }
      }
    }
    return ids
  }

  private func newest(of arn: ComponentARN, in objects: [ObservedResource]) -> String? {
    let fitting = objects.compactMap { object -> (version: Version, id: String)? in
      guard case .component(let component) = object.resource, component.name == arn.name,
        let version = component.componentVersion.flatMap({ Version($0) }), arn.version.matches(version)
      else { return nil }
      return (version, object.id)
    }
    return fitting.max { $0.version < $1.version }?.id
  }
}

/// What did not go well, for messages.
func told(_ report: ApplyReport?) -> String {
  (report?.entries ?? []).filter { !$0.outcome.isDone }.map { "\($0.step.address): \($0.outcome)" }
    .joined(separator: "\n")
}
