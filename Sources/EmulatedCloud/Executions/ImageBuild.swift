// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Resources

/// The images that one execution makes.
struct ImageBuild: Sendable {
  let pipeline: ImagePipeline
  let execution: String
  let imageID: String
  let resourceGroup: String

  /// Stores the images with the times at which they will be there; until then no list shows them.
  func plan(along timeline: Timeline, for call: ServedCall, in transaction: Transaction) throws {
    guard let begins = timeline.imageBegins else { return }
    try store(imageID, in: call.scope, begins: begins, isCopy: false, transaction)
    guard let copiesBegin = timeline.copiesBegin else { return }
    var others = pipeline.toRegionIDs.filter { $0 != call.scope.region }
    if timeline.entries.last?.state == .partitionSuccess { _ = others.popLast() }
    for region in others {
      let scope = Scope(account: call.scope.account, region: region)
      try store(call.identifiers.make("m-"), in: scope, begins: copiesBegin, isCopy: true, transaction)
    }
  }

  private func store(
    _ id: String, in scope: Scope, begins: Int64, isCopy: Bool, _ transaction: Transaction
  ) throws {
    let name = Self.name(of: pipeline, execution: execution)
    let object = NewObject(
      kind: .image, id: id, name: name, resourceGroup: resourceGroup, created: begins,
      item: item(id, name: name, begins: begins, isCopy: isCopy).unbraced,
      tags: pipeline.imageOptions.imageTags)
    let sequence = try transaction.insert(object, in: scope)
    try transaction.insertImage(
      family: pipeline.imageOptions.imageFamily ?? "", execution: execution, for: sequence)
  }

  /// What the image is called: its prefix and the execution, unless the suffix is disabled.
  static func name(of pipeline: ImagePipeline, execution: String) -> String {
    let prefix = pipeline.imageOptions.imageName ?? pipeline.name ?? "image"
    return pipeline.advancedOptions.imageNameSuffix == "disable" ? prefix : "\(prefix)_\(execution)"
  }

  private func item(_ id: String, name: String, begins: Int64, isCopy: Bool) -> [String: JSONValue] {
    let isFamily = pipeline.baseImageType == "IMAGE_FAMILY"
    let base = pipeline.baseImage.flatMap { PublicImage.named($0, isFamily: isFamily) }
    let platform = base?.platform ?? pipeline.importImageOptions.platform ?? "Others Linux"
    let isWindows = base?.systemType == "Windows" || pipeline.importImageOptions.osType == "windows"
    let size = pipeline.systemDiskSize ?? 40
    return [
      "ImageId": .string(id), "ImageName": .string(name),
      "ImageFamily": .string(pipeline.imageOptions.imageFamily ?? ""),
      "Description": .string(pipeline.imageOptions.description ?? ""), "Status": "Available",
      "Progress": "100%",
      "CreationTime": .string(UTCTime(milliseconds: begins).iso8601), "Size": .integer(size),
      "ImageOwnerAlias": "self",
      "Architecture": .string(base?.architecture ?? pipeline.importImageOptions.architecture ?? "x86_64"),
      "BootMode": .string(pipeline.importImageOptions.bootMode ?? "BIOS"), "Platform": .string(platform),
      "OSType": isWindows ? "windows" : "linux", "OSName": .string(base?.osName ?? platform),
      "OSNameEn": .string(base?.osName ?? platform), "IsCopied": .bool(isCopy),
      "IsSelfShared": .string(pipeline.addAccounts.isEmpty ? "False" : "True"), "IsPublic": false,
      "IsSubscribed": false, "IsSupportCloudinit": true, "IsSupportIoOptimized": true, "Usage": "none",
      "ImageVersion": "", "ProductCode": "",
      "Features": [
        "NvmeSupport": .string(
          pipeline.imageOptions.nvmeSupport == "unsupported" ? "unsupported" : "supported"),
        "ImdsSupport": .string(pipeline.importImageOptions.imdsSupport ?? "v1"),
      ],
      "DiskDeviceMappings": [
        "DiskDeviceMapping": [
          ["Device": "/dev/xvda", "Size": .string(String(size)), "Type": "system", "Format": ""]
        ]
      ],
    ]
  }
}

extension ServedCall {
  /// Refuses a pipeline that would call its image exactly what another is called.
  func checkImageName(of pipeline: ImagePipeline, in transaction: Transaction) throws {
    guard pipeline.advancedOptions.imageNameSuffix == "disable" else { return }
    let name = ImageBuild.name(of: pipeline, execution: "")
    for region in [scope.region] + pipeline.toRegionIDs {
      let scope = Scope(account: scope.account, region: region)
      guard try !transaction.hasImage(called: name, in: scope) else {
        throw Refusal(400, "InvalidImageName.Duplicated", "An image in \(region) is called \(name) already.")
      }
    }
  }
}
