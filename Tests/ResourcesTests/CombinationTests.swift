// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// The rules that concern several parameters at once (reference §4.4).
@Suite struct CombinationTests {
  typealias Change = @Sendable (inout ImagePipeline) -> Void

  @Test(
    arguments: [
      ("nothing", [], ["400 MissingParameter baseImageType"]),
      ("an image without its id", [{ $0.baseImageType = "IMAGE" }], ["400 MissingParameter baseImage"]),
      (
        "a family without its name", [{ $0.baseImageType = "IMAGE_FAMILY" }],
        ["400 MissingParameter baseImage"]
      ),
      (
        "OSS without import options", [{ $0.baseImageType = "OSS" }],
        ["404 MissingParameter.ImportImageOptions importImageOptions"]
      ),
      (
        "OSS without disks", [{ $0.baseImageType = "OSS" }, { $0.importImageOptions.osType = "linux" }],
        ["404 MissingParameter.ImageOptionsDiskDeviceMappings importImageOptions.diskDeviceMappings"]
      ),
      (
        "a disk without object", [oss, { $0.importImageOptions.diskDeviceMappings[0].ossObject = nil }],
        [
          "404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject "
            + "importImageOptions.diskDeviceMappings[0].ossObject"
        ]
      ),
      (
        "a disk without bucket", [oss, { $0.importImageOptions.diskDeviceMappings[0].ossBucket = nil }],
        [
          "404 MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket "
            + "importImageOptions.diskDeviceMappings[0].ossBucket"
        ]
      ),
      ("OSS with a disk", [oss], []),
      (
        "BIOS on arm64",
        [oss, { $0.importImageOptions.architecture = "arm64" }, { $0.importImageOptions.bootMode = "BIOS" }],
        ["400 InvalidParameter.ImportImageOptionsBootMode importImageOptions.bootMode"]
      ),
      (
        "UEFI on arm64",
        [oss, { $0.importImageOptions.architecture = "arm64" }, { $0.importImageOptions.bootMode = "UEFI" }],
        []
      ),
      (
        "repairs without mode", [image, { $0.repairItems = ["grub"] }],
        ["404 MissingParameter.RepairMode repairMode"]
      ),
      (
        "repairs with another mode", [image, { $0.repairItems = ["grub"] }, { $0.repairMode = "All" }],
        ["400 InvalidParameterCombination repairItems"]
      ),
      (
        "customised repair of nothing", [image, { $0.repairMode = "Customized" }],
        ["400 InvalidParameterCombination repairItems"]
      ),
      ("customised repair", [image, { $0.repairItems = ["grub"] }, { $0.repairMode = "Customized" }], []),
      ("repair of the standard things", [image, { $0.repairMode = "Standard" }], []),
      (
        "unlike names", [image, { $0.imageName = "aa" }, { $0.imageOptions.imageName = "bb" }],
        ["400 InvalidParameterCombination imageName"]
      ),
      (
        "unlike families", [image, { $0.imageFamily = "aa" }, { $0.imageOptions.imageFamily = "bb" }],
        ["400 InvalidParameterCombination imageFamily"]
      ),
      (
        "unlike NVMe support",
        [image, { $0.nvmeSupport = "auto" }, { $0.imageOptions.nvmeSupport = "supported" }],
        ["400 InvalidParameterCombination nvmeSupport"]
      ),
      ("like twins", [image, { $0.imageName = "aa" }, { $0.imageOptions.imageName = "aa" }], []),
    ] as [(String, [Change], [String])])
  func parametersFitTogether(_ name: String, changes: [Change], expected: [String]) {
    var pipeline = ImagePipeline()
    for change in changes { change(&pipeline) }
    #expect(pipeline.violations.map { "\($0.code.status) \($0.code.name) \($0.field)" } == expected)
  }

  static let image: Change = {
    $0.baseImageType = "IMAGE"
    $0.baseImage = "m-1"
  }

  static let oss: Change = {
    $0.baseImageType = "OSS"
    $0.importImageOptions.diskDeviceMappings = [.bucketed]
  }

  @Test func componentNeedsContent() {
    #expect(ImageComponent().violations.map(\.code) == [ServerCode("MissingParameter.Content")])
  }

  @Test func eachElementAndTagIsToldByItself() {
    var pipeline = ImagePipeline()
    CombinationTests.image(&pipeline)
    pipeline.repairMode = "Customized"
    pipeline.repairItems = ["grub", "fstabb", "x"]
    pipeline.toRegionIDs = ["cn-hangzhou", ""]
    pipeline.tags = ["acs:a": "v", "b": "acs:c", "": "http://", "right": "right"]
    let told = pipeline.violations.map { "\($0.field) \($0.expectation) (\($0.suggestion ?? "-"))" }
    #expect(
      told == [
        "repairItems[1] must be one of the 18 names that the service knows (fstab)",
        "repairItems[2] must be one of the 18 names that the service knows (-)",
        "toRegionIds[1] must not be empty (-)",
        "tags. must not have an empty key (-)",
        "tags.acs:a must not have a key that begins with aliyun or acs: (-)",
        "tags. must not have http:// or https:// in its value (-)",
        "tags.b must not have a value that begins with acs: (-)",
      ])
  }

  @Test func numbersOfWhatIsThereAreTold() {
    var component = ImageComponent()
    component.name = "a"
    component.content = String(repeating: "x", count: 17_000)
    #expect(
      component.violations.map(\.expectation) == [
        "must have 2 to 128 characters, not 1", "must have at most 16384 bytes in UTF-8, not 17000",
      ])
  }
}
