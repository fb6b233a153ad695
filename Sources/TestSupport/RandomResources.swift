// SPDX-License-Identifier: Apache-2.0

package import Resources

extension FieldTabled {
  /// A resource in which each field has a value that keeps its rules, or, in some cases, none.
  package static func random(using random: inout SplitMix64) -> Self {
    var resource = Self()
    for field in fields where random.chance(60) {
      field.write(&resource, field.randomValue(using: &random))
    }
    return resource
  }
}

extension ImagePipeline {
  /// A pipeline that breaks no rule of the service.
  package static func randomValid(using random: inout SplitMix64) -> ImagePipeline {
    var pipeline = ImagePipeline.random(using: &random)
    pipeline.imageName = nil
    pipeline.imageFamily = nil
    pipeline.nvmeSupport = nil
    pipeline.baseImageType = random.pick(["IMAGE", "IMAGE_FAMILY", "OSS"])
    pipeline.baseImage = "m-\(random.next() % 1000)"
    if pipeline.baseImageType == "OSS" {
      if pipeline.importImageOptions.architecture == "arm64" { pipeline.importImageOptions.bootMode = "UEFI" }
      if pipeline.importImageOptions.diskDeviceMappings.isEmpty {
        pipeline.importImageOptions.diskDeviceMappings = [.randomValid(using: &random)]
      }
    }
    if !pipeline.repairItems.isEmpty { pipeline.repairMode = "Customized" }
    if pipeline.repairMode == "Customized", pipeline.repairItems.isEmpty { pipeline.repairMode = "All" }
    return pipeline
  }
}

extension ImageComponent {
  /// A component that breaks no rule of the service.
  package static func randomValid(using random: inout SplitMix64) -> ImageComponent {
    var component = ImageComponent.random(using: &random)
    component.content = component.content ?? "RUN true"
    return component
  }
}

extension DiskDeviceMapping {
  /// A mapping that breaks no rule of the service.
  package static func randomValid(using random: inout SplitMix64) -> DiskDeviceMapping {
    var disk = DiskDeviceMapping.random(using: &random)
    disk.ossBucket = disk.ossBucket ?? "bucket"
    disk.ossObject = disk.ossObject ?? "disk.qcow2"
    return disk
  }
}

extension Field {
  /// A value of the field's shape that keeps the field's own rules.
  package func randomValue(using random: inout SplitMix64) -> FieldValue {
    var value = randomShape(using: &random)
    while checks.contains(where: { !$0.holds(for: value) }) { value = randomShape(using: &random) }
    return value
  }

  private func randomShape(using random: inout SplitMix64) -> FieldValue {
    switch shape {
    case .text: return .text(randomText(using: &random))
    case .integer:
      for check in checks {
        if case .range(let range) = check.constraint { return .integer(.random(in: range, using: &random)) }
      }
      return .integer(.random(in: 0...1000, using: &random))
    case .boolean: return .boolean(random.chance(50))
    case .texts:
      return .texts((0..<Int.random(in: 1...20, using: &random)).map { _ in randomText(using: &random) })
    case .integers:
      return .integers(
        (0..<Int.random(in: 1...20, using: &random)).map { _ in .random(in: 1...(1 << 62), using: &random) })
    case .pairs:
      let pairs = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        (random.word(), random.chance(20) ? "" : random.word())
      }
      return .pairs(Dictionary(pairs) { first, _ in first })
    case .disks:
      return .disks(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in .randomValid(using: &random) })
    }
  }

  private func randomText(using random: inout SplitMix64) -> String {
    for check in checks {
      switch check.constraint {
      case .oneOf(let words): return random.pick(words)
      case .version: return "\(random.next() % 20).\(random.next() % 20).\(random.next() % 20)"
      case .name, .bucketName: return random.name()
      default: continue
      }
    }
    return random.word() + random.pick([" ", "\n", ": ", " #", "'", "\"", "\\", "，"]) + random.word()
  }
}

extension SplitMix64 {
  fileprivate mutating func name() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-")
    let length = Int.random(in: 0..<20, using: &self)
    return "a" + String((0..<length).map { _ in pick(letters) }) + "z"
  }

  /// A text that YAML may take for something else.
  package mutating func word() -> String {
    pick([
      name(), name(), "012", "no", "true", "null", "~", "1.10", "1e3", "0x1F", "中文名", "é", "a: b", "- x",
      "*x", "&y",
      "!z", "{}", "[1]", "#c", "%d", "@e", "`f", "'g'", "\"h\"", " i ", "j\tk", "😀", "=", "<<", "|", ">",
    ])
  }
}
