// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct ComponentTests {
  @Test(arguments: Tier.allCases) func aCreatedComponentIsShownWithItsDefaults(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      let created = try await cloud.call(
        "CreateImageComponent",
        ["Name": "nginx", "Content": "RUN yum install -y nginx", "Tag.1.Key": "team", "Tag.1.Value": "web"])
      #expect(created.verdict == "200")
      let id = created["ImageComponentId"]
      #expect(id.count == 23 && id.hasPrefix("ic-"))

      let list = try await cloud.call("DescribeImageComponents", ["ImageComponentId.1": id])
      #expect(
        list.components == [
          [
            "ImageComponentId": .string(id), "Name": "nginx", "ComponentVersion": "1.0.0",
            "SystemType": "Linux",
            "ComponentType": "Build", "Owner": "SELF", "Content": "RUN yum install -y nginx",
            "CreationTime": "2026-01-02T03:04:05Z", "Parameters": ["Parameter": []],
            "ResourceGroupId": list.components.first?["ResourceGroupId"] ?? .null,
            "Tags": ["Tag": [["TagKey": "team", "TagValue": "web"]]],
          ]
        ])
      #expect(list.json["TotalCount"] == 1)
      #expect(list["NextToken"] == "")
    }
  }

  @Test(arguments: Tier.allCases) func aDeletedComponentIsGone(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      let id = try await cloud.call("CreateImageComponent", ["Content": "RUN true"])["ImageComponentId"]
      #expect(try await cloud.call("DeleteImageComponent", ["ImageComponentId": id]).verdict == "200")
      #expect(
        try await cloud.call("DeleteImageComponent", ["ImageComponentId": id]).verdict
          == "404 InvalidImageComponent.NotFound")
      #expect(try await cloud.call("DescribeImageComponents", ["ImageComponentId.1": id]).components == [])
    }
  }

  @Test func theNextVersionIsTheNextMajorNumber() async throws {
    try await withCloud { cloud in
      let asked: [String?] = [nil, nil, "7.4.1", nil]
      for version in asked {
        let given = [("Name", "web"), ("Content", "RUN true")].map { (name: $0.0, value: $0.1) }
        let created = try await cloud.call("CreateImageComponent", given.with("ComponentVersion", version))
        #expect(created.verdict == "200")
      }
      let list = try await cloud.call("DescribeImageComponents", ["Name": "web"])
      #expect(list.components.map { $0["ComponentVersion"] } == ["1.0.0", "2.0.0", "7.4.1", "8.0.0"])
    }
  }

  @Test func aComponentWithoutNameIsCalledByItsID() async throws {
    try await withCloud { cloud in
      let id = try await cloud.call("CreateImageComponent", ["Content": "RUN true"])["ImageComponentId"]
      #expect(try await cloud.call("DescribeImageComponents").components.first?["Name"] == .string(id))
    }
  }

  @Test func systemComponentsAreListedApart() async throws {
    try await withCloud { cloud in
      let system = try await cloud.call("DescribeImageComponents", ["Owner": "ALIYUN"])
      #expect(system.components.count == 3)
      #expect(system.components.allSatisfy { $0["Owner"] == "ALIYUN" })
      #expect(try await cloud.call("DescribeImageComponents").components == [])
      let tests = try await cloud.call(
        "DescribeImageComponents", ["Owner": "ALIYUN", "ComponentType": "Test"])
      #expect(tests.components.count == 1)
    }
  }
}
