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
    Rule("403 InvalidResourceId.NotSupported", ["ResourceId.1": "ic-sys00000000000000001"]),
    Rule("404 InvalidRegionId.NotFound", ["RegionId": "cn-nowhere"]),
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
    Rule("400 InvalidTag.Mismatch", ["Tag.2.Value": "x"]),
    Rule("400 InvalidTagCount", ["Tag.21.Key": "x"]),
    Rule("200", ["Tag.20.Key": "x"]),
  ]

  static let untagging: [Rule] = [
    Rule("200", [:]),
    Rule("200", ["TagKey.1": "", "All": "true"]),
    Rule("403 Param.Conflict", ["All": "True"]),
    Rule("400 NumberExceed.Tags", numbered("TagKey", 21) { "\($0)" }),
    Rule("404 MissingParameter.Tags", ["TagKey.1": ""]),
    Rule("400 InvalidParameter", ["All": "all"]),
    Rule("400 Duplicate.TagKey", ["TagKey.2": "old"]),
    Rule("200", ["TagKey.2": "Old"]),
    Rule("400 InvalidTagKey.Malformed", ["TagKey.1": "acs:x"]),
    Rule("400 InvalidTagCount", ["TagKey.1": "", "TagKey.21": "old"]),
  ]

  static let listing: [Rule] = [
    Rule("200", [:]),
    Rule("403 BothEmpty.TagsAndResources", ["ResourceId.1": ""]),
    Rule("400 InvalidParameter.TagValue", ["Tag.1.Value": "v"]),
    Rule("400 NumberExceed.Tags", tags(21)),
    Rule("403 Invalid.NextToken", ["NextToken": "x"]),
    Rule("403 PermissionDenied.TagsFuzzyQuery", ["TagFilter.1.TagKey": "x", "TagFilter.1.TagValues.1": "v"]),
    Rule("403 InvalidTagFilter.Malformed", ["TagFilter.1.TagValues.1": "v"]),
    Rule(
      "403 InvalidTagFilter.Malformed",
      numbered("TagFilter", 6) { "\($0)" }.reduce(into: [:]) { $0[$1.key + ".TagKey"] = $1.value }),
    Rule("403 InvalidFilter.Malformed", ["TagFilter.1.TagKey": "x", "Tag.1.Key": "x"]),
    Rule(
      "403 NumberExceed.TagValues",
      numbered("TagFilter.1.TagValues", 21) { "\($0)" }.merging(["TagFilter.1.TagKey": "x"]) { $1 }),
    Rule("400 InvalidTag.Mismatch", ["Tag.1.Key": "", "Tag.1.Value": "v"]),
    Rule("400 InvalidTags.MalFormed", ["Tag": "[{\"Key\":\"a\"}]"]),
    Rule("400 InvalidTagCount", ["Tag.21.Key": "x"]),
    Rule("400 Duplicate.TagKey", ["Tag.1.Key": "x", "Tag.2.Key": "x"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "https://x"]),
    Rule("400 InvalidTagValue.Malformed", ["Tag.1.Key": "x", "Tag.1.Value": "http://x"]),
    Rule("200", ["Tag.1.Key": "acs:mine"]),
    Rule(
      "400 InvalidTag.NotSupported",
      ["Tag.1.Key": "acs:rm:rgId", "Tag.1.Value": "rg-emulated", "Tag.2.Key": "x"]),
    Rule("200", ["Tag.1.Key": "acs:rm:rgId", "Tag.1.Value": "rg-emulated"]),
  ]

  /// The rules of a list about what is tagged: ids may be left out.
  static let listingIDs: [Rule] =
    shared.filter { $0.verdict != "404 MissingParameter.ResourceIds" } + [
      Rule("200", ["ResourceType": "instance", "ResourceId.1": "", "Tag.1.Key": "x"])
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

  @Test(arguments: listing + listingIDs) func listRulesHaveTheirCodes(rule: Rule) async throws {
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
