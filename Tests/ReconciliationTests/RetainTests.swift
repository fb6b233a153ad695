// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Planning
import Reconciliation
import Resources
import Testing

@Suite struct RetainTests {
  @Test func theNewestSupersededPipelinesStay() async throws {
    let cloud = try VirtualCloud()
    for text in ["first", "second", "third", "fourth"] {
      try await cloud.run(.sample(description: text, retain: 2))
    }
    #expect(try await cloud.descriptions() == ["second", "third", "fourth"])
    #expect(try await !cloud.plan(.sample(description: "fourth", retain: 2)).hasChanges)
  }

  @Test func aRevertTakesARetainedPipelineUpAgain() async throws {
    let cloud = try VirtualCloud()
    for text in ["first", "second"] { try await cloud.run(.sample(description: text, retain: 1)) }
    let line = Line()
    let (plan, _) = try await cloud.run(.sample(description: "first", retain: 1), through: line)
    #expect(!plan.hasChanges)
    #expect(line.requests.filter(\.isWrite).isEmpty)
    #expect(try await cloud.descriptions() == ["first", "second"])
  }

  /// The token must not lead back to the object that has gone.
  @Test func aRevertToWhatHasGoneMakesANewOneWithoutWaiting() async throws {
    let cloud = try VirtualCloud()
    for text in ["first", "second", "third"] {
      try await cloud.run(.sample(description: text, retain: 1))
    }
    let before = cloud.time.elapsed
    try await cloud.run(.sample(description: "first", retain: 1))
    #expect(try await cloud.descriptions() == ["third", "first"])
    #expect(cloud.time.elapsed - before < .seconds(5))
  }

  @Test func aComponentThatARetainedPipelineNamesIsDeferredNotDeleted() async throws {
    let cloud = try VirtualCloud()
    let pipeline = DesiredPipeline.sample(naming: ["nginx"], retain: 1)
    try await cloud.run(.sample(content: "RUN echo 1", pipeline: pipeline))
    let desired = DesiredState.sample(content: "RUN echo 2", pipeline: pipeline)
    let (plan, report) = try await cloud.run(desired)
    #expect(plan.summary.description == "2 to add, 0 to change, 0 to destroy")
    #expect(plan.deferred.map(\.address.description) == ["component/nginx@1.0.0"])
    #expect(report?.isComplete == true)
    let next = try await cloud.plan(desired)
    #expect(!next.hasChanges)
    #expect(next.deferred.count == 1)
  }
}

extension VirtualCloud {
  /// The descriptions of all pipelines, the oldest first.
  fileprivate func descriptions() async throws -> [String] {
    try await everything().compactMap { object in
      guard case .pipeline(let pipeline) = object.resource else { return nil }
      return pipeline.description
    }
  }
}
