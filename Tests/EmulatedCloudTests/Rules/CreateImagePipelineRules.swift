// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct CreateImagePipelineRules {
  static let rules: [Rule] = [
    Rule("200", [:]),
    Rule("400 MissingParameter", ["RegionId": ""]),
    Rule("400 MissingParameter", ["BaseImageType": ""]),
    Rule("400 InvalidBaseImageType.NotSupportedValue", ["BaseImageType": "SNAPSHOT"]),
    Rule("400 MissingParameter", ["BaseImage": ""]),
    Rule("404 InvalidImage.NotFound", ["BaseImage": "golden-missing"]),
    Rule("400 InvalidName.Malformed", ["Name": "-a"]),
    Rule("400 InvalidDescription.Malformed", ["Description": "d"]),
    Rule("400 InvalidImageName.Malformed", ["ImageOptions.ImageName": "a"]),
    Rule("400 InvalidImageName.Malformed", ["ImageName": String(repeating: "a", count: 65)]),
    Rule("400 InvalidImageFamily.Malformed", ["ImageOptions.ImageFamily": "acs:mine"]),
    Rule("400 InvalidImageFamily.Malformed", ["ImageFamily": "with.dot"]),
    Rule("400 InvalidImageOptions.Description", ["ImageOptions.Description": "http://x"]),
    Rule("400 InvalidSystemDiskSize.NotSupportedValue", ["SystemDiskSize": "19"]),
    Rule("400 InvalidSystemDiskSize.NotSupportedValue", ["SystemDiskSize": "501"]),
    Rule("400 InvalidSystemDiskSize.NotSupportedValue", ["SystemDiskSize": "forty"]),
    Rule("200", ["SystemDiskSize": "20"]),
    Rule("400 InvalidInternetMaxBandwidthOut.NotSupportedValue", ["InternetMaxBandwidthOut": "101"]),
    Rule("400 InvalidInternetMaxBandwidthOut.NotSupportedValue", ["InternetMaxBandwidthOut": "-1"]),
    Rule("400 InvalidAddAccountSize.ExceededMaxNumber", numbered("AddAccount", 21) { "\($0)" }),
    Rule("200", numbered("AddAccount", 20) { "\($0)" }),
    Rule("400 InvalidToRegionIdSize.ExceededMaxNumber", numbered("ToRegionId", 21) { _ in "cn-beijing" }),
    Rule("404 InvalidRegionId.NotFound", ["ToRegionId.1": "cn-nowhere"]),
    Rule(
      "400 InvalidBuildContent.LengthExceeded",
      ["BuildContent": "RUN " + String(repeating: "a", count: 16_381)]),
    Rule("400 InvalidParameter.TestContent", ["TestContent": "RUN " + String(repeating: "a", count: 16_381)]),
    Rule(
      "400 InvalidImageTemplateCommandSize.ExceededMaxNumber",
      ["BuildContent": String(repeating: "RUN true\n", count: 128)]),
    Rule("400 DuplicatedCommand.FROM", ["BuildContent": "FROM IMAGE:m-1\nFROM IMAGE:m-2"]),
    Rule("400 InvalidCommandOrder.FROM", ["BuildContent": "RUN true\nFROM IMAGE:m-1"]),
    Rule("400 InvalidCommandContent.FROM", ["BuildContent": "FROM m-1"]),
    Rule("200", ["BuildContent": "FROM IMAGE:m-1\nRUN true"]),
    Rule("400 InvalidImageTemplateCommand.NotSupported", ["BuildContent": "ARG x"]),
    Rule("400 InvalidImageTemplateCommand.NotSupported", ["TestContent": "ARG x"]),
    Rule("400 NotEmptyCommandContent.RESTART", ["BuildContent": "RESTART now"]),
    Rule("400 InvalidParameter.BuildContent", ["BuildContent": "COMPONENT"]),
    Rule("400 InvalidParameter.TestContent", ["TestContent": "COMPONENT nonsense"]),
    Rule("404 ImageComponent.NotFound", ["BuildContent": "COMPONENT ic-unknown"]),
    Rule("400 InvalidImageComponent.NotSupported", ["TestContent": "COMPONENT ic-sys00000000000000001"]),
    Rule("400 InvalidImageComponent.NotSupported", ["BuildContent": "COMPONENT ic-sys00000000000000003"]),
    Rule(
      "400 InvalidParameter.BuildContent", ["BuildContent": "COMPONENT ic-sys00000000000000001 --port 80"]),
    Rule("400 InvalidParameterCombination", ["ImageName": "one", "ImageOptions.ImageName": "two"]),
    Rule("400 InvalidParameter.RepairMode", ["RepairMode": "Some"]),
    Rule("404 MissingParameter.RepairMode", ["RepairItem.1": "grub"]),
    Rule("400 InvalidParameterCombination", ["RepairMode": "Standard", "RepairItem.1": "grub"]),
    Rule("200", ["RepairMode": "Customized", "RepairItem.1": "grub"]),
    Rule("400 InvalidImage.NotSupportRepair", ["BaseImage": "mine-unrepairable", "RepairMode": "Standard"]),
    Rule("400 InvalidImage.OsTypeUnsupported", ["BaseImage": "mine-unsupported"]),
    Rule(
      "400 InvalidImage.ImageOwnerAliasUnsupported",
      ["BaseImage": "x-marketplace", "ToRegionId.1": "cn-beijing"]),
    Rule("400 InvalidAdvancedOptions.ImageNameSuffix", ["AdvancedOptions.ImageNameSuffix": "enable"]),
    Rule("400 InvalidParameter.NvmeSupport", ["ImageOptions.ImageFeatures.NvmeSupport": "yes"]),
    Rule("400 InvalidParameter.NvmeSupport", ["NvmeSupport": "yes"]),
    Rule("400 InvalidParameter", ["DeleteInstanceOnFailure": "perhaps"]),
    Rule("200", ["DeleteInstanceOnFailure": "False", "AdvancedOptions.RetainCloudAssistant": "TRUE"]),
    Rule("404 InvalidInstanceType.NotFound", ["InstanceType": "large"]),
    Rule("404 InvalidInstanceType.NotFound", ["InstanceType": "ecs.g9.large-missing"]),
    Rule("404 InvalidVSwitchId.NotFound", ["VSwitchId": "vpc-1"]),
    Rule("404 InvalidResourceGroup.NotFound", ["ResourceGroupId": "rg-unknown"]),
    Rule("400 Duplicate.TagKey", ["Tag.1.Key": "a", "Tag.2.Key": "a"]),
    Rule("400 InvalidTagKey.Malformed", ["Tag.1.Key": "acs:x"]),
    Rule("400 InvalidTagValue.Malformed", ["Tag.1.Key": "k", "Tag.1.Value": "acs:x"]),
  ]

  static let importRules: [Rule] = [
    Rule("200", [:]),
    Rule("404 MissingParameter.ImportImageOptions", [disk + "OSSBucket": "", disk + "OSSObject": ""]),
    Rule(
      "404 MissingParameter.ImageOptionsDiskDeviceMappings",
      [disk + "OSSBucket": "", disk + "OSSObject": "", "ImportImageOptions.OSType": "linux"]),
    Rule("404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject", [disk + "OSSObject": ""]),
    Rule("404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket", [disk + "OSSBucket": ""]),
    Rule("400 InvalidParameter.ImportImageOptionsArchitecture", ["ImportImageOptions.Architecture": "i386"]),
    Rule("400 InvalidParameter.ImportImageOptionsOSType", ["ImportImageOptions.OSType": "bsd"]),
    Rule("400 InvalidParameter.ImportImageOptionsBootMode", ["ImportImageOptions.BootMode": "EFI"]),
    Rule(
      "400 InvalidParameter.ImportImageOptionsBootMode",
      ["ImportImageOptions.Architecture": "arm64", "ImportImageOptions.BootMode": "BIOS"]),
    Rule("400 InvalidParameter.ImportImageOptionsPlatform", ["ImportImageOptions.Platform": "Plan 9"]),
    Rule("400 InvalidParameter.ImportImageOptionsLicenseType", ["ImportImageOptions.LicenseType": "Free"]),
    Rule(
      "400 InvalidParameter.ImportImageOptionsFeaturesNvmeSupport",
      ["ImportImageOptions.Features.NvmeSupport": "auto"]),
    Rule("400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat", [disk + "Format": "VMDK"]),
    Rule(
      "400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject", [disk + "OSSObject": "http://x"]),
    Rule("400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket", [disk + "OSSBucket": "-x"]),
    Rule("400 InvalidOperation.DiskImageSizeExceeded", [disk + "DiskImageSize": "2049"]),
    Rule(
      "400 InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded",
      (1...18).reduce(into: [:]) { all, number in
        all["ImportImageOptions.DiskDeviceMappings.\(number).OSSBucket"] = "bucket"
        all["ImportImageOptions.DiskDeviceMappings.\(number).OSSObject"] = "object"
      }),
    Rule(
      "404 InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound", [disk + "OSSObject": "x-missing"]),
    Rule("403 InvalidOSSObject.NotAuthorized", [disk + "OSSObject": "x-forbidden"]),
    Rule("403 InvalidOSSObject.NeedRestore", [disk + "OSSObject": "x-archived"]),
    Rule("403 InvalidOperation.OSSObjectIsImporting", [disk + "OSSObject": "x-importing"]),
    Rule("403 InvalidOperation.NoRightAccessOSS", [disk + "OSSBucket": "x-forbidden"]),
  ]

  static let disk = "ImportImageOptions.DiskDeviceMappings.1."
  static let base = ["BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"]
  static let importBase = [
    "BaseImageType": "OSS", disk + "OSSBucket": "images", disk + "OSSObject": "disk.qcow2",
  ]

  @Test(arguments: rules) func eachRuleHasItsCode(rule: Rule) async throws {
    try await withCloud { cloud in try await cloud.expect(rule, "CreateImagePipeline", Self.base) }
  }

  @Test(arguments: importRules) func eachRuleOfAnImportHasItsCode(rule: Rule) async throws {
    try await withCloud { cloud in try await cloud.expect(rule, "CreateImagePipeline", Self.importBase) }
  }

  @Test(arguments: ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"])
  func aCommandNeedsItsArgument(word: String) async throws {
    try await withCloud { cloud in
      try await cloud.expect(
        Rule("400 EmptyCommandContent.\(word)", ["BuildContent": word]), "CreateImagePipeline", Self.base)
    }
  }

  @Test(arguments: CreateImageComponentRules.commands.keys.sorted())
  func anArgumentFollowsItsGrammar(word: String) async throws {
    let argument = try #require(CreateImageComponentRules.commands[word])
    try await withCloud { cloud in
      try await cloud.expect(
        Rule("400 InvalidCommandContent.\(word)", ["BuildContent": "\(word) \(argument)"]),
        "CreateImagePipeline",
        Self.base)
    }
  }

  @Test func theQuotaCountsPipelinesOfTheRegion() async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.quotas.pipelines = 1
    try await withCloud(.call, configuration) { cloud in
      let first = try await cloud.createPipeline()
      let second = try await cloud.createPipeline()
      #expect(first.verdict == "200")
      #expect(second.verdict == "400 QuotaExceed.ImagePipeline")
    }
  }

  @Test func parametersOfAComponentAreGivenWhereTheyHaveNoDefault() async throws {
    let content = """
      Parameters:
        port: {Type: Number, DefaultValue: 80}
        channel: {Type: String}
      Tasks:
        - Name: a
          Action: RunShellCommand
          Properties: {commandContent: "echo {{ port }} {{ channel }}"}
      """
    try await withCloud { cloud in
      let id = try await cloud.call("CreateImageComponent", ["Content": content])["ImageComponentId"]
      let shown = try await cloud.call("DescribeImageComponents").components
      #expect(
        shown.first?["Parameters"] == [
          "Parameter": [
            ["Name": "port", "Type": "Number", "DefaultValue": "80"], ["Name": "channel", "Type": "String"],
          ]
        ])
      let without = try await cloud.createPipeline(build: "COMPONENT \(id)")
      #expect(without.verdict == "400 InvalidParameter.BuildContent")
      let with = try await cloud.createPipeline(build: "COMPONENT \(id) --channel stable")
      #expect(with.verdict == "200")
    }
  }

  @Test func strictImagesMustExist() async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.strictImages = true
    try await withCloud(.call, configuration) { cloud in
      let known = try await cloud.createPipeline()
      let unknown = try await cloud.createPipeline(image: "acs:unheard_of")
      #expect(known.verdict == "200")
      #expect(unknown.verdict == "404 InvalidImage.NotFound")
    }
  }

  @Test func theRuleOf2023WritesFrom() async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.legacyFrom = true
    try await withCloud(.call, configuration) { cloud in
      _ = try await cloud.createPipeline(build: "RUN true")
      _ = try await cloud.createPipeline(build: "FROM IMAGE:m-1\nRUN true")
      let shown = try await cloud.call("DescribeImagePipelines").pipelines
      #expect(shown.first?["BuildContent"] == "FROM IMAGE_FAMILY:acs:ubuntu_22_04_x64\nRUN true")
      #expect(shown.last?["BaseImage"] == "m-1")
    }
  }
}
