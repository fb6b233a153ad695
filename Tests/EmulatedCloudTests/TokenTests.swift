// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Testing

@Suite struct TokenTests {
  @Test(arguments: Tier.allCases) func theSameTokenGivesTheSameAnswer(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      let first = try await cloud.create("token", name: "web")
      let second = try await cloud.create("token", name: "web")
      #expect(first.verdict == "200")
      #expect(second["ImageComponentId"] == first["ImageComponentId"])
      #expect(second["RequestId"] != first["RequestId"])
      #expect(try await cloud.create("token", name: "other").verdict == "400 IdempotentParameterMismatch")
      #expect(try await cloud.call("DescribeImageComponents").components.count == 1)
    }
  }

  @Test func aTokenOutlivesWhatItMade() async throws {
    try await withCloud { cloud in
      let id = try await cloud.create("token", name: "web")["ImageComponentId"]
      _ = try await cloud.call("DeleteImageComponent", ["ImageComponentId": id])
      #expect(try await cloud.create("token", name: "web")["ImageComponentId"] == id)
      #expect(try await cloud.call("DescribeImageComponents").components == [])
    }
  }

  @Test func failuresAreNotRemembered() async throws {
    try await withCloud { cloud in
      try await cloud.expect(
        "404 InvalidResourceGroup.NotFound", "CreateImageComponent",
        ["Name": "web", "Content": "RUN true", "ResourceGroupId": "rg-none", "ClientToken": "t"])
      #expect(try await cloud.create("t", name: "web").verdict == "200")
    }
  }

  @Test func aTokenCountsForItsRegionAndOperationOnly() async throws {
    try await withCloud { cloud in
      let id = try await cloud.create("token", name: "web")["ImageComponentId"]
      var elsewhere = cloud
      elsewhere.region = "cn-beijing"
      #expect(try await elsewhere.create("token", name: "web")["ImageComponentId"] != id)
      let pipeline = try await cloud.call(
        "CreateImagePipeline",
        ["BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64", "ClientToken": "token"])
      #expect(pipeline.verdict == "200")
    }
  }

  @Test(arguments: [String(repeating: "a", count: 65), "größer"])
  func aTokenIsShortASCII(token: String) async throws {
    try await withCloud { cloud in
      try await cloud.expect(
        "400 InvalidClientToken.ValueNotSupported", "CreateImageComponent",
        ["Content": "RUN true", "ClientToken": token])
    }
  }

  @Test(arguments: [Tier.background, .socket])
  func ofManyAtOnceOneIsFirst(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      let ids = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<40 {
          group.addTask { try await cloud.create("token", name: "web")["ImageComponentId"] }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      #expect(try await cloud.call("DescribeImageComponents").components.count == 1)
    }
  }
}

extension TestClient {
  fileprivate func create(_ token: String, name: String) async throws -> Outcome {
    try await call("CreateImageComponent", ["Name": name, "Content": "RUN true", "ClientToken": token])
  }
}
