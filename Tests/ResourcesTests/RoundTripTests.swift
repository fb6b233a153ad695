// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Resources
import TestSupport
import Testing

/// What is written is read back the same: on the wire, in replies, in manifests.
@Suite struct RoundTripTests {
  @Test(arguments: SplitMix64.seeds(300))
  func wireParametersReadTheSame(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    expectWire(ImageComponent.random(using: &random))
    expectWire(ImagePipeline.random(using: &random))
  }

  @Test(arguments: SplitMix64.seeds(300))
  func replyItemsReadTheSame(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let component = ImageComponent.random(using: &random)
    let pipeline = ImagePipeline.random(using: &random)
    #expect(ImageComponent(replyItem: .object(component.replyItem)) == component)
    #expect(ImagePipeline(replyItem: .object(pipeline.replyItem)) == pipeline)
  }

  @Test(arguments: SplitMix64.seeds(300))
  func manifestsReadTheSame(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    expectManifest(ImageComponent.random(using: &random))
    expectManifest(ImagePipeline.random(using: &random))
  }

  @Test(arguments: SplitMix64.seeds(300))
  func whatIsValidBreaksNoRule(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    #expect(ImageComponent.randomValid(using: &random).violations.isEmpty)
    #expect(ImagePipeline.randomValid(using: &random).violations.isEmpty)
  }

  @Test func parametersStandOnTheWireAsTheReferenceFlattensThem() {
    var pipeline = ImagePipeline()
    pipeline.imageOptions.nvmeSupport = "auto"
    pipeline.imageOptions.imageTags = ["b": "", "a": "1"]
    pipeline.addAccounts = [1_234_567_890_123_456]
    pipeline.toRegionIDs = ["cn-b", "cn-a"]
    pipeline.deleteInstanceOnFailure = false
    pipeline.importImageOptions.diskDeviceMappings = [.bucketed]
    #expect(
      pipeline.wireParameters.map { "\($0.name)=\($0.value)" } == [
        "DeleteInstanceOnFailure=false",
        "ImageOptions.ImageFeatures.NvmeSupport=auto",
        "ImageOptions.ImageTags.1.Key=a", "ImageOptions.ImageTags.1.Value=1",
        "ImageOptions.ImageTags.2.Key=b", "ImageOptions.ImageTags.2.Value=",
        "AddAccount.1=1234567890123456",
        "ToRegionId.1=cn-b", "ToRegionId.2=cn-a",
        "ImportImageOptions.DiskDeviceMappings.1.OSSBucket=bucket",
        "ImportImageOptions.DiskDeviceMappings.1.OSSObject=disk.raw",
      ])
  }

  @Test(arguments: [
    ("SystemDiskSize", "x", "400 InvalidSystemDiskSize.NotSupportedValue systemDiskSize"),
    ("SystemDiskSize", "40.0", "400 InvalidSystemDiskSize.NotSupportedValue systemDiskSize"),
    ("DeleteInstanceOnFailure", "yes", "400 InvalidParameter deleteInstanceOnFailure"),
    ("AddAccount.1", "me", "400 InvalidAddAccountSize.ExceededMaxNumber addAccounts"),
    (
      "ImportImageOptions.DiskDeviceMappings.1.DiskImageSize", "big",
      "400 InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded importImageOptions.diskDeviceMappings"
    ),
  ])
  func parametersOfAnotherTypeAreRefused(_ name: String, _ value: String, told: String) {
    let violations = ImagePipeline.decode(wire: [name: value]).violations
    #expect(violations.map { "\($0.code.status) \($0.code.name) \($0.field)" } == [told])
  }

  @Test func tagGivenTwiceIsRefused() {
    let (component, violations) = ImageComponent.decode(wire: [
      "Tag.1.Key": "a", "Tag.1.Value": "1", "Tag.2.Key": "a", "Tag.2.Value": "2",
    ])
    #expect(violations.map(\.code.name) == ["Duplicate.TagKey"])
    #expect(component.tags.isEmpty)
  }

  @Test(arguments: [
    ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("", nil),
  ])
  func truthValuesOnTheWireHaveAnyCase(_ text: String, truth: Bool?) {
    let (pipeline, violations) = ImagePipeline.decode(wire: ["DeleteInstanceOnFailure": text])
    #expect(pipeline.deleteInstanceOnFailure == truth)
    #expect(violations.isEmpty)
  }

  @Test(arguments: [
    (#"{}"#, ImagePipeline()),
    (#"{"Tags": null, "Description": null, "SystemDiskSize": null}"#, ImagePipeline()),
    (#"{"Tags": {}, "ToRegionIds": {"ToRegionId": []}, "ImageOptions": {}}"#, ImagePipeline()),
    (#"{"Tags": {"Tag": null}, "AddAccounts": {"AddAccount": null}}"#, ImagePipeline()),
    (#"{"Description": "", "InstanceType": "", "VSwitchId": ""}"#, ImagePipeline()),
    (#"{"SystemDiskSize": "60"}"#, with { $0.systemDiskSize = 60 }),
    (#"{"SystemDiskSize": 60}"#, with { $0.systemDiskSize = 60 }),
    (#"{"SystemDiskSize": 60.0}"#, with { $0.systemDiskSize = 60 }),
    (#"{"DeleteInstanceOnFailure": "false"}"#, with { $0.deleteInstanceOnFailure = false }),
    (#"{"DeleteInstanceOnFailure": "False"}"#, with { $0.deleteInstanceOnFailure = false }),
    (#"{"AddAccounts": {"AddAccount": ["12", 34]}}"#, with { $0.addAccounts = [12, 34] }),
    (
      #"{"Tags": {"Tag": [{"TagKey": "a"}, {"TagKey": "b", "TagValue": null}]}}"#,
      with { $0.tags = ["a": "", "b": ""] }
    ),
    (#"{"ImageName": 7}"#, with { $0.imageName = "7" }),
  ])
  func repliesAreReadTolerantly(_ json: String, expected: ImagePipeline) throws {
    #expect(ImagePipeline(replyItem: try JSONValue(parsing: json)) == expected)
  }

  private static func with(_ change: (inout ImagePipeline) -> Void) -> ImagePipeline {
    var pipeline = ImagePipeline()
    change(&pipeline)
    return pipeline
  }

  private func expectWire<Root: FieldTabled>(_ resource: Root) {
    let parameters = Dictionary(uniqueKeysWithValues: resource.wireParameters.map { ($0.name, $0.value) })
    let (decoded, violations) = Root.decode(wire: parameters)
    #expect(decoded == resource)
    #expect(violations.isEmpty)
  }

  private func expectManifest<Root: FieldTabled>(_ resource: Root) {
    let text = JSONValue.object(resource.manifestJSON()).text
    var problems = Problems()
    let documents = composeDocuments(SourceFile(path: "x.yaml", text: text), into: &problems)
    var provenance = Provenance(location: Location(file: "x.yaml", at: .start))
    let decoded = documents.first.map {
      FieldDecoder(file: "x.yaml").decode($0.root, as: Root.self, provenance: &provenance, into: &problems)
    }
    #expect(problems.diagnostics.isEmpty, "\(text)")
    #expect(decoded ?? Root() == resource, "\(text)")
    #expect(provenance.unreadable.isEmpty)
  }
}
