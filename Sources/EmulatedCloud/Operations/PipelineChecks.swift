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
    if let type = pipeline.instanceType, !type.hasPrefix("ecs.") || type.hasSuffix(Marker.missing) {
      throw .notFound("InvalidInstanceType.NotFound", "InstanceType")
    }
    if let vSwitch = pipeline.vSwitchID, !vSwitch.hasPrefix("vsw-") || vSwitch.hasSuffix(Marker.missing) {
      throw .notFound("InvalidVSwitchId.NotFound", "VSwitchId")
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

/// Endings by which a name asks for a behaviour.
enum Marker {
  /// A thing with such a name does not exist, though its form is right.
  static let missing = "-missing"
}
