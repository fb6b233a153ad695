// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct ListRules {
  static let shared: [Rule] = [
    Rule("200", [:]),
    Rule("400 MissingParameter", ["RegionId": ""]),
    Rule("404 InvalidRegionId.NotFound", ["RegionId": "cn-nowhere"]),
    Rule("400 InvalidParameter", ["MaxResults": "0"]),
    Rule("400 InvalidParameter", ["MaxResults": "501"]),
    Rule("400 InvalidParameter", ["MaxResults": "many"]),
    Rule("403 Invalid.NextToken", ["NextToken": "abc"]),
    Rule("403 Invalid.NextToken", ["NextToken": "1.abc"]),
    Rule("400 InvalidTagCount", tags(21)),
    Rule("200", ["ResourceGroupId": "rg-unknown"]),
  ]

  static let components: [Rule] = [
    Rule("400 InvalidParameter.Owner", ["Owner": "OTHERS"]),
    Rule(
      "400 InvalidImageComponentIdSize.ExceededMaxNumber", numbered("ImageComponentId", 21) { "ic-\($0)" }),
    Rule("200", numbered("ImageComponentId", 20) { "ic-\($0)" }),
    Rule("400 InvalidSystemType.NotSupportedValue", ["SystemType": "Solaris"]),
    Rule("400 InvalidComponentType.NotSupportedValue", ["ComponentType": "Deploy"]),
    Rule("400 InvalidParameter.ComponentVersion", ["Name": "web", "ComponentVersion": "1"]),
    Rule("400 InvalidParameter.ComponentVersion", ["Name": "web", "ComponentVersion": "1.*.*"]),
    Rule("200", ["Name": "web", "ComponentVersion": "1.*.0"]),
  ]

  static let pipelines: [Rule] = [
    Rule("400 InvalidImagePipelineIdSize.ExceededMaxNumber", numbered("ImagePipelineId", 21) { "ip-\($0)" }),
    Rule("400 InvalidName.Malformed", ["Name": "a"]),
  ]

  @Test(arguments: shared + components) func componentRulesHaveTheirCodes(rule: Rule) async throws {
    try await withCloud { cloud in try await cloud.expect(rule, "DescribeImageComponents", [:]) }
  }

  @Test(arguments: shared + pipelines) func pipelineRulesHaveTheirCodes(rule: Rule) async throws {
    try await withCloud { cloud in try await cloud.expect(rule, "DescribeImagePipelines", [:]) }
  }

  @Test(arguments: Tier.allCases) func pagesFollowOneAnother(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      for number in 0..<25 {
        try await cloud.expect(
          "200", "CreateImageComponent", ["Name": "web-\(number)", "Content": "RUN true"])
      }
      var names: [JSONValue?] = []
      var token = ""
      repeat {
        let page = try await cloud.call("DescribeImageComponents", ["MaxResults": "10", "NextToken": token])
        #expect(page.json["TotalCount"] == 25)
        names += page.components.map { $0["Name"] }
        token = page["NextToken"]
      } while !token.isEmpty
      #expect(names == (0..<25).map { .string("web-\($0)") })
    }
  }

  @Test func aTokenBelongsToItsQuestion() async throws {
    try await withCloud { cloud in
      for _ in 0..<2 { try await cloud.expect("200", "CreateImageComponent", ["Content": "RUN true"]) }
      let token = try await cloud.call("DescribeImageComponents", ["MaxResults": "1"])["NextToken"]
      try await cloud.expect("200", "DescribeImageComponents", ["MaxResults": "7", "NextToken": token])
      try await cloud.expect(
        "403 Invalid.NextToken", "DescribeImageComponents", ["NextToken": token, "SystemType": "Linux"])
      try await cloud.expect("403 Invalid.NextToken", "DescribeImagePipelines", ["NextToken": token])
    }
  }

  /// Filters, and the names that they leave of web 1.0.0, web 1.1.0, web 2.0.0 and db 1.0.0.
  static let filters: [(KeyValuePairs<String, String>, [String])] = [
    (["Name": "web"], ["web 1.0.0", "web 1.1.0", "web 2.0.0"]),
    (["Name": "we"], []),
    (["Name": "web", "ComponentVersion": "1.*.0"], ["web 1.0.0", "web 1.1.0"]),
    (["Name": "web", "ComponentVersion": "2.0.0"], ["web 2.0.0"]),
    (["ComponentVersion": "2.0.0"], ["web 1.0.0", "web 1.1.0", "web 2.0.0", "db 1.0.0"]),
    (["ComponentType": "Test"], ["db 1.0.0"]),
    (["SystemType": "Windows"], []),
    (["Tag.1.Key": "team"], ["web 1.0.0", "web 1.1.0", "web 2.0.0", "db 1.0.0"]),
    (["Tag.1.Key": "team", "Tag.1.Value": "data"], ["db 1.0.0"]),
    (["Tag.1.Key": "team", "Tag.1.Value": "data", "Tag.2.Key": "other"], []),
    (["ResourceGroupId": "rg-emulated"], ["db 1.0.0"]),
    (["ResourceGroupId": "rg-none"], []),
  ]

  @Test(arguments: filters.indices) func filtersLeaveWhatTheyName(index: Int) async throws {
    let (filter, expected) = Self.filters[index]
    try await withCloud { cloud in
      for version in ["1.0.0", "1.1.0", "2.0.0"] {
        try await cloud.expect(
          "200", "CreateImageComponent",
          [
            "Name": "web", "ComponentVersion": version, "Content": "RUN true", "Tag.1.Key": "team",
            "Tag.1.Value": "web",
          ])
      }
      try await cloud.expect(
        "200", "CreateImageComponent",
        [
          "Name": "db", "ComponentType": "Test", "Content": "RUN true", "ResourceGroupId": "rg-emulated",
          "Tag.1.Key": "team", "Tag.1.Value": "data",
        ])
      let shown = try await cloud.call("DescribeImageComponents", filter).components
      let names = shown.map { "\($0["Name"]?.string ?? "") \($0["ComponentVersion"]?.string ?? "")" }
      #expect(names == expected)
    }
  }
}
