// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct ImageTests {
  static let rules: [Rule] = [
    Rule("200", [:]),
    Rule("400 MissingParameter", ["RegionId": ""]),
    Rule("404 InvalidOSType", ["OSType": "Linux"]),
    Rule("404 InvalidArchitecture", ["Architecture": "amd64"]),
    Rule("404 InvalidUsage", ["Usage": "all"]),
    Rule("400 InvalidImageOwnerAlias.ValueNotSupported", ["ImageOwnerAlias": "me"]),
    Rule("400 InvalidParamter", ["Status": "Ready"]),
    Rule("200", ["Status": "Available,Deprecated"]),
    Rule("200", ["Status": "ALL"]),
    Rule("400 InvalidTagCount", tags(21)),
    Rule("404 InvalidFilterKey.NotFound", ["Filter.1.Key": "Colour", "Filter.1.Value": "red"]),
    Rule("400 InvalidFilterValue.NetworkType", ["Filter.1.Key": "NetworkType", "Filter.1.Value": "x"]),
    Rule("404 InvalidFilterValue", ["Filter.1.Key": "CreationStartTime", "Filter.1.Value": "yesterday"]),
    Rule("200", ["Filter.1.Key": "CreationEndTime", "Filter.1.Value": "2026-01-02T03:04:05Z"]),
    Rule("400 InvalidTag.Mismatch", ["Tag.1.Value": "v"]),
    Rule("400 InvalidInstanceType.ValueNotSupported", ["InstanceType": "large"]),
    Rule("200", ["InstanceType": "ecs.g6.large"]),
    Rule("400 InvalidOperation.ImageOwnerIdUnsupported", ["ImageOwnerId": "1", "ImageOwnerAlias": "self"]),
    Rule("400 InvalidParameter", ["ImageOwnerId": "me"]),
    Rule("200", ["ImageOwnerId": "1", "ImageOwnerAlias": "others"]),
    Rule(
      "400 InvalidImageOwnerAlias.PublicImageUnsupported", ["IsPublic": "true", "ImageOwnerAlias": "self"]),
    Rule("400 DryRunOperation", ["DryRun": "True"]),
    Rule("400 InvalidParameter", ["PageNumber": "0"]),
    Rule("400 InvalidParameter", ["PageSize": "101"]),
    Rule("200", ["PageNumber": "9223372036854775807", "PageSize": "100"]),
  ]

  @Test(arguments: rules) func eachRuleHasItsCode(rule: Rule) async throws {
    try await withCloud { cloud in try await cloud.expect(rule, "DescribeImages", [:]) }
  }

  /// Filters, and how many of the public images they leave.
  static let filters: [(KeyValuePairs<String, String>, Int)] = [
    ([:], 7), (["OSType": "windows"], 1), (["Architecture": "arm64"], 1), (["ImageOwnerAlias": "self"], 0),
    (["ImageName": "*ubuntu*"], 1), (["ImageName": "aliyun_3"], 3), (["IsPublic": "false"], 0),
    (["ImageFamily": "acs:alibaba_cloud_linux_3_2104_lts_x64"], 2),
    (["ImageId": "debian_12_6_x64_20G_alibase_20240926.vhd,m-none"], 1),
    (["Filter.1.Key": "CreationStartTime", "Filter.1.Value": "2025-01-01T00:00Z"], 0),
    (["Filter.1.Key": "CreationEndTime", "Filter.1.Value": "2025-01-01T00:00Z"], 7),
    (["ImageOwnerId": "1"], 0), (["Tag.1.Key": "team"], 0), (["ResourceGroupId": "rg-emulated"], 0),
  ]

  @Test(arguments: filters.indices) func filtersLeaveWhatTheyName(index: Int) async throws {
    let (filter, count) = Self.filters[index]
    try await withCloud { cloud in
      let images = try await cloud.call("DescribeImages", filter)
      #expect(images.json["TotalCount"]?.integer == count)
    }
  }

  @Test func pagesAreNumbered() async throws {
    try await withCloud { cloud in
      let first = try await cloud.call("DescribeImages", ["PageSize": "4"])
      let second = try await cloud.call("DescribeImages", ["PageSize": "4", "PageNumber": "2"])
      let third = try await cloud.call("DescribeImages", ["PageSize": "4", "PageNumber": "3"])
      #expect([first, second, third].map { $0.items("Images", "Image").count } == [4, 3, 0])
    }
  }
}
