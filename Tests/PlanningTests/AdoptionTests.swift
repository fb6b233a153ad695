// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Resources
import Testing

@Suite struct AdoptionTests {
  /// Nobody has asked for it (design: unset means the default, and what only the service chooses is not compared).
  @Test func whatTheServiceChoseIsNoDifference() throws {
    #expect(try adopted([("InstanceType", "ecs.g6.large"), ("VSwitchId", "vsw-1")]))
    #expect(try adopted([("ImageOptions", ["ImageFeatures": ["NvmeSupport": "auto"]])]))
  }

  @Test func whatSomebodyAskedForIs() throws {
    #expect(try !adopted([("BuildContent", "RUN other\n")]))
    #expect(try !adopted([("SystemDiskSize", 60)]))
  }

  /// Who asks for some addresses is not told of others.
  @Test func aProblemNamesItsAddress() throws {
    let world = try World(.text("RUN a\n"))
    let desired = DesiredState(stack: World.stack, components: [], pipelines: world.desired.pipelines)
    let pipelines = world.observed(showing: [("Tags", .null)], at: "pipeline/web").owned
      .filter { $0.resource.kind == .pipeline }
    let twice = pipelines.flatMap { object in
      ["ip-a", "ip-b"].map {
        ObservedResource(id: $0, resource: object.resource, creationTime: object.creationTime)
      }
    }
    let results = adoptions(of: twice, into: desired, observed: ObservedState(owned: []), chosen: [:])
    guard case .failure(let problem)? = results.first else {
      Issue.record("two of one name can't both be meant")
      return
    }
    #expect(results.count == 1)
    #expect(problem.address == Address(.pipeline, "web"))
  }

  /// Whether a pipeline that shows `members` is taken over as described; if so, the plan after that must be empty.
  private func adopted(_ members: [(path: String, value: JSONValue?)]) throws -> Bool {
    let world = try World(.text("RUN a\n"))
    let desired = DesiredState(
      stack: World.stack, components: [], pipelines: world.desired.pipelines)
    let shown = world.observed(showing: [("Tags", .null)] + members, at: "pipeline/web").owned
      .filter { $0.resource.kind == .pipeline }
    let results = adoptions(of: shown, into: desired, observed: ObservedState(owned: []), chosen: [:])
    let adoption = try #require(try results.first?.get())
    guard case .pipeline(var pipeline) = adoption.object.resource else { return false }
    pipeline.tags = adoption.tags
    let object = ObservedResource(
      id: adoption.object.id, resource: .pipeline(pipeline), creationTime: adoption.object.creationTime)
    let plan = Plan(from: ObservedState(owned: [object]), to: desired)
    #expect(plan.hasChanges != adoption.matchesManifest)
    return adoption.matchesManifest
  }
}
