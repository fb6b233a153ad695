// SPDX-License-Identifier: Apache-2.0

/// Every error code that the service's own pages give an operation, with its HTTP status: copied, not derived.
///
/// A line has a status and the codes that bear it; braces stand for several endings.
enum DocumentedCodes {
  /// The name under which the codes stand that any operation may answer.
  static let common = "any operation"

  /// The codes of each operation, such as `400 InvalidName.Malformed`.
  static let all: [String: [String]] = tables.mapValues { table in
    table.split(separator: "\n").flatMap { line in
      let words = line.split(separator: " ")
      return words.dropFirst().flatMap(expanded).map { "\(words[0]) \($0)" }
    }
  }

  private static func expanded(_ word: Substring) -> [String] {
    guard let open = word.firstIndex(of: "{"), let close = word.lastIndex(of: "}") else {
      return [String(word)]
    }
    return word[word.index(after: open)..<close].split(separator: ",").map {
      "\(word[..<open])\($0)\(word[word.index(after: close)...])"
    }
  }

  private static let tables: [String: String] = [
    "CreateImageComponent": """
    400 InvalidName.Malformed InvalidDescription.Malformed InvalidSystemType.NotSupportedValue
    400 InvalidComponentType.NotSupportedValue InvalidParameter.ComponentVersion
    403 InvalidComponentVersion.Exist
    400 MissingParameter.Content InvalidContent.LengthExceeded InvalidParameter.Content
    400 InvalidImageTemplateCommandSize.ExceededMaxNumber InvalidImageTemplateCommand.NotSupported
    400 InvalidCommand.Component
    404 NotSupportedCommand.FROM
    400 InvalidCommandContent.{RUN,ENV,WORKDIR,COPY,USER,CMD,ENTRYPOINT}
    400 EmptyCommandContent.{RUN,ENV,LABEL,COPY,ENTRYPOINT,CMD,WORKDIR,USER}
    400 NotEmptyCommandContent.RESTART InvalidImage.OsTypeUnsupported QuotaExceed.ImageComponent
    403 InvalidOperation.NoPermissionCreateServiceLinkedRole
    404 InvalidResourceGroup.NotFound
    """,
    "DescribeImageComponents": """
    400 InvalidParameter.Owner InvalidImageComponentIdSize.ExceededMaxNumber
    400 InvalidSystemType.NotSupportedValue InvalidComponentType.NotSupportedValue
    400 InvalidParameter.ComponentVersion
    403 Invalid.NextToken
    """,
    "DeleteImageComponent": """
    403 InvalidImageComponent.InUse
    404 InvalidImageComponent.NotFound
    """,
    "CreateImagePipeline": """
    400 InvalidName.Malformed InvalidDescription.Malformed InvalidImageName.Malformed
    400 InvalidImageFamily.Malformed InvalidImageOptions.Description
    400 InvalidBaseImageType.NotSupportedValue InvalidSystemDiskSize.NotSupportedValue
    400 InvalidInternetMaxBandwidthOut.NotSupportedValue
    400 InvalidAddAccountSize.ExceededMaxNumber InvalidToRegionIdSize.ExceededMaxNumber
    400 InvalidBuildContent.LengthExceeded InvalidImageTemplateCommandSize.ExceededMaxNumber
    400 DuplicatedCommand.FROM InvalidCommandOrder.FROM
    400 InvalidCommandContent.{RUN,ENV,WORKDIR,COPY,USER,FROM,CMD,ENTRYPOINT}
    400 EmptyCommandContent.{LABEL,ENV,ENTRYPOINT,CMD,COPY,WORKDIR,USER,RUN}
    400 NotEmptyCommandContent.RESTART InvalidImageTemplateCommand.NotSupported
    400 InvalidParameter.{BuildContent,TestContent}
    404 ImageComponent.NotFound
    400 InvalidImageComponent.NotSupported InvalidParameterCombination InvalidParameter.RepairMode
    404 MissingParameter.RepairMode
    400 InvalidImage.{NotSupportRepair,OsTypeUnsupported,ImageOwnerAliasUnsupported}
    404 InvalidImage.NotFound
    400 InvalidImageName.Duplicated InvalidAdvancedOptions.ImageNameSuffix InvalidParameter.NvmeSupport
    400 InvalidParameter.ImportImageOptions{Architecture,OSType,BootMode,Platform,LicenseType}
    400 InvalidParameter.ImportImageOptionsFeaturesNvmeSupport
    400 InvalidParameter.ImportImageOptionsDiskDeviceMappings{Format,OSSObject,OSSBucket}
    400 InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded
    400 InvalidOperation.DiskImageSizeExceeded
    404 MissingParameter.ImportImageOptions MissingParameter.ImageOptionsDiskDeviceMappings
    404 MissingParameter.ImportImageOptionsDiskDeviceMappings{OSSObject,OSSBucket}
    404 InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound
    403 InvalidOSSObject.{NotAuthorized,NeedRestore} InvalidOperation.NoRightAccessOSS
    403 InvalidOperation.OSSObjectIsImporting
    400 Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed QuotaExceed.ImagePipeline
    400 NoPermission
    403 ImagePipeline.NotSupportWindowsInstance InvalidOperation.NoPermissionCreateServiceLinkedRole
    404 InvalidResourceGroup.NotFound InvalidInstanceType.NotFound InvalidVSwitchId.NotFound
    404 InvalidRegionId.NotFound
    400 InvalidSourceInstance.NotFound
    """,
    "DescribeImagePipelines": """
    400 InvalidImagePipelineIdSize.ExceededMaxNumber InvalidName.Malformed
    403 Invalid.NextToken
    """,
    "DeleteImagePipeline": """
    403 InvalidImagePipeline.HasRunningExecution
    404 InvalidImagePipeline.NotFound
    """,
    "StartImagePipelineExecution": """
    403 InvalidImagePipeline.HasRunningExecution
    404 InvalidImagePipeline.{NotFound,BaseImageNotFound,OSSObjectNotFound} InvalidImage.NotFound
    404 ImageComponent.NotFound InvalidInstanceType.NotFound InvalidVSwitchId.NotFound
    404 InvalidRegionId.NotFound
    400 InvalidParameter.{BuildContent,TestContent} InvalidImageComponent.NotSupported
    400 InvalidImage.OsTypeUnsupported
    403 InvalidImagePipeline.{OSSObjectNotAuthorized,OSSObjectNeedRestore}
    403 InvalidOperation.NoRightAccessOSS
    400 Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed
    500 StartImagePipelineExecution.Failed
    """,
    "DescribeImagePipelineExecutions": """
    400 InvalidParameter.Status MissingParameter.ImagePipelineId InvalidExecutionId.SizeExceeded
    403 Invalid.NextToken
    404 InvalidImagePipeline.NotFound
    """,
    "CancelImagePipelineExecution": """
    400 InvalidStatus.CancelFailed
    403 InvalidStatus.ImagePipelineExecution
    404 InvalidImagePipelineExecution.NotFound InvalidImagePipelineExecutionId.NotFound
    """,
    "TagResources": tagFamily + "\n500 ServiceUnavailable",
    "UntagResources": tagFamily + "\n403 Param.Conflict",
    "ListTagResources": tagFamily + """

      400 InvalidDefaultResourceGroup.NotSupported InvalidTag.NotSupported InvalidTags.MalFormed
      400 InvalidParameter.TagValue
      403 BothEmpty.TagsAndResources PermissionDenied.TagsFuzzyQuery NumberExceed.TagValues
      403 InvalidFilter.Malformed InvalidTagFilter.Malformed Invalid.NextToken
      500 ServiceUnavailable InternalError
      """,
    "JoinResourceGroup": """
    400 EntityExists.AssociatedTransferTasks
    403 MissingParameter InvalidResourceGroup.Duplicate InvalidRegionId.ResourceGroup
    403 InvalidStatus.ResourceGroup
    404 InvalidResourceType.NotFound InvalidResourceGroup.NotFound InvalidResourceId.NotFound
    """,
    "DescribeRegions": """
    403 Unauthorized.EmptyRegion
    404 InvalidAcceptLanguage.NotFound InvalidResourceType.NotFound
    """,
    // Its page has no table.
    "DescribeInstanceTypes": "",
    "DescribeImages": """
    400 InvalidImageOwnerAlias.{ValueNotSupported,PublicImageUnsupported} InvalidParamter
    400 InvalidTag.Mismatch InvalidTagCount InvalidInstanceType.ValueNotSupported
    400 InvalidFilterValue.NetworkType InvalidOperation.ImageOwnerIdUnsupported DryRunOperation
    403 CurrentAccount.NotSupportPublicImage
    404 InvalidFilterKey.NotFound InvalidFilterValue InvalidUsage InvalidOSType InvalidArchitecture
    404 InvalidImageId.NotFound
    500 InternalError
    """,
    "DescribeImageFromFamily": """
    403 InvalidUser.Unauthorized
    404 InvalidRegionId.NotFound
    """,
    common: """
    400 MissingParameter InvalidParameter InvalidParameter.IsNull UnsupportedParameter UnknownError
    400 IncompleteSignature SignatureDoesNotMatch SignatureNonceUsed IllegalTimestamp
    400 InvalidSignatureMethod InvalidTimeStamp.{Expired,Format} InvalidAccessKeyId.Inactive
    404 InvalidAccessKeyId.NotFound InvalidRegionId.NotFound InvalidApi.NotFound
    400 Throttling Throttling.{User,Api}
    400 IdempotentParameterMismatch IdempotenceParamNotMatch InvalidClientToken.ValueNotSupported
    403 IdempotentProcessing LastTokenProcessing InvalidIdempotenceParameter.Mismatch
    403 Forbidden.{RAM,Unauthorized,SubUser,NotSupportRAM,AccessKeyDisabled,RiskControl}
    403 RealNameAuthenticationError InvalidAction UnsupportedHTTPMethod
    409 OperationConflict
    500 InternalError
    503 ServiceUnavailable ServiceUnavailable.RegionMaintaining
    """,
  ]

  /// What the three tag operations share.
  private static let tagFamily = """
    400 NumberExceed.{ResourceIds,Tags} Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed
    400 OperationDenied.QuotaExceed InvalidTag.Mismatch InvalidTagCount Invalid.Scope
    403 InvalidResourceId.NotSupported NoPermission.Tag NoPermissionKey.Scope QuotaExceed.Tags
    403 TagKey.Duplication PermissionDenied.{TagOwnerBid,TagOwnerUid,Scope}
    404 InvalidRegionId.NotFound InvalidResourceId.NotFound InvalidResourceType.NotFound
    404 MissingParameter.{ResourceIds,ResourceType,Tags,RegionId,TagOwnerUid,TagOwnerBid}
    """
}
