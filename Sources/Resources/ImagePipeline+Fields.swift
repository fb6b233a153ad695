// SPDX-License-Identifier: Apache-2.0

extension ImagePipeline {
  /// The table's rows by name.
  public static let names = FieldNames(of: fields)

  /// The parameters of CreateImagePipeline, but for region and client token.
  public static let fields: [Field<ImagePipeline>] = recipe + distribution + importing

  private static let recipe: [Field<ImagePipeline>] = [
    Field(
      "name", { $1(&$0.name) }, wire: "Name", .identifies,
      checks: nameChecks("InvalidName.Malformed", 2...128),
      "What the service calls the pipeline; metadata.name unless said otherwise."),
    Field(
      "description", { $1(&$0.description) }, wire: "Description", .replaces,
      checks: descriptionChecks("InvalidDescription.Malformed"),
      "What the pipeline is for."),
    Field(
      "baseImageType", { $1(&$0.baseImageType) }, wire: "BaseImageType", .replaces,
      checks: [Check(.oneOf(["IMAGE", "IMAGE_FAMILY", "OSS"]), "InvalidBaseImageType.NotSupportedValue")],
      "What baseImage names: an image, an image family, or an image file in OSS."),
    Field(
      "baseImage", { $1(&$0.baseImage) }, wire: "BaseImage", .replaces, echo: .chosenByService,
      checks: [Check(.notEmpty, ServerCode("InvalidImage.NotFound", 404))],
      "The image id or image family that builds start from."),
    Field(
      "buildContent", { $1(&$0.buildContent) }, wire: "BuildContent", .replaces, echo: .rewritten,
      checks: [Check(.bytes(atMost: contentLimit), "InvalidBuildContent.LengthExceeded")],
      "Commands that build the image, as text in the Dockerfile form."),
    Field(
      "testContent", { $1(&$0.testContent) }, wire: "TestContent", .replaces, echo: .rewritten,
      checks: [Check(.bytes(atMost: contentLimit), "InvalidParameter.TestContent")],
      "Commands that test the image, as text in the Dockerfile form."),
    Field(
      "instanceType", { $1(&$0.instanceType) }, wire: "InstanceType", .replaces, echo: .chosenByService,
      checks: [Check(.notEmpty, ServerCode("InvalidInstanceType.NotFound", 404))],
      "Instance type of the intermediate instance; the service chooses one where unset."),
    Field(
      "vSwitchId", { $1(&$0.vSwitchID) }, wire: "VSwitchId", .replaces, echo: .chosenByService,
      checks: [Check(.notEmpty, ServerCode("InvalidVSwitchId.NotFound", 404))],
      "vSwitch of the intermediate instance; the service makes one for the build where unset."),
    Field(
      "systemDiskSize", { $1(&$0.systemDiskSize) }, wire: "SystemDiskSize", .replaces, default: .integer(40),
      checks: [Check(.range(20...500), "InvalidSystemDiskSize.NotSupportedValue")],
      "System disk of the intermediate instance, in GiB."),
    Field(
      "internetMaxBandwidthOut", { $1(&$0.internetMaxBandwidthOut) }, wire: "InternetMaxBandwidthOut",
      .replaces,
      default: .integer(0),
      checks: [Check(.range(0...100), "InvalidInternetMaxBandwidthOut.NotSupportedValue")],
      "Outbound bandwidth of the intermediate instance, in Mbit/s; with 0 it can't download anything."),
    Field(
      "deleteInstanceOnFailure", { $1(&$0.deleteInstanceOnFailure) }, wire: "DeleteInstanceOnFailure",
      .replaces,
      default: .boolean(true), "Whether the intermediate instance is released when a build fails."),
    Field(
      "repairMode", { $1(&$0.repairMode) }, wire: "RepairMode", .replaces,
      checks: [Check(.oneOf(["Standard", "All", "Customized"]), "InvalidParameter.RepairMode")],
      "What is repaired in the base image before the build."),
    Field(
      "repairItems", { $1(&$0.repairItems) }, wire: "RepairItem", .replaces, echo: .unordered,
      reply: .list(wrapper: "RepairItems", element: "RepairItem"),
      checks: [Check(.oneOf(repairItemNames), "InvalidParameter")],
      "The single repairs of repairMode Customized."),
    Field(
      "advancedOptions.retainCloudAssistant", { $1(&$0.advancedOptions.retainCloudAssistant) },
      wire: "AdvancedOptions.RetainCloudAssistant", .replaces, default: .boolean(false),
      "Whether the Cloud Assistant agent that the build installs stays in the image."),
    Field(
      "advancedOptions.imageNameSuffix", { $1(&$0.advancedOptions.imageNameSuffix) },
      wire: "AdvancedOptions.ImageNameSuffix", .replaces,
      checks: [Check(.oneOf(["disable"]), "InvalidAdvancedOptions.ImageNameSuffix")],
      "Set to disable, the image is called exactly imageOptions.imageName."),
    Field(
      "imageSecurityOptions.securityScanMode", { $1(&$0.securityScanMode) },
      wire: "ImageSecurityOptions.SecurityScanMode", .replaces, echo: .chosenByService,
      checks: [Check(.notEmpty, "InvalidParameter")], "How the image is scanned."),
  ]

  private static let distribution: [Field<ImagePipeline>] = [
    Field(
      "imageOptions.imageName", { $1(&$0.imageOptions.imageName) }, wire: "ImageOptions.ImageName", .replaces,
      checks: nameChecks("InvalidImageName.Malformed", 2...64), "Prefix of the built image's name."),
    Field(
      "imageOptions.imageFamily", { $1(&$0.imageOptions.imageFamily) }, wire: "ImageOptions.ImageFamily",
      .replaces,
      checks: imageFamilyChecks("InvalidImageFamily.Malformed"), "The family that the built image joins."),
    Field(
      "imageOptions.description", { $1(&$0.imageOptions.description) }, wire: "ImageOptions.Description",
      .replaces,
      checks: descriptionChecks("InvalidImageOptions.Description"), "Description of the built image."),
    Field(
      "imageOptions.imageFeatures.nvmeSupport", { $1(&$0.imageOptions.nvmeSupport) },
      wire: "ImageOptions.ImageFeatures.NvmeSupport", .replaces, echo: .chosenByService,
      checks: [Check(.oneOf(["supported", "unsupported", "auto"]), "InvalidParameter.NvmeSupport")],
      "Whether the built image supports NVMe; auto finds out."),
    Field(
      "imageOptions.imageTags", { $1(&$0.imageOptions.imageTags) }, wire: "ImageOptions.ImageTags", .replaces,
      reply: .pairs(wrapper: "ImageTags", element: "ImageTag", key: "TagKey", value: "TagValue"),
      checks: tagChecks, "Tags on the built image."),
    Field(
      "imageName", { $1(&$0.imageName) }, wire: "ImageName", .replaces,
      checks: nameChecks("InvalidImageName.Malformed", 2...64), "Deprecated: use imageOptions.imageName."),
    Field(
      "imageFamily", { $1(&$0.imageFamily) }, wire: "ImageFamily", .replaces,
      checks: imageFamilyChecks("InvalidImageFamily.Malformed"),
      "Deprecated: use imageOptions.imageFamily."),
    Field(
      "nvmeSupport", { $1(&$0.nvmeSupport) }, wire: "NvmeSupport", .replaces, echo: .chosenByService,
      checks: [Check(.oneOf(["supported", "unsupported", "auto"]), "InvalidParameter.NvmeSupport")],
      "Deprecated: use imageOptions.imageFeatures.nvmeSupport."),
    Field(
      "addAccounts", { $1(&$0.addAccounts) }, wire: "AddAccount", .replaces, echo: .rewritten,
      reply: .list(wrapper: "AddAccounts", element: "AddAccount"),
      checks: [Check(.count(0...20), "InvalidAddAccountSize.ExceededMaxNumber")],
      "Accounts that the built image is shared with."),
    Field(
      "toRegionIds", { $1(&$0.toRegionIDs) }, wire: "ToRegionId", .replaces, echo: .unordered,
      reply: .list(wrapper: "ToRegionIds", element: "ToRegionId"),
      checks: [
        Check(.count(0...20), "InvalidToRegionIdSize.ExceededMaxNumber"),
        Check(.notEmpty, ServerCode("InvalidRegionId.NotFound", 404)),
      ],
      "Regions that the built image is copied to; only the pipeline's own where unset."),
    Field(
      "resourceGroupId", { $1(&$0.resourceGroupID) }, wire: "ResourceGroupId", .updatesInPlace,
      echo: .chosenByService,
      checks: [Check(.notEmpty, ServerCode("InvalidResourceGroup.NotFound", 404))],
      "The resource group that holds the pipeline."),
    Field(
      "tags", { $1(&$0.tags) }, wire: "Tag", .updatesInPlace,
      reply: .pairs(wrapper: "Tags", element: "Tag", key: "TagKey", value: "TagValue"),
      checks: tagChecks, "Tags on the pipeline."),
  ]

  private static let repairItemNames = [
    "fstab", "grub", "dhcp", "selinux", "growpart", "cloudinit", "aegis", "nvme", "virtio",
    "standardizedtimezone", "bcd", "hotfix", "disk", "update", "server", "bootmgr", "vminit", "osloader",
  ]
}
