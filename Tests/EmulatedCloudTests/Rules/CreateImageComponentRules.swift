// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Testing

@Suite struct CreateImageComponentRules {
  static let rules: [Rule] = [
    Rule("200", [:]),
    Rule("400 MissingParameter", ["RegionId": ""]),
    Rule("404 InvalidRegionId.NotFound", ["RegionId": "cn-nowhere"]),
    Rule("400 InvalidName.Malformed", ["Name": "a"]),
    Rule("400 InvalidName.Malformed", ["Name": "1web"]),
    Rule("400 InvalidName.Malformed", ["Name": "http://web"]),
    Rule("400 InvalidName.Malformed", ["Name": "https://web"]),
    Rule("400 InvalidName.Malformed", ["Name": "we b"]),
    Rule("400 InvalidName.Malformed", ["Name": String(repeating: "a", count: 129)]),
    Rule("200", ["Name": String(repeating: "a", count: 128)]),
    Rule("200", ["Name": "组件"]),
    Rule("200", ["Name": "a:_.-9"]),
    Rule("400 InvalidDescription.Malformed", ["Description": "d"]),
    Rule("400 InvalidDescription.Malformed", ["Description": "http://example.com"]),
    Rule("400 InvalidDescription.Malformed", ["Description": String(repeating: "d", count: 257)]),
    Rule("200", ["Description": String(repeating: "说", count: 256)]),
    Rule("400 InvalidSystemType.NotSupportedValue", ["SystemType": "linux"]),
    Rule("400 InvalidComponentType.NotSupportedValue", ["ComponentType": "build"]),
    Rule("200", ["ComponentType": "Test"]),
    Rule("400 InvalidParameter.ComponentVersion", ["ComponentVersion": "1.0"]),
    Rule("400 InvalidParameter.ComponentVersion", ["ComponentVersion": "1.0.*"]),
    Rule("400 InvalidParameter.ComponentVersion", ["ComponentVersion": "v1.0.0"]),
    Rule("400 InvalidParameter.ComponentVersion", ["ComponentVersion": "1.-1.0"]),
    Rule("403 InvalidComponentVersion.Exist", ["Name": "taken", "ComponentVersion": "1.0.0"]),
    Rule("200", ["Name": "taken", "ComponentVersion": "1.0.1"]),
    Rule("400 MissingParameter.Content", ["Content": ""]),
    Rule("400 InvalidContent.LengthExceeded", ["Content": "RUN " + String(repeating: "a", count: 16_381)]),
    Rule("200", ["Content": "RUN " + String(repeating: "a", count: 16_380)]),
    Rule("400 InvalidParameter.Content", ["Content": "Tasks: []"]),
    Rule("400 InvalidParameter.Content", ["Content": "Tasks:\n  - Name: a\n"]),
    Rule("400 InvalidParameter.Content", ["Content": "RUN true", "SystemType": "Windows"]),
    Rule(
      "400 InvalidImageTemplateCommandSize.ExceededMaxNumber",
      ["Content": String(repeating: "RUN true\n", count: 128)]),
    Rule("200", ["Content": String(repeating: "RUN true\n", count: 127)]),
    Rule("400 InvalidImageTemplateCommand.NotSupported", ["Content": "VOLUME /data"]),
    Rule("400 InvalidCommand.Component", ["Content": "COMPONENT ic-abc"]),
    Rule("404 NotSupportedCommand.FROM", ["Content": "FROM IMAGE:m-1"]),
    Rule("400 NotEmptyCommandContent.RESTART", ["Content": "RESTART now"]),
    Rule("400 NumberExceed.Tags", tags(21)),
    Rule("200", tags(20)),
    Rule("400 Duplicate.TagKey", ["Tag.1.Key": "a", "Tag.2.Key": "a"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "aliyun-x"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "acs:x"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "x-http://"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "", "Tag.1.Value": "v"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": String(repeating: "k", count: 129)]),
    Rule("400 InvalidTagValue.Malformed", ["Tag.1.Key": "k", "Tag.1.Value": "acs:x"]),
    Rule("400 InvalidTagValue.Malformed", ["Tag.1.Key": "k", "Tag.1.Value": "see https://x"]),
    Rule(
      "400 InvalidTagValue.Malformed", ["Tag.1.Key": "k", "Tag.1.Value": String(repeating: "v", count: 129)]),
    Rule("200", ["Tag.1.Key": "k", "Tag.1.Value": ""]),
    Rule("404 InvalidResourceGroup.NotFound", ["ResourceGroupId": "rg-unknown"]),
    Rule("200", ["ResourceGroupId": "rg-emulated"]),
    Rule("400 InvalidClientToken.ValueNotSupported", ["ClientToken": String(repeating: "t", count: 65)]),
    Rule("200", ["OwnerId": "1", "ResourceOwnerAccount": "someone", "Unknown": "x"]),
  ]

  /// Commands with an argument, each with one that is malformed.
  static let commands = [
    "RUN": "make && \\", "ENV": "=x", "WORKDIR": "/a b", "COPY": "https://example.com/a?b /dir",
    "USER": "two words",
    "CMD": "[\"a\",", "ENTRYPOINT": "[\"a\" \"b\"]",
  ]

  static let base = ["Name": "web", "Content": "RUN true"]

  @Test(arguments: rules) func eachRuleHasItsCode(rule: Rule) async throws {
    try await withCloud { cloud in
      try await cloud.expect(
        "200", "CreateImageComponent", ["Name": "taken", "ComponentVersion": "1.0.0", "Content": "RUN true"])
      try await cloud.expect(rule, "CreateImageComponent", Self.base)
    }
  }

  @Test(arguments: ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"])
  func aCommandNeedsItsArgument(word: String) async throws {
    try await withCloud { cloud in
      try await cloud.expect("400 EmptyCommandContent.\(word)", "CreateImageComponent", ["Content": word])
    }
  }

  @Test(arguments: commands.keys.sorted()) func anArgumentFollowsItsGrammar(word: String) async throws {
    let argument = try #require(Self.commands[word])
    try await withCloud { cloud in
      try await cloud.expect(
        "400 InvalidCommandContent.\(word)", "CreateImageComponent", ["Content": "\(word) \(argument)"])
    }
  }

  @Test func theQuotaCountsComponentsOfTheRegion() async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.quotas.components = 1
    try await withCloud(.call, configuration) { cloud in
      try await cloud.expect("200", "CreateImageComponent", ["Content": "RUN true"])
      try await cloud.expect(
        "400 QuotaExceed.ImageComponent", "CreateImageComponent", ["Content": "RUN true"])
    }
  }
}
