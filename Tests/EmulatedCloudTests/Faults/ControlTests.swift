// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct ControlTests {
  private func withControl(
    clock: EmulatorConfiguration.ClockMode = .real,
    _ body: @escaping @Sendable (TestClient) async throws -> Void
  ) async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.controlEndpoint = true
    configuration.clock = clock
    try await withCloud(.socket, configuration, body)
  }

  @Test func controlIsOffUnlessAskedFor() async throws {
    try await withCloud(.socket) { cloud in
      let outcome = try await cloud.control("GET", "status")
      #expect(outcome.code == "")
      #expect(outcome.status == 404)
    }
  }

  @Test func theClockIsTurnedByHand() async throws {
    try await withControl(clock: .manual) { cloud in
      let id = try await cloud.start(cloud.createPipeline(build: "RUN true"))["ExecutionId"]
      #expect(try await cloud.state(of: id) == "PREPARING")
      #expect(try await cloud.control("POST", "clock", ["advance": 61]).status == 200)
      #expect(try await cloud.state(of: id) == "BUILDING")
      #expect(try await cloud.control("POST", "clock", ["advance": 400]).status == 200)
      #expect(try await cloud.state(of: id) == "SUCCESS")
      #expect(try await cloud.control("POST", "clock", ["advance": "soon"]).status == 400)
    }
  }

  @Test func aRealClockIsNotTurned() async throws {
    try await withControl { cloud in
      let outcome = try await cloud.control("POST", "clock", ["advance": 1])
      #expect(outcome.status == 409)
    }
  }

  @Test func anExecutionIsBroughtToAnEnd() async throws {
    try await withControl { cloud in
      let id = try await cloud.start(cloud.createPipeline(build: "RUN true"))["ExecutionId"]
      let outcome = try await cloud.control(
        "POST", "executions", ["executionId": .string(id), "status": "FAILED"])
      #expect(outcome.status == 200)
      #expect(try await cloud.state(of: id) == "FAILED")
      let unknown = try await cloud.control(
        "POST", "executions", ["executionId": "exec-0", "status": "FAILED"])
      #expect(unknown.status == 404)
    }
  }

  @Test func faultsComeAndGo() async throws {
    try await withControl { cloud in
      let rule: JSONValue = ["fault": "error", "status": 503, "code": "ServiceUnavailable", "calls": [1, 2]]
      #expect(try await cloud.control("PUT", "faults", ["seed": 7, "rules": [rule]]).status == 200)
      try await cloud.expect("503 ServiceUnavailable", "DescribeRegions")
      #expect(try await cloud.control("DELETE", "faults").status == 200)
      try await cloud.expect("200", "DescribeRegions")
      #expect(try await cloud.control("PUT", "faults", ["rules": [["fault": "unheard"]]]).status == 400)
    }
  }

  @Test(
    arguments: [
      ["fault": "cutBody", "bytes": -5],
      ["fault": "cutBody", "bytes": "ten"],
      ["fault": "error", "status": -1],
      ["fault": "error", "status": 99],
      ["fault": "errorAfter", "status": 600],
      ["fault": "htmlPage", "status": 0],
      ["fault": "delay", "milliseconds": -1],
      ["fault": "delay", "milliseconds": 9_223_372_036_854_775_807],
      ["fault": "lag", "milliseconds": -9_223_372_036_854_775_808],
      ["fault": "delay", "calls": [0, "last"]],
    ] as [JSONValue])
  func faultsThatCannotBeAreRefused(_ rule: JSONValue) async throws {
    try await withControl { cloud async throws in
      #expect(try await cloud.control("PUT", "faults", ["rules": [rule]]).status == 400)
      try await cloud.expect("200", "DescribeRegions")
    }
  }

  @Test(arguments: [9_223_372_036_854_775_807, 9_223_372_036_854_775, 31_557_600_001, -1] as [Int64])
  func theClockIsNotTurnedByWhatItCannotShow(_ seconds: Int64) async throws {
    try await withControl(clock: .manual) { cloud async throws in
      #expect(try await cloud.control("POST", "clock", ["advance": .integer(seconds)]).status == 400)
      #expect(try await cloud.control("POST", "clock", ["advance": 1]).status == 200)
    }
  }

  @Test func limitsQuotasAndGroupsAreSet() async throws {
    try await withControl { cloud in
      #expect(
        try await cloud.control(
          "PUT", "rate-limits", ["limits": [["operation": "DescribeRegions", "calls": 1]]]
        ).status == 200)
      try await cloud.expect("200", "DescribeRegions")
      try await cloud.expect("400 Throttling.User", "DescribeRegions")
      try await cloud.expect("200", "DescribeImageComponents")
      #expect(try await cloud.control("PUT", "quotas", ["components": 0]).status == 200)
      try await cloud.expect(
        "400 QuotaExceed.ImageComponent", "CreateImageComponent", ["Content": "RUN true"])
      #expect(try await cloud.control("PUT", "quotas", [:]).status == 200)
      #expect(try await cloud.control("POST", "resource-groups", ["id": "rg-new"]).status == 200)
      try await cloud.expect(
        "200", "CreateImageComponent", ["Content": "RUN true", "ResourceGroupId": "rg-new"])
    }
  }

  @Test func denialsConcernTheirAccount() async throws {
    try await withControl { cloud in
      #expect(
        try await cloud.control("PUT", "denials", ["denials": ["ecs:DescribeRegions", "tags"]]).status == 200)
      try await cloud.expect("403 Forbidden.RAM", "DescribeRegions")
      try await cloud.expect("200", "DescribeImageComponents")
      #expect(
        try await cloud.control("PUT", "denials", ["denials": ["regions"], "account": "2"]).status == 200)
      #expect(try await cloud.control("PUT", "denials", ["denials": []]).status == 200)
      try await cloud.expect("200", "DescribeRegions")
      #expect(try await cloud.control("PUT", "denials", ["denials": ["ecs:Dance"]]).status == 400)
    }
  }

  @Test func theRoleOfTheServiceIsMadeOnce() async throws {
    try await withControl { cloud in
      func deny(_ denials: JSONValue) async throws {
        let outcome = try await cloud.control("PUT", "denials", ["denials": denials])
        #expect(outcome.status == 200)
      }
      func verdict() async throws -> String { try await cloud.createPipeline().verdict }
      try await deny(["ram:CreateServiceLinkedRole"])
      let refused = try await verdict()
      #expect(refused == "403 InvalidOperation.NoPermissionCreateServiceLinkedRole")
      try await deny([])
      let first = try await verdict()
      try await deny(["ram:CreateServiceLinkedRole"])
      let second = try await verdict()
      #expect([first, second] == ["200", "200"])
    }
  }

  @Test func conditionsComeAndGo() async throws {
    try await withControl { cloud async throws in
      #expect(try await cloud.control("PUT", "conditions", ["missing": ["golden"]]).status == 200)
      #expect(try await cloud.createPipeline(image: "golden").verdict == "404 InvalidImage.NotFound")
      #expect(try await cloud.control("PUT", "conditions", [:]).status == 200)
      #expect(try await cloud.createPipeline(image: "golden").verdict == "200")
      #expect(try await cloud.control("PUT", "conditions", ["lost": ["golden"]]).status == 400)
    }
  }

  @Test func anImageThatHasGoneMissingIsNotShown() async throws {
    try await withControl(clock: .manual) { cloud in
      _ = try await cloud.start(cloud.createPipeline())
      _ = try await cloud.control("POST", "clock", ["advance": 1000])
      let image = try await cloud.call("DescribeImages", ["ImageOwnerAlias": "self"])
      let id = image.items("Images", "Image").first?["ImageId"] ?? .null
      let outcome = try await cloud.control("PUT", "conditions", ["missing": [id]])
      #expect(outcome.status == 200)
      let left = try await cloud.call("DescribeImages", ["ImageOwnerAlias": "self"])
      #expect(left.json["TotalCount"] == 0)
    }
  }

  @Test func tagsOfPipelinesAreSwitchedOffAndOn() async throws {
    try await withControl { cloud in
      let id = try await cloud.createPipeline()["ImagePipelineId"]
      let call = ["ResourceType": "imagepipeline", "ResourceId.1": id, "Tag.1.Key": "a"]
      #expect(try await cloud.control("PUT", "pipeline-tags", ["allowed": false]).status == 200)
      #expect(try await cloud.call("TagResources", call).verdict == "404 InvalidResourceType.NotFound")
      #expect(try await cloud.control("PUT", "pipeline-tags", ["allowed": true]).status == 200)
      #expect(try await cloud.call("TagResources", call).verdict == "200")
      #expect(try await cloud.control("PUT", "pipeline-tags", [:]).status == 400)
    }
  }

  @Test func throttlingEndsWithItsWindow() async throws {
    let time = TestTime()
    var configuration = EmulatorConfiguration.test(time)
    configuration.rateLimits = [RateLimit(calls: 2)]
    try await withCloud(.call, configuration) { cloud in
      try await cloud.expect("200", "DescribeRegions")
      try await cloud.expect("200", "DescribeRegions")
      let refused = try await cloud.call("DescribeRegions")
      #expect(refused.verdict == "400 Throttling.User")
      // 2026-01-02T03:04:05Z: the minute has 55 seconds left.
      #expect(refused.headers["x-acs-retry-after"] == "55000")
      time.pass(55_000)
      try await cloud.expect("200", "DescribeRegions")
    }
  }
}

extension TestClient {
  /// Sends a request to the control endpoint.
  func control(_ method: String, _ name: String, _ body: JSONValue? = nil) async throws -> Outcome {
    Outcome(
      try await send(
        ServiceRequest(
          method: method, path: "/_kiln/\(name)", headers: ["host": host], body: body?.encoded() ?? [])))
  }

  fileprivate func state(of execution: String) async throws -> String {
    let list = try await call("DescribeImagePipelineExecutions", ["ExecutionId": execution])
    return list.executions.first?["Status"]?.string ?? ""
  }
}
