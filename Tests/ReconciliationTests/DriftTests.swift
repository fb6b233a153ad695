// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Planning
import Reconciliation
import Resources
import Testing

/// What was made, is not shown by lists, and yet was not deleted by anybody.
@Suite struct DriftTests {
  private static let desired = DesiredState.sample(content: "RUN true", pipeline: .sample())

  /// Drift as told where lists, but no questions for ids, show nothing.
  private func drift(on cloud: VirtualCloud, _ change: () async throws -> Void) async throws -> [String] {
    try await cloud.run(Self.desired)
    let created = Dictionary(
      try await cloud.everything().map { (try #require($0.address), $0.id) }, uniquingKeysWith: { $1 })
    try await change()
    let line = Line { _, request in
      guard !request.parameters.contains(where: { $0.name.contains("Id.") }) else { return .passes }
      let kind = request.operation.dropFirst("Describe".count).dropLast()
      return .isAnswered(
        HTTPAnswer(status: 200, body: Array(#"{"RequestId":"R","\#(kind)":{"\#(kind)Set":[]}}"#.utf8)))
    }
    let operations = cloud.operations(through: line)
    let plan = Plan(from: try await observe(Self.desired, through: operations), to: Self.desired)
    return try await lookForDrift(in: plan, created: created, through: operations).map {
      "\($0.address) \($0.description)"
    }
  }

  @Test func whatListsDoNotShowYetWasNotDeleted() async throws {
    #expect(try await drift(on: try VirtualCloud()) {} == [])
  }

  @Test func whatIsGoneWasDeleted() async throws {
    let cloud = try VirtualCloud()
    let told = try await drift(on: cloud) {
      for object in try await cloud.everything().reversed() {
        let kind = object.resource.kind.manifestKind
        try await cloud.call("Delete\(kind)", [("\(kind)Id", object.id)])
      }
    }
    #expect(told == ["component/nginx@1.0.0 was deleted", "pipeline/web was deleted"])
  }

  @Test func whatHasLostTheStacksTagIsToldAsSuch() async throws {
    let cloud = try VirtualCloud()
    let told = try await drift(on: cloud) {
      let id = try #require(try await cloud.everything().last?.id)
      try await cloud.call(
        "UntagResources",
        [("ResourceType", "imagepipeline"), ("ResourceId.1", id), ("TagKey.1", "kiln:stack")])
    }
    #expect(told == ["pipeline/web no longer bears the stack's tag kiln:stack"])
  }
}
