// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct TagRules {
  static let shared: [Rule] = [
    Rule("404 MissingParameter.RegionId", ["RegionId": ""]),
    Rule("404 MissingParameter.ResourceType", ["ResourceType": ""]),
    Rule("404 MissingParameter.ResourceIds", ["ResourceId.1": ""]),
    Rule("404 InvalidResourceType.NotFound", ["ResourceType": "imageComponent"]),
    Rule("404 InvalidResourceId.NotFound", ["ResourceType": "instance"]),
    Rule("404 InvalidResourceId.NotFound", ["ResourceId.2": "ic-none"]),
    Rule("400 NumberExceed.ResourceIds", numbered("ResourceId", 51) { "ic-\($0)" }),
  ]

  static let tagging: [Rule] = [
    Rule("200", [:]),
    Rule("404 MissingParameter.Tags", ["Tag.1.Key": "", "Tag.1.Value": ""]),
    Rule("400 NumberExceed.Tags", tags(21)),
    Rule("403 QuotaExceed.Tags", tags(20)),
    Rule("400 Duplicate.TagKey", ["Tag.2.Key": "team"]),
    Rule("403 TagKey.Duplication", ["Tag.2.Key": "Team"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "aliyun"]),
    Rule("400 InvalidTagValue.Malformed", ["Tag.1.Value": "http://x"]),
  ]

  static let untagging: [Rule] = [
    Rule("200", [:]),
    Rule("200", ["TagKey.1": "", "All": "true"]),
    Rule("403 Param.Conflict", ["All": "True"]),
    Rule("400 NumberExceed.Tags", numbered("TagKey", 21) { "\($0)" }),
    Rule("404 MissingParameter.Tags", ["TagKey.1": ""]),
    Rule("400 InvalidParameter", ["All": "all"]),
  ]

  static let listing: [Rule] = [
    Rule("200", [:]),
    Rule("403 BothEmpty.TagsAndResources", ["ResourceId.1": ""]),
    Rule("400 InvalidParameter.TagValue", ["Tag.1.Value": "v"]),
    Rule("400 NumberExceed.Tags", tags(21)),
    Rule("403 Invalid.NextToken", ["NextToken": "x"]),
    Rule("403 InvalidTagFilter.Malformed", ["TagFilter.1.TagKey": "x"]),
    Rule(
      "400 InvalidTag.NotSupported",
      ["Tag.1.Key": "acs:rm:rgId", "Tag.1.Value": "rg-emulated", "Tag.2.Key": "x"]),
    Rule("200", ["Tag.1.Key": "acs:rm:rgId", "Tag.1.Value": "rg-emulated"]),
  ]

  static let joining: [Rule] = [
    Rule("200", [:]),
    Rule("403 MissingParameter", ["RegionId": ""]),
    Rule("403 MissingParameter", ["ResourceType": ""]),
    Rule("403 MissingParameter", ["ResourceId": ""]),
    Rule("403 MissingParameter", ["ResourceGroupId": ""]),
    Rule("404 InvalidResourceType.NotFound", ["ResourceType": "ImageComponent"]),
    Rule("404 InvalidResourceGroup.NotFound", ["ResourceGroupId": "rg-none"]),
    Rule("404 InvalidResourceId.NotFound", ["ResourceId": "ic-none"]),
  ]

  @Test(arguments: tagging + shared) func tagRulesHaveTheirCodes(rule: Rule) async throws {
    try await withComponent { cloud, base in
      try await cloud.expect(
        rule, "TagResources", base.merging(["Tag.1.Key": "team", "Tag.1.Value": "web"]) { old, _ in old })
    }
  }

  @Test(arguments: untagging + shared) func untagRulesHaveTheirCodes(rule: Rule) async throws {
    try await withComponent { cloud, base in
      try await cloud.expect(rule, "UntagResources", base.merging(["TagKey.1": "old"]) { old, _ in old })
    }
  }

  @Test(arguments: listing) func listRulesHaveTheirCodes(rule: Rule) async throws {
    try await withComponent { cloud, base in try await cloud.expect(rule, "ListTagResources", base) }
  }

  @Test(arguments: joining) func groupRulesHaveTheirCodes(rule: Rule) async throws {
    try await withComponent { cloud, base in
      let id = base["ResourceId.1"] ?? ""
      try await cloud.expect(
        rule, "JoinResourceGroup",
        ["ResourceType": "imagecomponent", "ResourceId": id, "ResourceGroupId": "rg-emulated"])
    }
  }

  @Test func aGroupIsJoinedOnce() async throws {
    try await withComponent { cloud, base in
      let call: KeyValuePairs = [
        "ResourceType": "imagecomponent", "ResourceId": base["ResourceId.1"] ?? "",
        "ResourceGroupId": "rg-emulated",
      ]
      try await cloud.expect("200", "JoinResourceGroup", call)
      try await cloud.expect("403 InvalidResourceGroup.Duplicate", "JoinResourceGroup", call)
      let shown = try await cloud.call("DescribeImageComponents", ["ResourceGroupId": "rg-emulated"])
      #expect(shown.components.first?["ResourceGroupId"] == "rg-emulated")
    }
  }

  @Test(arguments: Tier.allCases) func tagsComeAndGo(tier: Tier) async throws {
    try await withComponent(tier) { cloud, base in
      let id = base["ResourceId.1"] ?? ""
      try await cloud.expect(
        "200", "TagResources",
        [
          "ResourceType": "imagecomponent", "ResourceId.1": id, "Tag.1.Key": "old", "Tag.1.Value": "new",
          "Tag.2.Key": "b",
        ])
      let listed = try await cloud.call(
        "ListTagResources", ["ResourceType": "imagecomponent", "ResourceId.1": id])
      #expect(
        listed.items("TagResources", "TagResource") == [
          ["ResourceId": .string(id), "ResourceType": "imagecomponent", "TagKey": "b", "TagValue": ""],
          ["ResourceId": .string(id), "ResourceType": "imagecomponent", "TagKey": "old", "TagValue": "new"],
        ])
      try await cloud.expect(
        "200", "UntagResources", ["ResourceType": "imagecomponent", "ResourceId.1": id, "TagKey.1": "b"])
      let shown = try await cloud.call("DescribeImageComponents", ["Tag.1.Key": "old", "Tag.1.Value": "new"])
      #expect(shown.components.first?["Tags"] == ["Tag": [["TagKey": "old", "TagValue": "new"]]])
    }
  }

  @Test func tagsOfPipelinesCanBeSwitchedOff() async throws {
    var configuration = EmulatorConfiguration.test()
    try await withPipeline(configuration, "200")
    configuration.pipelineTags = false
    try await withPipeline(configuration, "404 InvalidResourceType.NotFound")
  }

  private func withPipeline(_ configuration: EmulatorConfiguration, _ verdict: String) async throws {
    try await withCloud(.call, configuration) { cloud in
      let id = try await cloud.createPipeline()["ImagePipelineId"]
      try await cloud.expect(
        verdict, "TagResources", ["ResourceType": "imagepipeline", "ResourceId.1": id, "Tag.1.Key": "a"])
    }
  }
}

/// Runs `body` in a cloud with one component, tagged `old`, and with the parameters that name it.
private func withComponent(
  _ tier: Tier = .call, _ body: @escaping @Sendable (TestClient, [String: String]) async throws -> Void
) async throws {
  try await withCloud(tier) { cloud in
    let id = try await cloud.call(
      "CreateImageComponent", ["Content": "RUN true", "Tag.1.Key": "old", "Tag.1.Value": "v"])[
        "ImageComponentId"]
    try await body(cloud, ["ResourceType": "imagecomponent", "ResourceId.1": id])
  }
}
