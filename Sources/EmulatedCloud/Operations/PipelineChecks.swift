// SPDX-License-Identifier: Apache-2.0

import Resources

/// When a pipeline is held against the world around it, which decides the codes.
enum PipelineOccasion: Sendable {
  /// It is made.
  case creation
  /// It is to be built; what it names may have gone since it was made.
  case start
}

extension ServedCall {
  /// Refuses a pipeline that names the same account twice, or a region that does not exist.
  func checkTargets(of pipeline: ImagePipeline) throws(Refusal) {
    if let account = duplicate(in: pipeline.addAccounts) {
      throw .invalid("AddAccount (\(account) twice)")
    }
    for region in pipeline.toRegionIDs {
      guard Region.exists(region, more: settings.moreRegions) else {
        throw .notFound("InvalidRegionId.NotFound", "ToRegionId \(region)")
      }
    }
  }

  /// Refuses a pipeline that names things outside of the service that can't be used so.
  func checkSurroundings(of pipeline: ImagePipeline, on occasion: PipelineOccasion) throws(Refusal) {
    try checkBaseImage(of: pipeline, on: occasion)
    for disk in pipeline.importImageOptions.diskDeviceMappings { try check(disk, on: occasion) }
    if let type = pipeline.instanceType, !settings.hasInstanceType(type) {
      throw .notFound("InvalidInstanceType.NotFound", "InstanceType")
    }
    if let vSwitch = pipeline.vSwitchID, !vSwitch.hasPrefix("vsw-") || settings.finds(vSwitch, .missing) {
      throw .notFound("InvalidVSwitchId.NotFound", "VSwitchId")
    }
  }

  private func checkBaseImage(of pipeline: ImagePipeline, on occasion: PipelineOccasion) throws(Refusal) {
    let image = pipeline.baseImage ?? ""
    if settings.finds(image, .unsupported) {
      throw Refusal(
        400, "InvalidImage.OsTypeUnsupported", "The base image's operating system is not supported.")
    }
    guard occasion == .creation else { return }
    if settings.finds(image, .unrepairable), pipeline.repairMode != nil {
      throw Refusal(400, "InvalidImage.NotSupportRepair", "The base image can't be repaired.")
    }
    let isDistributed = !pipeline.toRegionIDs.isEmpty || !pipeline.addAccounts.isEmpty
    if settings.finds(image, .marketplace), isDistributed {
      throw Refusal(400, "InvalidImage.ImageOwnerAliasUnsupported", "The image can't be distributed.")
    }
  }

  /// Refuses a disk in OSS that can't be had.
  private func check(_ disk: DiskDeviceMapping, on occasion: PipelineOccasion) throws(Refusal) {
    if settings.finds(disk.ossBucket ?? "", .forbidden) {
      throw Refusal(403, "InvalidOperation.NoRightAccessOSS", "The service may not read the bucket.")
    }
    for refusal in DiskRefusal.all where settings.finds(disk.ossObject ?? "", refusal.condition) {
      guard let code = occasion == .creation ? refusal.creation : refusal.start else { continue }
      throw Refusal(refusal.status, code, refusal.message)
    }
  }

  private func duplicate(in numbers: [Int64]) -> Int64? {
    var seen = Set<Int64>()
    return numbers.first { !seen.insert($0).inserted }
  }
}

/// Why an object in OSS can't be imported: one row for each condition.
private struct DiskRefusal: Sendable {
  let condition: Condition
  let status: Int
  /// The code when a pipeline is made, and when it is to be built; nil where there is none.
  let creation: String?
  let start: String?
  let message: String

  static let all: [DiskRefusal] = [
    DiskRefusal(
      condition: .missing, status: 404,
      creation: "InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound",
      start: "InvalidImagePipeline.OSSObjectNotFound", message: "The specified OSSObject does not exist."),
    DiskRefusal(
      condition: .forbidden, status: 403, creation: "InvalidOSSObject.NotAuthorized",
      start: "InvalidImagePipeline.OSSObjectNotAuthorized", message: "The service may not read the object."),
    DiskRefusal(
      condition: .archived, status: 403, creation: "InvalidOSSObject.NeedRestore",
      start: "InvalidImagePipeline.OSSObjectNeedRestore", message: "The object is archived."),
    DiskRefusal(
      condition: .importing, status: 403, creation: "InvalidOperation.OSSObjectIsImporting", start: nil,
      message: "The object is being imported."),
  ]
}
