// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Resources

/// Stores a pipeline.
@Sendable func createImagePipeline(_ call: ServedCall) throws(Refusal) -> Work {
  var (pipeline, found) = ImagePipeline.decode(wire: call.parameters.forFieldTables)
  if let first = (found + pipeline.violations).first { throw Refusal(first) }
  try call.checkTargets(of: pipeline)
  try call.checkSurroundings(of: pipeline, on: .creation)
  let content = try PipelineContent(pipeline)
  if call.settings.legacyFrom { pipeline.followFrom() }
  let id = call.identifiers.make("ip-")
  let name = pipeline.name ?? id
  pipeline.name = name
  pipeline.fillDefaults()
  let resourceGroup = try ResourceGroupChoice(pipeline.resourceGroupID, call)

  return Work(writes: true) { [pipeline] transaction in
    try call.useServiceLinkedRole(in: transaction)
    let group = try resourceGroup.checked(in: transaction)
    try call.checkQuota(
      call.settings.quotas.pipelines, of: .pipeline, code: "QuotaExceed.ImagePipeline", in: transaction)
    let system = try call.systemType(of: pipeline, on: .creation, in: transaction)
    guard !(call.settings.legacyFrom && system == "Windows") else {
      throw Refusal(
        403, "ImagePipeline.NotSupportWindowsInstance", "An image pipeline can't build from Windows.")
    }
    try call.checkImageName(of: pipeline, in: transaction)
    let components = try content.resolved(for: call, system: system, in: transaction)
    let object = NewObject(
      kind: .pipeline, id: id, name: name, resourceGroup: group, created: call.now,
      item: pipeline.item(id: id, created: call.now).unbraced, tags: pipeline.tags)
    let sequence = try transaction.insert(object, in: call.scope)
    for used in components {
      guard let pattern = used.pattern else {
        try transaction.insertReference(from: sequence, to: used.component)
        continue
      }
      try transaction.insertFollower(sequence, of: pattern)
    }
    return ServedReply(["ImagePipelineId": .string(id)])
  }
}

extension ImagePipeline {
  /// Gives unset fields what the service shows in their place; import options only where there is an import.
  fileprivate mutating func fillDefaults() {
    let imports = baseImageType == "OSS"
    fillDefaults { imports || !$0.wire.hasPrefix("ImportImageOptions.") }
    if imports, importImageOptions.platform == nil {
      importImageOptions.platform = importImageOptions.osType == "windows" ? "Other Windows" : "Others Linux"
    }
    if imports, importImageOptions.bootMode == nil {
      importImageOptions.bootMode = importImageOptions.architecture == "arm64" ? "UEFI" : "BIOS"
    }
    imageOptions.imageName = imageOptions.imageName ?? imageName
    imageOptions.imageFamily = imageOptions.imageFamily ?? imageFamily
    imageOptions.nvmeSupport = imageOptions.nvmeSupport ?? nvmeSupport
    imageName = imageOptions.imageName
    imageFamily = imageOptions.imageFamily
    nvmeSupport = imageOptions.nvmeSupport
  }

  /// Follows the rule of 2023: a `FROM` line overrides the base image; where there is none, one is written.
  fileprivate mutating func followFrom() {
    guard let type = baseImageType, type != "OSS", let image = baseImage else { return }
    let content = buildContent ?? ""
    let line = content.prefix { $0 != "\n" }
    guard line.hasPrefix("FROM ") else {
      buildContent = "FROM \(type):\(image)\n" + content
      return
    }
    let parts = line.dropFirst(5).drop { $0 == " " }.split(separator: ":", maxSplits: 1)
    if parts.count == 2 { (baseImageType, baseImage) = (String(parts[0]), String(parts[1])) }
  }

  /// The item of a Describe reply, but for what can change.
  fileprivate func item(id: String, created: Int64) -> [String: JSONValue] {
    var item = replyItem
    item["Tags"] = nil
    item["ResourceGroupId"] = nil
    item["ImagePipelineId"] = .string(id)
    item["CreationTime"] = .string(UTCTime(milliseconds: created).iso8601)
    item["AddAccounts"] = item["AddAccounts"] ?? ["AddAccount": []]
    item["ToRegionIds"] = item["ToRegionIds"] ?? ["ToRegionId": []]
    item["RepairItems"] = item["RepairItems"] ?? ["RepairItem": []]
    return item
  }
}
