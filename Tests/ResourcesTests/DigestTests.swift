// SPDX-License-Identifier: Apache-2.0

import Resources
import TestSupport
import Testing

/// What a digest sees, and what it does not.
@Suite struct DigestTests {
  @Test(arguments: SplitMix64.seeds(100))
  func defaultsAreTheSameAsNothing(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pipeline = ImagePipeline.randomValid(using: &random)
    var explicit = pipeline
    for field in ImagePipeline.fields where field.read(pipeline) == nil && field.defaultValue != nil {
      field.write(&explicit, field.defaultValue)
    }
    #expect(SpecDigest(of: explicit) == SpecDigest(of: pipeline))
    let component = ImageComponent.randomValid(using: &random)
    var explicitComponent = component
    for field in ImageComponent.fields where field.read(component) == nil && field.defaultValue != nil {
      field.write(&explicitComponent, field.defaultValue)
    }
    #expect(SpecDigest(of: explicitComponent) == SpecDigest(of: component))
  }

  typealias Change = @Sendable (inout ImagePipeline) -> Void

  private static let dependentDefaults: [(change: Change, isDefault: Bool)] = [
    ({ $0.importImageOptions.platform = "Others Linux" }, true),
    ({ $0.importImageOptions.platform = "Other Windows" }, false),
    ({ $0.importImageOptions.bootMode = "BIOS" }, true),
    ({ $0.importImageOptions.bootMode = "UEFI" }, false),
    ({ $0.description = "" }, true),
    ({ $0.imageOptions.imageName = "" }, true),
    ({ $0.toRegionIDs = [] }, true),
  ]

  @Test(arguments: dependentDefaults.indices)
  func defaultsThatHangOnOtherFieldsAreTheSameAsNothing(index: Int) {
    let (change, isDefault) = DigestTests.dependentDefaults[index]
    var pipeline = ImagePipeline()
    change(&pipeline)
    #expect((SpecDigest(of: pipeline) == SpecDigest(of: ImagePipeline())) == isDefault)
  }

  @Test func defaultsOfOtherSystemsAreKnown() {
    var plain = ImagePipeline()
    plain.importImageOptions.osType = "windows"
    plain.importImageOptions.architecture = "arm64"
    var explicit = plain
    explicit.importImageOptions.platform = "Other Windows"
    explicit.importImageOptions.bootMode = "UEFI"
    #expect(SpecDigest(of: plain) == SpecDigest(of: explicit))
  }

  @Test(arguments: SplitMix64.seeds(100))
  func orderOfUnorderedListsIsNotSeen(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pipeline = ImagePipeline.randomValid(using: &random)
    var shuffled = pipeline
    shuffled.toRegionIDs.shuffle(using: &random)
    shuffled.addAccounts.shuffle(using: &random)
    shuffled.repairItems.shuffle(using: &random)
    #expect(SpecDigest(of: shuffled) == SpecDigest(of: pipeline))
  }

  @Test func orderOfDisksIsSeen() {
    var pipeline = ImagePipeline()
    var other = DiskDeviceMapping.bucketed
    other.ossBucket = "other"
    pipeline.importImageOptions.diskDeviceMappings = [.bucketed, other]
    let digest = SpecDigest(of: pipeline)
    pipeline.importImageOptions.diskDeviceMappings.reverse()
    #expect(SpecDigest(of: pipeline) != digest)
  }

  @Test func fieldsOfOneDiskAreNotThoseOfTheNext() {
    func digest(_ first: String?, _ second: String?) -> SpecDigest {
      var pipeline = ImagePipeline()
      pipeline.importImageOptions.diskDeviceMappings = [DiskDeviceMapping(), DiskDeviceMapping()]
      pipeline.importImageOptions.diskDeviceMappings[0].format = first
      pipeline.importImageOptions.diskDeviceMappings[1].format = second
      return SpecDigest(of: pipeline)
    }
    #expect(digest("RAW", nil) != digest(nil, "RAW"))
  }

  @Test func deprecatedTwinsAreTheSame() {
    var old = ImagePipeline(), new = ImagePipeline()
    (old.imageName, old.imageFamily, old.nvmeSupport) = ("web", "family", "auto")
    (new.imageOptions.imageName, new.imageOptions.imageFamily) = ("web", "family")
    new.imageOptions.nvmeSupport = "auto"
    #expect(SpecDigest(of: old) == SpecDigest(of: new))
  }

  @Test(arguments: SplitMix64.seeds(50))
  func eachOtherFieldIsSeen(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    expectSensitive(ImageComponent.randomValid(using: &random), &random) { SpecDigest(of: $0) }
    expectSensitive(ImagePipeline.randomValid(using: &random), &random) { SpecDigest(of: $0) }
  }

  /// Changes one field after the other; the digest must change with it, just where the row says that it forces replacement.
  private func expectSensitive<Root: FieldTabled>(
    _ resource: Root, _ random: inout SplitMix64, digest: (Root) -> SpecDigest
  ) {
    let before = digest(resource)
    // A deprecated field changes nothing beside its twin.
    let twins: Set = ["imageName", "imageFamily", "nvmeSupport"]
    for field in Root.fields where !twins.contains(field.name) {
      var changed = resource
      field.write(&changed, field.randomValue(using: &random))
      let isSame =
        field.canonical(field.read(changed.settled)) == field.canonical(field.read(resource.settled))
      #expect((digest(changed) != before) == (field.change == .replaces && !isSame), "\(field.name)")
    }
  }

  @Test func contentIsSeenInPlaceOfItsText() {
    let pipeline = ImagePipeline()
    let plain = SpecDigest(of: pipeline)
    #expect(SpecDigest(of: pipeline, contents: ["buildContent": "a"]) != plain)
    #expect(
      SpecDigest(of: pipeline, contents: ["buildContent": "a"])
        != SpecDigest(of: pipeline, contents: ["testContent": "a"]))
  }

  @Test func textsDoNotRunIntoEachOther() {
    func digest(_ regions: [String]) -> SpecDigest {
      var pipeline = ImagePipeline()
      pipeline.toRegionIDs = regions
      return SpecDigest(of: pipeline)
    }
    #expect(digest(["ab", "c"]) != digest(["a", "bc"]))
    #expect(digest(["4:list"]) != digest(["4", "list"]))
  }

  /// A change of one of these is a new format: it must then be called `2:` and the old one still be known.
  @Test func digestsNeverChange() {
    var component = ImageComponent()
    component.name = "nginx"
    component.componentVersion = "1.4.0"
    component.description = "nginx from the distribution"
    component.content = "RUN yum install -y nginx"
    component.tags = ["team": "web"]
    #expect(SpecDigest(of: ImageComponent()).text == "1:308654a14615422defc4d00ecf4091ed79d5bdcb")
    #expect(SpecDigest(of: component).text == "1:fc5942298d2106794c61716ec5edd46cff714c7a")
    #expect(SpecDigest(of: ImagePipeline()).text == "1:183d8ddd2bf41632f7321b68d98ee26e11ebbebc")
    #expect(SpecDigest(of: DigestTests.full).text == "1:6fb17bafac2d20a752a285cea8dd417784f823cc")
  }

  private static let full: ImagePipeline = {
    var pipeline = ImagePipeline()
    pipeline.name = "web-base"
    pipeline.baseImageType = "OSS"
    pipeline.buildContent = "RUN true\nRESTART"
    pipeline.systemDiskSize = 60
    pipeline.deleteInstanceOnFailure = false
    pipeline.repairMode = "Customized"
    pipeline.repairItems = ["grub", "fstab"]
    pipeline.toRegionIDs = ["cn-shanghai", "cn-beijing"]
    pipeline.addAccounts = [1_234_567_890_123_456, 12]
    pipeline.imageFamily = "family"
    pipeline.imageOptions.imageTags = ["b": "2", "a": "1"]
    pipeline.importImageOptions.diskDeviceMappings = [.bucketed, .bucketed]
    pipeline.importImageOptions.diskDeviceMappings[1].diskImageSize = 100
    return pipeline
  }()
}

extension FieldTabled {
  /// The resource without what is at a default that hangs on other fields.
  fileprivate var settled: Self { (self as? ImagePipeline)?.canonical as? Self ?? self }
}
