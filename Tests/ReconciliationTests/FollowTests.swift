// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import Planning
import Reconciliation
import Resources
import Testing

/// `follow: true`: the pipeline names the component by pattern, and the service picks.
@Suite struct FollowTests {
  private func desired(
    _ content: String, version: VersionRule = .automatic, pattern: VersionPattern? = nil
  ) -> DesiredState {
    .sample(
      content: content, version: version,
      pipeline: .sample(following: ComponentReference("nginx", version: pattern, follows: true)))
  }

  private func buildContent(_ cloud: VirtualCloud) async throws -> String? {
    for case .pipeline(let pipeline) in try await cloud.everything().map(\.resource) {
      return pipeline.buildContent
    }
    return nil
  }

  @Test(arguments: [
    (VersionRule.automatic, nil, "*.*.*"),
    (.patch(major: 2, minor: 3), nil, "2.3.*"),
    (.pinned(Version(1, 4, 0)), nil, "*.*.*"),
    (.pinned(Version(1, 4, 0)), VersionPattern(1, nil, nil), "1.*.*"),
  ])
  func theContentNamesTheComponentByPattern(
    _ rule: VersionRule, _ pattern: VersionPattern?, _ written: String
  ) async throws {
    let cloud = try VirtualCloud()
    let state = desired("RUN echo 1", version: rule, pattern: pattern)
    let (_, report) = try await cloud.run(state)
    #expect(report?.isComplete == true)
    #expect(
      try await buildContent(cloud)
        == "RUN echo begin\nCOMPONENT acs:ecs:cn-hangzhou:\(AccessKey.defaultAccount):imagecomponent/nginx/\(written)"
    )
    #expect(try await !cloud.plan(state).hasChanges)
  }

  @Test func aNewVersionReplacesNoPipeline() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(desired("RUN echo 1"))
    let pipeline = try #require(try await cloud.everything().last)
    let (plan, report) = try await cloud.run(desired("RUN echo 2"))
    #expect(plan.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(report?.isComplete == true)
    #expect(report?.deferred.isEmpty == true, "the older version is what nobody follows any more")
    let after = try await cloud.everything()
    #expect(after.last == pipeline)
    #expect(after.first?.version == Version(1, 0, 1))
    #expect(try await !cloud.plan(desired("RUN echo 2")).hasChanges)
  }

  @Test func theComponentComesFirst() async throws {
    let plan = try await VirtualCloud().plan(desired("RUN echo 1"))
    #expect(plan.steps.map(\.address.description) == ["component/nginx@1.0.0", "pipeline/web"])
    #expect(plan.steps.last?.after == [0])
  }

  @Test func theComponentGoesAfterThePipelineThatFollowsIt() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(desired("RUN echo 1"))
    var options = PlanOptions()
    options.destroys = true
    let (plan, report) = try await cloud.run(desired("RUN echo 1"), options: options)
    #expect(plan.steps.last?.after == [0])
    #expect(report?.isComplete == true)
    #expect(report?.deferred.isEmpty == true)
    #expect(try await cloud.everything().isEmpty)
  }

  @Test func beginningAndCeasingToFollowReplacesThePipeline() async throws {
    let cloud = try VirtualCloud()
    let pinned = DesiredState.sample(content: "RUN echo 1", pipeline: .sample(naming: ["nginx"]))
    try await cloud.run(pinned)
    let (follow, _) = try await cloud.run(desired("RUN echo 1"))
    #expect(follow.summary.description == "1 to add, 0 to change, 1 to destroy")
    let (back, _) = try await cloud.run(pinned)
    #expect(back.summary.description == "1 to add, 0 to change, 1 to destroy")
    #expect(try await !cloud.plan(pinned).hasChanges)
  }

  @Test func whoWritesTheSameNameAsTextPlansNothing() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(desired("RUN echo 1"))
    var pipeline = ImagePipeline()
    pipeline.name = "web"
    pipeline.baseImageType = "IMAGE_FAMILY"
    pipeline.baseImage = "acs:ubuntu_22_04_x64"
    pipeline.buildContent = try await buildContent(cloud)
    let text = DesiredPipeline(name: "web", resource: pipeline, provenance: .test)
    #expect(try await !cloud.plan(.sample(content: "RUN echo 1", pipeline: text)).hasChanges)
  }

  /// The content is the same in every account but for its name, which is asked for only where it is needed.
  @Test func withoutTheAccountThePlanIsRefused() throws {
    let plan = Plan(from: ObservedState(owned: []), to: desired("RUN echo 1"))
    #expect(plan.refusals.map(\.rule) == ["unknown-account"])
  }
}
