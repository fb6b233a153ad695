// SPDX-License-Identifier: Apache-2.0

extension ImagePipeline {
  /// The parameters that only baseImageType OSS needs.
  static let importing: [Field<ImagePipeline>] = [
    Field(
      "importImageOptions.architecture", { $1(&$0.importImageOptions.architecture) },
      wire: "ImportImageOptions.Architecture", .replaces, default: .text("x86_64"),
      checks: [Check(.oneOf(["x86_64", "arm64"]), "InvalidParameter.ImportImageOptionsArchitecture")],
      "Processor architecture of the imported image."),
    Field(
      "importImageOptions.osType", { $1(&$0.importImageOptions.osType) },
      wire: "ImportImageOptions.OSType", .replaces, default: .text("linux"),
      checks: [Check(.oneOf(["linux", "windows"]), "InvalidParameter.ImportImageOptionsOSType")],
      "Operating system of the imported image."),
    Field(
      "importImageOptions.platform", { $1(&$0.importImageOptions.platform) },
      wire: "ImportImageOptions.Platform", .replaces, echo: .chosenByService,
      checks: [Check(.oneOf(platforms), "InvalidParameter.ImportImageOptionsPlatform")],
      "Distribution of the imported image."),
    Field(
      "importImageOptions.bootMode", { $1(&$0.importImageOptions.bootMode) },
      wire: "ImportImageOptions.BootMode", .replaces, echo: .chosenByService,
      checks: [Check(.oneOf(["BIOS", "UEFI"]), "InvalidParameter.ImportImageOptionsBootMode")],
      "How the imported image boots; BIOS where unset, always UEFI on arm64."),
    Field(
      "importImageOptions.licenseType", { $1(&$0.importImageOptions.licenseType) },
      wire: "ImportImageOptions.LicenseType", .replaces, default: .text("Auto"),
      checks: [Check(.oneOf(["Auto", "Aliyun", "BYOL"]), "InvalidParameter.ImportImageOptionsLicenseType")],
      "Who licenses the imported image's operating system."),
    Field(
      "importImageOptions.diskDeviceMappings", { $1(&$0.importImageOptions.diskDeviceMappings) },
      wire: "ImportImageOptions.DiskDeviceMappings", .replaces,
      reply: .list(wrapper: "DiskDeviceMappings", element: "DiskDeviceMapping"),
      checks: [
        Check(.count(0...17), "InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded")
      ],
      "The disks of the imported image, the system disk first."),
    Field(
      "importImageOptions.features.nvmeSupport", { $1(&$0.importImageOptions.nvmeSupport) },
      wire: "ImportImageOptions.Features.NvmeSupport", .replaces, default: .text("unsupported"),
      checks: [
        Check(
          .oneOf(["supported", "unsupported"]), "InvalidParameter.ImportImageOptionsFeaturesNvmeSupport")
      ],
      "Whether the imported image supports NVMe."),
    Field(
      "importImageOptions.features.imdsSupport", { $1(&$0.importImageOptions.imdsSupport) },
      wire: "ImportImageOptions.Features.ImdsSupport", .replaces, default: .text("v1"),
      checks: [Check(.oneOf(["v1", "v2"]), "InvalidParameter")],
      "The metadata service that instances of the imported image use."),
    Field(
      "importImageOptions.imageName", { $1(&$0.importImageOptions.imageName) },
      wire: "ImportImageOptions.ImageName", .replaces,
      checks: nameChecks("InvalidImageName.Malformed", 2...128), "Name of the imported image."),
    Field(
      "importImageOptions.description", { $1(&$0.importImageOptions.description) },
      wire: "ImportImageOptions.Description", .replaces,
      checks: descriptionChecks("InvalidDescription.Malformed"), "Description of the imported image."),
    Field(
      "importImageOptions.importImageTags", { $1(&$0.importImageOptions.importImageTags) },
      wire: "ImportImageOptions.ImportImageTags", .replaces,
      reply: .pairs(wrapper: "ImportImageTags", element: "ImportImageTag", key: "Key", value: "Value"),
      checks: tagChecks, "Tags on the imported image."),
    Field(
      "importImageOptions.roleName", { $1(&$0.importImageOptions.roleName) },
      wire: "ImportImageOptions.RoleName", .replaces,
      checks: [Check(.notEmpty, "InvalidParameter")], "The RAM role that reads the bucket."),
    Field(
      "importImageOptions.retentionStrategy", { $1(&$0.importImageOptions.retentionStrategy) },
      wire: "ImportImageOptions.RetentionStrategy", .replaces, default: .text("RetainNever"),
      checks: [
        Check(
          .oneOf(["RetainOnlySuccessful", "RetainOnlyFailed", "RetainAlways", "RetainNever"]),
          "InvalidParameter")
      ],
      "After which builds the imported image is kept."),
    Field(
      "importImageOptions.retainImportedImage", { $1(&$0.importImageOptions.retainImportedImage) },
      wire: "ImportImageOptions.RetainImportedImage", .replaces, default: .boolean(false),
      "Deprecated: use importImageOptions.retentionStrategy."),
  ]

  private static let platforms = [
    "Aliyun", "Anolis", "CentOS", "Ubuntu", "CoreOS", "SUSE", "Debian", "OpenSUSE", "FreeBSD", "RedHat",
    "Kylin", "UOS", "Fedora", "Fedora CoreOS", "CentOS Stream", "AlmaLinux", "Rocky Linux", "Gentoo",
    "Customized Linux", "Others Linux", "Windows Server 2022", "Windows Server 2019", "Windows Server 2016",
    "Windows Server 2012", "Windows Server 2008", "Windows Server 2003", "Other Windows",
  ]
}

extension DiskDeviceMapping {
  /// The table's rows by name.
  public static let names = FieldNames(of: fields)

  /// The members of `ImportImageOptions.DiskDeviceMappings.N`.
  public static let fields: [Field<DiskDeviceMapping>] = [
    Field(
      "ossBucket", { $1(&$0.ossBucket) }, wire: "OSSBucket", .replaces,
      checks: [Check(.bucketName, "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket")],
      "The OSS bucket that holds the disk's image."),
    Field(
      "ossObject", { $1(&$0.ossObject) }, wire: "OSSObject", .replaces,
      checks: [
        Check(.length(1...1023), "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject"),
        Check(.notURL, "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject"),
      ],
      "The key of the disk's image in the bucket."),
    Field(
      "format", { $1(&$0.format) }, wire: "Format", .replaces, echo: .chosenByService,
      checks: [
        Check(.oneOf(["RAW", "VHD", "QCOW2"]), "InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat")
      ],
      "Format of the disk's image; detected where unset."),
    Field(
      "diskImageSize", { $1(&$0.diskImageSize) }, wire: "DiskImageSize", .replaces, echo: .chosenByService,
      checks: [Check(.range(1...2048), "InvalidOperation.DiskImageSizeExceeded")],
      "Size of the disk, in GiB."),
  ]

  /// Bucket and object are needed in every mapping (CreateImagePipeline, error table).
  public var combinationViolations: [Violation] {
    var found: [Violation] = []
    if ossObject == nil {
      found.append(
        Violation(
          field: "ossObject",
          code: ServerCode("MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject", 404),
          expectation: "is required"))
    }
    if ossBucket == nil {
      found.append(
        Violation(
          field: "ossBucket",
          code: ServerCode("MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket", 404),
          expectation: "is required"))
    }
    return found
  }
}
