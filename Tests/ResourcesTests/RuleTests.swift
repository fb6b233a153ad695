// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Each rule of CreateImageComponent and CreateImagePipeline (reference §3, §4.1, §4.4) with right and wrong values, at
/// the bounds where there are any, and the code that the service answers.
///
/// These codes of the two operations can't be told before the call:
/// - the service's own state: `InvalidComponentVersion.Exist` (planning knows), `QuotaExceed.*`, `NoPermission`,
///   `InvalidOperation.NoPermissionCreateServiceLinkedRole`, `InvalidImageName.Duplicated`;
/// - what only it can look up: `ImageComponent.NotFound`, `InvalidImage.NotFound` and the other `Invalid*.NotFound` of
///   things that exist elsewhere (an empty text is refused with them here), `InvalidImage.NotSupportRepair`,
///   `InvalidImage.OsTypeUnsupported`, `InvalidImage.ImageOwnerAliasUnsupported`, `InvalidSourceInstance.NotFound`,
///   `ImagePipeline.NotSupportWindowsInstance`;
/// - what lies in OSS: `InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound`, `InvalidOSSObject.*`,
///   `InvalidOperation.NoRightAccessOSS`, `InvalidOperation.OSSObjectIsImporting`;
/// - `InvalidImageComponent.NotSupported` hangs on another manifest (tests of the manifests);
/// - the language of contents (`*Command*`, `InvalidParameter.{Content,BuildContent}`) has tests of its own.
@Suite struct RuleTests {
  /// What a rule makes of one value.
  struct Case: CustomTestStringConvertible, Sendable {
    let field: String
    let value: FieldValue
    let code: String?
    /// Other parameters that the value needs beside it.
    let beside: [String: FieldValue]

    init(_ field: String, _ value: FieldValue, _ code: String?, beside: [String: FieldValue] = [:]) {
      self.field = field
      self.value = value
      self.code = code
      self.beside = beside
    }

    var testDescription: String { "\(field) = \("\(value)".prefix(60)) → \(code ?? "right")" }
  }

  @Test(arguments: texts + numbers + words + lists + tags + images)
  func pipelineFieldKeepsItsRule(_ example: Case) throws {
    var pipeline = ImagePipeline()
    pipeline.baseImageType = "IMAGE"
    pipeline.baseImage = "m-1"
    try set([example.field: example.value].merging(example.beside) { own, _ in own }, in: &pipeline)
    expect(pipeline.violations, code: example.code, in: example.field)
  }

  @Test(arguments: components)
  func componentFieldKeepsItsRule(_ example: Case) throws {
    var component = ImageComponent()
    component.content = "RUN true"
    try set([example.field: example.value], in: &component)
    expect(component.violations, code: example.code, in: example.field)
  }

  @Test(arguments: disks)
  func diskKeepsItsRule(_ example: Case) throws {
    var disk = DiskDeviceMapping()
    disk.ossBucket = "bucket"
    disk.ossObject = "disk.raw"
    try set([example.field: example.value], in: &disk)
    var pipeline = ImagePipeline()
    pipeline.baseImageType = "OSS"
    pipeline.importImageOptions.diskDeviceMappings = [DiskDeviceMapping.bucketed, disk]
    expect(
      pipeline.violations, code: example.code,
      in: "importImageOptions.diskDeviceMappings[1].\(example.field)")
  }

  static let components: [Case] =
    names("name", "InvalidName.Malformed", upTo: 128)
    + descriptions("description", "InvalidDescription.Malformed")
    + tagRules("tags")
    + [
      Case("version", .text("1.4.0"), nil),
      Case("version", .text("0.0.0"), nil),
      Case("version", .text("2147483647.0.1"), nil),
      Case("version", .text("2147483648.0.1"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("1.4"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("1.4.0.0"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("1.4.x"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("1.04.0"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("1..0"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("1.-4.0"), "InvalidParameter.ComponentVersion"),
      Case("version", .text("１.4.0"), "InvalidParameter.ComponentVersion"),
      Case("systemType", .text("Linux"), nil),
      Case("systemType", .text("Windows"), nil),
      Case("systemType", .text("linux"), "InvalidSystemType.NotSupportedValue"),
      Case("componentType", .text("Build"), nil),
      Case("componentType", .text("Test"), nil),
      Case("componentType", .text("Validate"), "InvalidComponentType.NotSupportedValue"),
      Case("content", .text(""), "MissingParameter.Content"),
      Case("content", .text(String(repeating: "x", count: 16_384)), nil),
      Case("content", .text(String(repeating: "x", count: 16_385)), "InvalidContent.LengthExceeded"),
      Case("content", .text(String(repeating: "中", count: 5_462)), "InvalidContent.LengthExceeded"),
      Case("resourceGroupId", .text("rg-1"), nil),
      Case("resourceGroupId", .text(""), "InvalidResourceGroup.NotFound"),
    ]

  static let texts: [Case] =
    names("name", "InvalidName.Malformed", upTo: 128)
    + names("imageName", "InvalidImageName.Malformed", upTo: 64)
    + names("imageOptions.imageName", "InvalidImageName.Malformed", upTo: 64)
    + names("importImageOptions.imageName", "InvalidImageName.Malformed", upTo: 128)
    + descriptions("description", "InvalidDescription.Malformed")
    + descriptions("imageOptions.description", "InvalidImageOptions.Description")
    + descriptions("importImageOptions.description", "InvalidDescription.Malformed")
    + families("imageFamily") + families("imageOptions.imageFamily")
    + [
      Case("buildContent", .text(String(repeating: "x", count: 16_384)), nil),
      Case(
        "buildContent", .text(String(repeating: "x", count: 16_385)), "InvalidBuildContent.LengthExceeded"),
      Case("testContent", .text(String(repeating: "x", count: 16_384)), nil),
      Case("testContent", .text(String(repeating: "x", count: 16_385)), "InvalidParameter.TestContent"),
      Case("baseImage", .text(""), "InvalidImage.NotFound"),
      Case("instanceType", .text("ecs.g6.large"), nil),
      Case("instanceType", .text(""), "InvalidInstanceType.NotFound"),
      Case("vSwitchId", .text("vsw-1"), nil),
      Case("vSwitchId", .text(""), "InvalidVSwitchId.NotFound"),
      Case("resourceGroupId", .text(""), "InvalidResourceGroup.NotFound"),
      Case("imageSecurityOptions.securityScanMode", .text("any"), nil),
      Case("imageSecurityOptions.securityScanMode", .text(""), "InvalidParameter"),
      Case("importImageOptions.roleName", .text("ImportRole"), nil),
      Case("importImageOptions.roleName", .text(""), "InvalidParameter"),
    ]

  static let numbers: [Case] = [
    Case("systemDiskSize", .integer(19), "InvalidSystemDiskSize.NotSupportedValue"),
    Case("systemDiskSize", .integer(20), nil),
    Case("systemDiskSize", .integer(500), nil),
    Case("systemDiskSize", .integer(501), "InvalidSystemDiskSize.NotSupportedValue"),
    Case("internetMaxBandwidthOut", .integer(-1), "InvalidInternetMaxBandwidthOut.NotSupportedValue"),
    Case("internetMaxBandwidthOut", .integer(0), nil),
    Case("internetMaxBandwidthOut", .integer(100), nil),
    Case("internetMaxBandwidthOut", .integer(101), "InvalidInternetMaxBandwidthOut.NotSupportedValue"),
  ]

  static let words: [Case] =
    enumeration("baseImageType", ["IMAGE", "IMAGE_FAMILY"], "InvalidBaseImageType.NotSupportedValue")
    + enumeration("repairMode", ["Standard", "All"], "InvalidParameter.RepairMode")
    + enumeration("nvmeSupport", ["supported", "unsupported", "auto"], "InvalidParameter.NvmeSupport")
    + enumeration(
      "imageOptions.imageFeatures.nvmeSupport", ["supported", "unsupported", "auto"],
      "InvalidParameter.NvmeSupport")
    + enumeration("advancedOptions.imageNameSuffix", ["disable"], "InvalidAdvancedOptions.ImageNameSuffix")
    + enumeration(
      "importImageOptions.architecture", ["x86_64", "arm64"],
      "InvalidParameter.ImportImageOptionsArchitecture")
    + enumeration(
      "importImageOptions.osType", ["linux", "windows"], "InvalidParameter.ImportImageOptionsOSType")
    + enumeration(
      "importImageOptions.platform", ["Aliyun", "Fedora CoreOS", "Windows Server 2022", "Other Windows"],
      "InvalidParameter.ImportImageOptionsPlatform")
    + enumeration(
      "importImageOptions.bootMode", ["BIOS", "UEFI"], "InvalidParameter.ImportImageOptionsBootMode")
    + enumeration(
      "importImageOptions.licenseType", ["Auto", "Aliyun", "BYOL"],
      "InvalidParameter.ImportImageOptionsLicenseType")
    + enumeration(
      "importImageOptions.features.nvmeSupport", ["supported", "unsupported"],
      "InvalidParameter.ImportImageOptionsFeaturesNvmeSupport")
    + enumeration("importImageOptions.features.imdsSupport", ["v1", "v2"], "InvalidParameter")
    + enumeration(
      "importImageOptions.retentionStrategy",
      ["RetainOnlySuccessful", "RetainOnlyFailed", "RetainAlways", "RetainNever"], "InvalidParameter")

  static let lists: [Case] = [
    Case("addAccounts", .integers(Array(1...20)), nil),
    Case("addAccounts", .integers(Array(1...21)), "InvalidAddAccountSize.ExceededMaxNumber"),
    Case("toRegionIds", .texts((1...20).map { "cn-\($0)" }), nil),
    Case("toRegionIds", .texts((1...21).map { "cn-\($0)" }), "InvalidToRegionIdSize.ExceededMaxNumber"),
    Case("repairItems", .texts(["fstab", "osloader"]), nil, beside: ["repairMode": .text("Customized")]),
  ]

  static let tags: [Case] =
    tagRules("tags") + tagRules("imageOptions.imageTags") + tagRules("importImageOptions.importImageTags")

  static let images: [Case] = [
    Case("importImageOptions.diskDeviceMappings", .disks(Array(repeating: .bucketed, count: 17)), nil),
    Case(
      "importImageOptions.diskDeviceMappings", .disks(Array(repeating: .bucketed, count: 18)),
      "InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded"),
  ]

  static let disks: [Case] =
    enumeration(
      "format", ["RAW", "VHD", "QCOW2"], "InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat")
    + [
      Case("diskImageSize", .integer(0), "InvalidOperation.DiskImageSizeExceeded"),
      Case("diskImageSize", .integer(1), nil),
      Case("diskImageSize", .integer(2048), nil),
      Case("diskImageSize", .integer(2049), "InvalidOperation.DiskImageSizeExceeded"),
    ]
    + ["a", "0-9", String(repeating: "b", count: 63)].map { Case("ossBucket", .text($0), nil) }
    + ["", "-a", "a-", "Bucket", "a_b", "a.b", "桶", String(repeating: "b", count: 64)].map {
      Case("ossBucket", .text($0), "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket")
    }
    + ["a", "中/文.raw", String(repeating: "o", count: 1023)].map { Case("ossObject", .text($0), nil) }
    + ["", "http://a/b", "https://a", String(repeating: "o", count: 1024)].map {
      Case("ossObject", .text($0), "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject")
    }

  private static func names(_ field: String, _ code: String, upTo most: Int) -> [Case] {
    let right = [
      "ab", "Z9", "a:b_c.d-e", "中文", "a中", "𠀀𠀁", "a" + String(repeating: "b", count: most - 1),
      String(repeating: "中", count: most),
    ]
    let wrong = [
      "", "a", "中", "9a", "-ab", "_ab", ":ab", ".ab", "a b", "a/b", "a@b", "é1", "ab\n", "http://ab",
      "https://ab",
      "ａｂ", "あい", "😀😀", "a" + String(repeating: "b", count: most), String(repeating: "中", count: most + 1),
    ]
    return right.map { Case(field, .text($0), nil) } + wrong.map { Case(field, .text($0), code) }
  }

  private static func descriptions(_ field: String, _ code: String) -> [Case] {
    let right = ["ab", "中文", "say http://", " \n", String(repeating: "é", count: 256)]
    let wrong = ["", "a", "http://ab", "https://", String(repeating: "é", count: 257)]
    return right.map { Case(field, .text($0), nil) } + wrong.map { Case(field, .text($0), code) }
  }

  private static func families(_ field: String) -> [Case] {
    let right = ["ab", "a:b_c-9", "中文", "Aliyun", "an-acs:x", "a" + String(repeating: "b", count: 127)]
    let wrong = [
      "", "a", "a.b", "9a", "aliyun", "aliyunx", "acs:alibaba", "ahttp://b", "a b",
      "a" + String(repeating: "b", count: 128),
    ]
    return right.map { Case(field, .text($0), nil) }
      + wrong.map { Case(field, .text($0), "InvalidImageFamily.Malformed") }
  }

  private static func enumeration(_ field: String, _ words: [String], _ code: String) -> [Case] {
    words.map { Case(field, .text($0), nil) }
      + [words[0] + "x", "", swapped(words[0])].map { Case(field, .text($0), code) }
  }

  private static func swapped(_ word: String) -> String {
    word == word.lowercased() ? word.uppercased() : word.lowercased()
  }

  private static func tagRules(_ field: String) -> [Case] {
    let longest = String(repeating: "é", count: 128)
    let keys = ["a", "中", "Aliyun", "a b", "key.with/all=of+it@", "an-acs:x", longest]
    let wrongKeys = ["", "aliyun", "aliyunx", "acs:a", "ahttp://b", "https://", longest + "e"]
    let values = ["", "a", "aliyun", "中", longest]
    let wrongValues = ["acs:a", "http://", "a https:// b", longest + "e"]
    return keys.map { Case(field, .pairs([$0: "v"]), nil) }
      + wrongKeys.map { Case(field, .pairs([$0: "v"]), "InvalidTagKey.Malformed") }
      + values.map { Case(field, .pairs(["k": $0]), nil) }
      + wrongValues.map { Case(field, .pairs(["k": $0]), "InvalidTagValue.Malformed") }
      + [
        Case(field, .pairs(many(20)), nil),
        Case(field, .pairs(many(21)), "NumberExceed.Tags"),
      ]
  }

  private static func many(_ count: Int) -> [String: String] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { ("key\($0)", "") })
  }

  private func set<Root: FieldTabled>(_ values: [String: FieldValue], in root: inout Root) throws {
    for (name, value) in values {
      let field = try #require(Root.fields.first { $0.name == name }, "no field \(name)")
      field.write(&root, value)
    }
  }

  /// Expects no violation, or only ones in `field` with `code`.
  private func expect(_ violations: [Violation], code: String?, in field: String) {
    guard let code else {
      #expect(violations.isEmpty)
      return
    }
    #expect(violations.map(\.code.name) == [code])
    for violation in violations {
      #expect(
        violation.field == field || violation.field.hasPrefix("\(field).")
          || violation.field.hasPrefix("\(field)["))
      #expect(violation.expectation.hasPrefix("must "))
    }
  }
}

extension DiskDeviceMapping {
  /// A right one.
  static let bucketed: DiskDeviceMapping = {
    var disk = DiskDeviceMapping()
    disk.ossBucket = "bucket"
    disk.ossObject = "disk.raw"
    return disk
  }()
}
