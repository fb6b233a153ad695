// SPDX-License-Identifier: Apache-2.0

import Resources

extension Call {
  /// Refuses a pipeline whose parameters name things that can't exist.
  func check(_ pipeline: ImagePipeline) throws(Refusal) {
    if let accounts = duplicate(in: pipeline.addAccounts) {
      throw .invalid("AddAccount (\(accounts) twice)")
    }
    for region in pipeline.toRegionIDs {
      guard Region.exists(region, more: settings.moreRegions) else {
        throw .notFound("InvalidRegionId.NotFound", "ToRegionId \(region)")
      }
    }
    try checkBaseImage(of: pipeline)
    for disk in pipeline.importImageOptions.diskDeviceMappings { try check(disk) }
    if let type = pipeline.instanceType, !type.hasPrefix("ecs.") || type.hasSuffix(Marker.missing) {
      throw .notFound("InvalidInstanceType.NotFound", "InstanceType")
    }
    if let vSwitch = pipeline.vSwitchID, !vSwitch.hasPrefix("vsw-") || vSwitch.hasSuffix(Marker.missing) {
      throw .notFound("InvalidVSwitchId.NotFound", "VSwitchId")
    }
  }

  /// Refuses a base image whose name says that it can't be used so.
  private func checkBaseImage(of pipeline: ImagePipeline) throws(Refusal) {
    let image = pipeline.baseImage ?? ""
    if image.hasSuffix(Marker.unrepairable), pipeline.repairMode != nil {
      throw Refusal(400, "InvalidImage.NotSupportRepair", "The base image can't be repaired.")
    }
    if image.hasSuffix(Marker.unsupported) {
      throw Refusal(
        400, "InvalidImage.OsTypeUnsupported", "The base image's operating system is not supported.")
    }
    if image.hasSuffix(Marker.marketplace), !pipeline.toRegionIDs.isEmpty || !pipeline.addAccounts.isEmpty {
      throw Refusal(400, "InvalidImage.ImageOwnerAliasUnsupported", "The image can't be distributed.")
    }
  }

  /// Refuses a disk in OSS whose name says that it can't be had.
  private func check(_ disk: DiskDeviceMapping) throws(Refusal) {
    let (bucket, object) = (disk.ossBucket ?? "", disk.ossObject ?? "")
    if bucket.hasSuffix(Marker.forbidden) {
      throw Refusal(403, "InvalidOperation.NoRightAccessOSS", "The service may not read the bucket.")
    }
    if object.hasSuffix(Marker.missing) {
      throw .notFound("InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound", "OSSObject")
    }
    if object.hasSuffix(Marker.forbidden) {
      throw Refusal(403, "InvalidOSSObject.NotAuthorized", "The service may not read the object.")
    }
    if object.hasSuffix(Marker.archived) {
      throw Refusal(403, "InvalidOSSObject.NeedRestore", "The object is archived.")
    }
    if object.hasSuffix(Marker.importing) {
      throw Refusal(403, "InvalidOperation.OSSObjectIsImporting", "The object is being imported.")
    }
  }

  /// Whether the base image is for Linux or Windows; refuses one that does not exist with `code`.
  func systemType(
    of pipeline: ImagePipeline, else code: String = "InvalidImage.NotFound", in transaction: Transaction
  ) throws -> String {
    guard let baseImage = pipeline.baseImage, pipeline.baseImageType != "OSS" else {
      return pipeline.importImageOptions.osType == "windows" ? "Windows" : "Linux"
    }
    if let known = PublicImage.named(baseImage, isFamily: pipeline.baseImageType == "IMAGE_FAMILY") {
      return known.systemType
    }
    guard try exists(baseImage, isFamily: pipeline.baseImageType == "IMAGE_FAMILY", in: transaction) else {
      throw Refusal.notFound(code, "BaseImage \(baseImage)")
    }
    return baseImage.lowercased().hasPrefix("win") || baseImage.contains("windows") ? "Windows" : "Linux"
  }

  private func exists(_ image: String, isFamily: Bool, in transaction: Transaction) throws -> Bool {
    if isFamily {
      if try transaction.newestImage(of: image, in: scope, at: now) != nil { return true }
    } else if let found = try transaction.object(.image, image, in: scope) {
      return found.created <= now
    }
    return !settings.strictImages && !image.hasSuffix(Marker.missing)
  }

  private func duplicate(in numbers: [Int64]) -> Int64? {
    var seen = Set<Int64>()
    return numbers.first { !seen.insert($0).inserted }
  }
}
