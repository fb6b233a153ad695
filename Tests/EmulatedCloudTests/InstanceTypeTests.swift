// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct InstanceTypeTests {
  static let rules: [Rule] = [
    Rule("200", [:]),
    Rule("200", ["RegionId": ""]),
    Rule("200", numbered("InstanceTypes", 10) { "ecs.g6.\($0)xlarge" }),
    Rule("400 InvalidParameter", numbered("InstanceTypes", 11) { "ecs.g6.\($0)xlarge" }),
    Rule("200", ["MaxResults": "100"]),
    Rule("400 InvalidParameter", ["MaxResults": "101"]),
    Rule("400 InvalidParameter", ["MaxResults": "0"]),
    Rule("403 Invalid.NextToken", ["NextToken": "nonsense"]),
  ]

  @Test(arguments: rules) func eachRuleHasItsCode(rule: Rule) async throws {
    try await withCloud { cloud in try await cloud.expect(rule, "DescribeInstanceTypes", [:]) }
  }

  /// Names, and whether a pipeline may have them; what one operation shows the other takes.
  @Test(arguments: [
    ("ecs.g6.large", true), ("ecs.new9.32xlarge", true), ("g6.large", false), ("ecs.g6.large-missing", false),
  ])
  func whatIsShownIsWhatAPipelineMayHave(name: String, exists: Bool) async throws {
    try await withCloud { cloud in
      let shown = try await cloud.call("DescribeInstanceTypes", ["InstanceTypes.1": name])
      #expect(shown.types == (exists ? [name] : []))
      try await cloud.expect(
        exists ? "200" : "404 InvalidInstanceType.NotFound", "CreateImagePipeline",
        [
          "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64", "BuildContent": "RUN true",
          "InstanceType": name,
        ])
    }
  }

  @Test func aTypeCanGoMissingAtAnyTime() async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.conditions = [.missing: ["ecs.g6.large"]]
    try await withCloud(.call, configuration) { cloud in
      let shown = try await cloud.call(
        "DescribeInstanceTypes", ["InstanceTypes.1": "ecs.g6.large", "InstanceTypes.2": "ecs.c6.large"])
      #expect(shown.types == ["ecs.c6.large"])
    }
  }

  @Test func aTypeBearsItsFamilyAndWhatIsKnownOfIt() async throws {
    try await withCloud { cloud in
      let known = try await cloud.call("DescribeInstanceTypes", ["InstanceTypes.1": "ecs.g6.xlarge"])
      let item = try #require(known.items("InstanceTypes", "InstanceType").first)
      #expect(item["InstanceTypeFamily"]?.string == "ecs.g6")
      #expect([item["CpuCoreCount"]?.integer, item["MemorySize"]?.integer] == [4, 16])
      let other = try await cloud.call("DescribeInstanceTypes", ["InstanceTypes.1": "ecs.new9.large"])
      #expect(other.items("InstanceTypes", "InstanceType").first?["CpuCoreCount"] == nil)
      let family = try await cloud.call("DescribeInstanceTypes", ["InstanceTypeFamily": "ecs.c6"])
      #expect(family.types == ["ecs.c6.large", "ecs.c6.xlarge"])
    }
  }

  @Test func smallPagesShowAll() async throws {
    try await withCloud { cloud in
      let all = try await cloud.call("DescribeInstanceTypes").types
      var seen: [String] = []
      var token = ""
      repeat {
        let page = try await cloud.call("DescribeInstanceTypes", ["MaxResults": "4", "NextToken": token])
        seen += page.types
        token = page["NextToken"]
      } while token != ""
      #expect(seen == all && all.count > 4)
    }
  }
}

extension Outcome {
  /// The ids of the instance types that it shows.
  fileprivate var types: [String] {
    items("InstanceTypes", "InstanceType").compactMap { $0["InstanceTypeId"]?.string }
  }
}
