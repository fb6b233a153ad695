// SPDX-License-Identifier: Apache-2.0

extension ImagePipeline {
  /// The rules of CreateImagePipeline that concern several parameters at once.
  public var combinationViolations: [Violation] {
    baseImageViolations + repairViolations + twinViolations
  }

  private var baseImageViolations: [Violation] {
    switch baseImageType {
    case nil:
      return [required("baseImageType", "MissingParameter")]
    case "IMAGE", "IMAGE_FAMILY":
      return baseImage == nil
        ? [required("baseImage", "MissingParameter", "with baseImageType \(baseImageType ?? "")")] : []
    case "OSS":
      return importViolations
    default:
      return []
    }
  }

  private var importViolations: [Violation] {
    guard importImageOptions != ImportImageOptions() else {
      return [
        required(
          "importImageOptions", ServerCode("MissingParameter.ImportImageOptions", 404),
          "with baseImageType OSS")
      ]
    }
    var found: [Violation] = []
    if importImageOptions.diskDeviceMappings.isEmpty {
      found.append(
        required(
          "importImageOptions.diskDeviceMappings",
          ServerCode("MissingParameter.ImageOptionsDiskDeviceMappings", 404), "with baseImageType OSS"))
    }
    if importImageOptions.architecture == "arm64", importImageOptions.bootMode == "BIOS" {
      found.append(
        Violation(
          field: "importImageOptions.bootMode", code: "InvalidParameter.ImportImageOptionsBootMode",
          expectation: "must be UEFI with architecture arm64"))
    }
    return found
  }

  private var repairViolations: [Violation] {
    if repairItems.isEmpty {
      return repairMode == "Customized"
        ? [required("repairItems", "InvalidParameterCombination", "with repairMode Customized")] : []
    }
    switch repairMode {
    case "Customized":
      return []
    case nil:
      return [
        required("repairMode", ServerCode("MissingParameter.RepairMode", 404), "where repairItems are given")
      ]
    default:
      return [
        Violation(
          field: "repairItems", code: "InvalidParameterCombination",
          expectation: "may be given only with repairMode Customized")
      ]
    }
  }

  private var twinViolations: [Violation] {
    let twins: [(name: String, old: String?, new: String?)] = [
      ("imageName", imageName, imageOptions.imageName),
      ("imageFamily", imageFamily, imageOptions.imageFamily),
      ("nvmeSupport", nvmeSupport, imageOptions.nvmeSupport),
    ]
    return twins.compactMap { twin in
      guard let old = twin.old, let new = twin.new, old != new else { return nil }
      return Violation(
        field: twin.name, code: "InvalidParameterCombination",
        expectation: "must not differ from its twin in imageOptions")
    }
  }

  private func required(_ field: String, _ code: ServerCode, _ when: String = "") -> Violation {
    Violation(field: field, code: code, expectation: when.isEmpty ? "is required" : "is required \(when)")
  }
}

extension ImagePipeline {
  /// The pipeline as comparisons and digests see it: deprecated fields moved to their twins in `imageOptions`, and
  /// those left out that are at a default which hangs on other fields, or that mean nothing beside them (reference §4.4).
  public var canonical: ImagePipeline {
    var pipeline = self
    let isWindows = importImageOptions.osType == "windows"
    if importImageOptions.platform == (isWindows ? "Other Windows" : "Others Linux") {
      pipeline.importImageOptions.platform = nil
    }
    if importImageOptions.bootMode == (importImageOptions.architecture == "arm64" ? "UEFI" : "BIOS") {
      pipeline.importImageOptions.bootMode = nil
    }
    // Items say something only where they are chosen one by one, and a suffix is the usual.
    if ["standard", "all"].contains(repairMode?.lowercased()) { pipeline.repairItems = [] }
    if advancedOptions.imageNameSuffix?.lowercased() == "enable" {
      pipeline.advancedOptions.imageNameSuffix = nil
    }
    pipeline.imageOptions.imageName = imageOptions.imageName ?? imageName
    pipeline.imageOptions.imageFamily = imageOptions.imageFamily ?? imageFamily
    pipeline.imageOptions.nvmeSupport = imageOptions.nvmeSupport ?? nvmeSupport
    // Where no size is given, the service may show this one (reference §9).
    if systemDiskSize == 0 { pipeline.systemDiskSize = nil }
    pipeline.imageName = nil
    pipeline.imageFamily = nil
    pipeline.nvmeSupport = nil
    return pipeline
  }
}
