// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Planning
import Reconciliation
import Resources
import Testing

/// A content that names a component of the stack by id or ARN refers to it, as a step would.
@Suite struct WrittenReferenceTests {
  private static let arn = "acs:ecs:cn-hangzhou:\(AccessKey.defaultAccount):imagecomponent/nginx/"
  private static let isStep = [false, true]

  private func pipeline(naming handle: String, asStep: Bool = false) -> DesiredPipeline {
    let named = DesiredPipeline.sample()
    var resource = named.resource
    let command = "COMPONENT \(handle)"
    if !asStep { resource.buildContent = command }
    return DesiredPipeline(
      name: "web", resource: resource, build: asStep ? Composition([.command(command)]) : nil,
      provenance: .test)
  }

  private func described(_ version: Version, naming handle: String, asStep: Bool = false) -> DesiredState {
    .sample(
      content: "RUN echo \(version)", version: .pinned(version),
      pipeline: pipeline(naming: handle, asStep: asStep))
  }

  @Test(arguments: ["1.0.0", "1.*.*"], isStep)
  func aPipelineIsMadeAfterTheComponentThatItsARNMeans(_ version: String, _ asStep: Bool) async throws {
    let cloud = try VirtualCloud()
    let desired = described(Version(1, 0, 0), naming: Self.arn + version, asStep: asStep)
    let refusing = Line { _, request in
      request.operation == "CreateImageComponent" ? .refusal(400, "QuotaExceed.ImageComponent") : .passes
    }
    let (_, report) = try await cloud.run(desired, through: refusing)
    #expect(report?.skipped.map(\.step.address.description) == ["pipeline/web"])
    #expect(!refusing.requests.contains { $0.operation == "CreateImagePipeline" })
    #expect(try await cloud.run(desired).report?.isComplete == true)
    #expect(try await !cloud.plan(desired).hasChanges)
  }

  @Test func anARNOfSomewhereElseMeansNothingHere() async throws {
    let cloud = try VirtualCloud()
    let plan = try await cloud.plan(
      described(
        Version(1, 0, 0),
        naming: "acs:ecs:cn-beijing:\(AccessKey.defaultAccount):imagecomponent/nginx/1.0.0"))
    #expect(plan.steps.last?.after == [])
  }

  @Test func onlyTakesAlongWhatAnARNMeansAndExceptSparesWhatNamesIt() async throws {
    let cloud = try VirtualCloud()
    let desired = described(Version(1, 0, 0), naming: Self.arn + "1.0.0")
    var only = PlanOptions()
    only.only = ["pipeline/web"]
    #expect(try await cloud.plan(desired, options: only).summary.add == 2)
    var except = PlanOptions()
    except.except = ["component/nginx"]
    #expect(try await !cloud.plan(desired, options: except).hasChanges)
  }

  @Test func aSavedPlanKnowsTheReferenceToo() async throws {
    let cloud = try VirtualCloud()
    let desired = described(Version(1, 0, 0), naming: Self.arn + "1.0.0")
    let plan = try await cloud.plan(desired)
    let saved = SavedPlan(
      plan,
      binding: SavedPlan.Binding(
        account: nil, regionID: "cn-hangzhou", endpoint: "embedded", folder: "f",
        createdAt: "2026-01-02T03:04:05Z", expiresAt: nil, kilnVersion: "0"),
      lookedUp: NamesToLookUp(components: [], pipelines: []), observed: ObservedState(owned: []))
    #expect(try SavedPlan(json: saved.json).plan.steps == plan.steps)
  }

  @Test(arguments: ["id", "arn", "pattern"], isStep)
  func whatAPipelineNamesStaysAsLongAsThat(_ form: String, _ asStep: Bool) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(content: "RUN echo 1.0.0", version: .pinned(Version(1, 0, 0))))
    let old = try #require(try await cloud.everything().first)
    let handle = ["id": old.id, "arn": Self.arn + "1.0.0", "pattern": Self.arn + "1.0.*"][form] ?? ""
    // The pipeline comes to be while the version that it names goes.
    let desired = described(Version(1, 1, 0), naming: handle, asStep: asStep)
    for _ in 0..<2 {
      let (plan, report) = try await cloud.run(desired)
      #expect(plan.deferred.map(\.id) == [old.id])
      #expect(plan.deferred.first?.reason == "pipeline/web still uses it")
      #expect(report?.isComplete ?? true)
      #expect(try await cloud.everything().contains(old))
    }
    // With the reference the reason ends.
    let (plan, report) = try await cloud.run(described(Version(1, 1, 0), naming: Self.arn + "1.1.0"))
    #expect(plan.deferred == [])
    #expect(report?.isComplete == true)
    #expect(try await !cloud.everything().contains(old))
  }

  @Test(arguments: ["id", "arn", "pattern"])
  func whatGoesTogetherGoesInOrder(_ form: String) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(content: "RUN echo 1.0.0", version: .pinned(Version(1, 0, 0))))
    let id = try #require(try await cloud.everything().first?.id)
    let handle = ["id": id, "arn": Self.arn + "1.0.0", "pattern": Self.arn + "1.0.*"][form] ?? ""
    try await cloud.run(described(Version(1, 0, 0), naming: handle))
    var options = PlanOptions()
    options.destroys = true
    let refusing = Line { _, request in
      request.operation == "DeleteImagePipeline" ? .refusal(403, "Forbidden.RAM") : .passes
    }
    let (_, report) = try await cloud.run(
      described(Version(1, 0, 0), naming: handle), options: options, through: refusing)
    #expect(report?.skipped.map(\.step.address.description) == ["component/nginx@1.0.0"])
    #expect(!refusing.requests.contains { $0.operation == "DeleteImageComponent" })
  }
}
