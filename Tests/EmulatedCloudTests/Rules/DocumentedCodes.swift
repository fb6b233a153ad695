// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Testing

/// The error tables of the two create operations, against the calls that provoke them.
@Suite struct DocumentedCodes {
  /// The published table of CreateImageComponent, with statuses.
  static let component: Set<String> = Set([
    "400 InvalidName.Malformed", "400 InvalidDescription.Malformed",
    "400 InvalidSystemType.NotSupportedValue",
    "400 InvalidComponentType.NotSupportedValue", "400 InvalidParameter.ComponentVersion",
    "403 InvalidComponentVersion.Exist", "400 MissingParameter.Content", "400 InvalidContent.LengthExceeded",
    "400 InvalidParameter.Content", "400 InvalidImageTemplateCommandSize.ExceededMaxNumber",
    "400 InvalidImageTemplateCommand.NotSupported", "400 InvalidCommand.Component",
    "404 NotSupportedCommand.FROM",
    "400 NotEmptyCommandContent.RESTART", "400 InvalidImage.OsTypeUnsupported",
    "400 QuotaExceed.ImageComponent",
    "403 InvalidOperation.NoPermissionCreateServiceLinkedRole", "404 InvalidResourceGroup.NotFound",
  ]).union(commandCodes)

  /// The published table of CreateImagePipeline, with statuses.
  static let pipeline: Set<String> = Set([
    "400 InvalidName.Malformed", "400 InvalidDescription.Malformed", "400 InvalidImageName.Malformed",
    "400 InvalidImageFamily.Malformed", "400 InvalidImageOptions.Description",
    "400 InvalidBaseImageType.NotSupportedValue", "400 InvalidSystemDiskSize.NotSupportedValue",
    "400 InvalidInternetMaxBandwidthOut.NotSupportedValue", "400 InvalidAddAccountSize.ExceededMaxNumber",
    "400 InvalidToRegionIdSize.ExceededMaxNumber", "400 InvalidBuildContent.LengthExceeded",
    "400 InvalidImageTemplateCommandSize.ExceededMaxNumber", "400 DuplicatedCommand.FROM",
    "400 InvalidCommandOrder.FROM", "400 InvalidCommandContent.FROM", "400 NotEmptyCommandContent.RESTART",
    "400 InvalidImageTemplateCommand.NotSupported", "400 InvalidParameter.BuildContent",
    "400 InvalidParameter.TestContent", "404 ImageComponent.NotFound",
    "400 InvalidImageComponent.NotSupported",
    "400 InvalidParameterCombination", "400 InvalidParameter.RepairMode", "404 MissingParameter.RepairMode",
    "400 InvalidImage.NotSupportRepair", "400 InvalidImage.OsTypeUnsupported",
    "400 InvalidImage.ImageOwnerAliasUnsupported", "404 InvalidImage.NotFound",
    "400 InvalidImageName.Duplicated",
    "400 InvalidAdvancedOptions.ImageNameSuffix", "400 InvalidParameter.NvmeSupport",
    "400 InvalidParameter.ImportImageOptionsArchitecture", "400 InvalidParameter.ImportImageOptionsOSType",
    "400 InvalidParameter.ImportImageOptionsBootMode", "400 InvalidParameter.ImportImageOptionsPlatform",
    "400 InvalidParameter.ImportImageOptionsLicenseType",
    "400 InvalidParameter.ImportImageOptionsFeaturesNvmeSupport",
    "400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat",
    "400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject",
    "400 InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket",
    "400 InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded",
    "400 InvalidOperation.DiskImageSizeExceeded", "404 MissingParameter.ImportImageOptions",
    "404 MissingParameter.ImageOptionsDiskDeviceMappings",
    "404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject",
    "404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket",
    "404 InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound", "403 InvalidOSSObject.NotAuthorized",
    "403 InvalidOSSObject.NeedRestore", "403 InvalidOperation.NoRightAccessOSS",
    "403 InvalidOperation.OSSObjectIsImporting", "400 Duplicate.TagKey", "400 InvalidTagKey.Malformed",
    "400 InvalidTagValue.Malformed", "400 QuotaExceed.ImagePipeline", "400 NoPermission",
    "403 ImagePipeline.NotSupportWindowsInstance", "403 InvalidOperation.NoPermissionCreateServiceLinkedRole",
    "404 InvalidResourceGroup.NotFound", "404 InvalidInstanceType.NotFound", "404 InvalidVSwitchId.NotFound",
    "404 InvalidRegionId.NotFound", "400 InvalidSourceInstance.NotFound",
  ]).union(commandCodes)

  private static let commandCodes = Set(
    ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"].map {
      "400 EmptyCommandContent.\($0)"
    }
      + CreateImageComponentRules.commands.keys.map { "400 InvalidCommandContent.\($0)" })

  /// Provoked by tests of their own beside the tables.
  static let elsewhere: Set<String> = Set([
    "400 QuotaExceed.ImageComponent", "400 QuotaExceed.ImagePipeline", "400 InvalidImageName.Duplicated",
  ]).union(commandCodes)

  /// About things that are not emulated: to be had with the fault `error` only.
  static let faultsOnly: Set<String> = [
    "403 InvalidOperation.NoPermissionCreateServiceLinkedRole", "400 NoPermission",
    "403 ImagePipeline.NotSupportWindowsInstance", "400 InvalidSourceInstance.NotFound",
  ]

  @Test func everyCodeOfCreateImageComponentIsProvoked() {
    let provoked = Set(CreateImageComponentRules.rules.map(\.verdict)).union(Self.elsewhere)
    // Components name no image, so the table's code for one has no meaning there.
    let missing = Self.component.subtracting(provoked).subtracting(Self.faultsOnly)
    #expect(missing == ["400 InvalidImage.OsTypeUnsupported"])
  }

  @Test func everyCodeOfCreateImagePipelineIsProvoked() {
    let rules = CreateImagePipelineRules.rules + CreateImagePipelineRules.importRules
    let provoked = Set(rules.map(\.verdict)).union(Self.elsewhere)
    #expect(Self.pipeline.subtracting(provoked) == Self.faultsOnly)
  }

  @Test(arguments: faultsOnly) func theRestIsToBeHadAsAFault(verdict: String) async throws {
    let parts = verdict.split(separator: " ")
    let status = try #require(Int(parts[0]))
    var configuration = EmulatorConfiguration.test()
    configuration.faults = FaultPlan(rules: [FaultRule(.error(status: status, code: String(parts[1])))])
    try await withCloud(.socket, configuration) { cloud in
      try await cloud.expect(verdict, "CreateImagePipeline")
    }
  }
}
