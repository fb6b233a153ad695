// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Planning
import Resources
import Testing

/// What the service may show in another way than it was sent, and that yet is no difference (reference §9).
struct Equality: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// What the manifest says.
  let desired: Described
  /// What the Describe item shows instead, by path; nil where the member is absent.
  let shown: [(path: String, value: JSONValue?)]

  init(_ rule: String, _ shown: KeyValuePairs<String, JSONValue?>) { self.init(rule, .plain, shown) }

  init(_ rule: String, _ desired: Described, _ shown: KeyValuePairs<String, JSONValue?>) {
    testDescription = rule
    self.desired = desired
    self.shown = shown.map { ($0.key, $0.value) }
  }

  static let pipelines: [Equality] = [
    Equality("the default system disk is shown as 40", ["SystemDiskSize": 40]),
    Equality("the default system disk is shown as 0", ["SystemDiskSize": 0]),
    Equality("a system disk of 40 is not shown", .with { $0.systemDiskSize = 40 }, ["SystemDiskSize": nil]),
    Equality("a system disk of 40 is shown as 0", .with { $0.systemDiskSize = 40 }, ["SystemDiskSize": 0]),
    Equality("a number is shown as text", .with { $0.systemDiskSize = 60 }, ["SystemDiskSize": "60"]),
    Equality("no bandwidth is shown as 0", ["InternetMaxBandwidthOut": 0]),
    Equality(
      "a bandwidth of 0 is not shown", .with { $0.internetMaxBandwidthOut = 0 },
      ["InternetMaxBandwidthOut": nil]),
    Equality("instances go on failure unless said otherwise", ["DeleteInstanceOnFailure": true]),
    Equality("a truth value is shown as text", ["DeleteInstanceOnFailure": "true"]),
    Equality("the agent goes unless said otherwise", ["AdvancedOptions": ["RetainCloudAssistant": false]]),
    Equality(
      "the options' wrapper is null",
      ["AdvancedOptions": .null, "ImageOptions": .null, "ImportImageOptions": .null]),
    Equality(
      "the options' wrapper is empty",
      ["AdvancedOptions": [:], "ImageOptions": [:], "ImportImageOptions": [:]]),
    Equality(
      "a text that is unset is empty",
      ["Description": "", "VSwitchId": "", "InstanceType": "", "TestContent": ""]),
    Equality(
      "a text that is unset is null", ["Description": .null, "VSwitchId": .null, "TestContent": .null]),
    Equality("lists are null", ["ToRegionIds": .null, "AddAccounts": .null, "RepairItems": .null]),
    Equality(
      "lists are empty",
      ["ToRegionIds": [:], "AddAccounts": ["AddAccount": []], "RepairItems": ["RepairItem": .null]]),
    Equality("the own region is shown", ["ToRegionIds": ["ToRegionId": ["cn-hangzhou"]]]),
    Equality(
      "the own region is shown beside others", .with { $0.toRegionIDs = ["cn-beijing"] },
      ["ToRegionIds": ["ToRegionId": ["cn-beijing", "cn-hangzhou"]]]),
    Equality(
      "the own region is named and not shown", .with { $0.toRegionIDs = ["cn-hangzhou", "cn-beijing"] },
      ["ToRegionIds": ["ToRegionId": ["cn-beijing"]]]),
    Equality("the vSwitch is the service's choice", ["VSwitchId": "vsw-1"]),
    Equality("the build content is not shown", ["BuildContent": nil]),
    Equality("the build content is null", ["BuildContent": .null]),
    Equality("the build content is empty", ["BuildContent": ""]),
    Equality(
      "no text is absent, null or empty",
      ["Description": nil, "ImageName": .null, "ImageFamily": "", "RepairMode": "", "NvmeSupport": .null]),
    Equality("the instance type is the service's choice", ["InstanceType": "ecs.g6.large"]),
    Equality("the resource group is the service's choice", ["ResourceGroupId": "rg-default"]),
    Equality(
      "the resource group is not shown", .with { $0.resourceGroupID = "rg-1" }, ["ResourceGroupId": nil]),
    Equality(
      "the resource group is empty", .with { $0.resourceGroupID = "rg-1" }, ["ResourceGroupId": ""]),
    Equality(
      "NVMe is found out by the service", ["ImageOptions": ["ImageFeatures": ["NvmeSupport": "auto"]]]),
    Equality(
      "accounts are shown as numbers", .with { $0.addAccounts = [1, 22] },
      ["AddAccounts": ["AddAccount": [1, 22]]]),
    Equality(
      "accounts are shown as texts", .with { $0.addAccounts = [1, 22] },
      ["AddAccounts": ["AddAccount": ["1", "22"]]]),
    Equality(
      "accounts are shown in another order", .with { $0.addAccounts = [1, 22] },
      ["AddAccounts": ["AddAccount": [22, 1]]]),
    Equality(
      "regions are shown in another order", .with { $0.toRegionIDs = ["cn-shanghai", "cn-beijing"] },
      ["ToRegionIds": ["ToRegionId": ["cn-beijing", "cn-shanghai"]]]),
    Equality(
      "a region named twice is shown once", .with { $0.toRegionIDs = ["cn-beijing", "cn-beijing"] },
      ["ToRegionIds": ["ToRegionId": ["cn-beijing"]]]),
    Equality(
      "repairs are shown in another order",
      .with {
        $0.repairMode = "Customized"
        $0.repairItems = ["grub", "dhcp"]
      }, ["RepairItems": ["RepairItem": ["dhcp", "grub"]]]),
    Equality(
      "repairs are shown though nobody chose them", .with { $0.repairMode = "Standard" },
      ["RepairItems": ["RepairItem": ["dhcp", "grub"]]]),
    Equality("the suffix is shown as enabled", ["AdvancedOptions": ["ImageNameSuffix": "enable"]]),
    Equality("words are shown in another letter case", ["BaseImageType": "image_family"]),
    Equality("an imported image is shown", .importing(), ["BaseImage": "m-imported"]),
    Equality(
      "image tags are shown under the names of a request", .with { $0.imageOptions.imageTags = ["a": "1"] },
      ["ImageOptions": ["ImageTags": ["ImageTag": [["Key": "a", "Value": "1"]]]]]),
    Equality(
      "image tags are shown in another order", .with { $0.imageOptions.imageTags = ["a": "1", "b": "2"] },
      [
        "ImageOptions": [
          "ImageTags": ["ImageTag": [["TagKey": "b", "TagValue": "2"], ["TagKey": "a", "TagValue": "1"]]]
        ]
      ]),
    Equality(
      "a deprecated name is shown in its new place too", .with { $0.imageName = "web" },
      ["ImageOptions": ["ImageName": "web"], "ImageName": "web"]),
    Equality(
      "a deprecated name is shown in its new place only", .with { $0.imageFamily = "web" },
      ["ImageOptions": ["ImageFamily": "web"], "ImageFamily": nil]),
    Equality(
      "a name is shown in its deprecated place too", .with { $0.imageOptions.imageName = "web" },
      ["ImageOptions": ["ImageName": "web"], "ImageName": "web"]),
    Equality(
      "a name is shown in its deprecated place only", .with { $0.imageOptions.nvmeSupport = "supported" },
      ["ImageOptions": nil, "NvmeSupport": "supported"]),
    Equality(
      "a FROM line was put before the content",
      ["BuildContent": "FROM IMAGE_FAMILY:x\nCOMPONENT ic-1\nRUN echo 1"]),
    Equality("line ends are CR LF", ["BuildContent": "COMPONENT ic-1\r\nRUN echo 1\r\n"]),
    Equality("a line end was added", ["BuildContent": "COMPONENT ic-1\nRUN echo 1\n"]),
    Equality(
      "a FROM line in the manifest is not shown", .text("FROM IMAGE:m-1\nRUN echo 1"),
      ["BuildContent": "RUN echo 1"]),
    Equality(
      "line ends in the manifest are CR LF", .text("RUN echo 1\r\nRUN echo 2\r\n"),
      ["BuildContent": "RUN echo 1\nRUN echo 2"]),
    Equality("the service shows members that nobody knows", ["Colour": "blue", "Nested": ["A": [1, 2]]]),
    Equality(
      "import options are shown at their defaults", .importing(),
      [
        "ImportImageOptions": [
          "Architecture": "x86_64", "OSType": "linux", "Platform": "Others Linux", "BootMode": "BIOS",
          "LicenseType": "Auto", "Features": ["NvmeSupport": "unsupported", "ImdsSupport": "v1"],
          "RetentionStrategy": "RetainNever", "RetainImportedImage": false,
          "DiskDeviceMappings": [
            "DiskDeviceMapping": [
              ["OSSBucket": "disks", "OSSObject": "a.raw", "Format": "RAW", "DiskImageSize": "40"]
            ]
          ],
        ]
      ]),
    Equality(
      "the platform and boot mode follow from the system",
      .importing {
        $0.importImageOptions.osType = "windows"
        $0.importImageOptions.architecture = "arm64"
      },
      [
        "ImportImageOptions": [
          "Architecture": "arm64", "OSType": "windows", "Platform": "Other Windows", "BootMode": "UEFI",
          "DiskDeviceMappings": ["DiskDeviceMapping": [["OSSBucket": "disks", "OSSObject": "a.raw"]]],
        ]
      ]),
  ]

  static let components: [Equality] = [
    Equality("the system is shown", ["SystemType": "Linux"]),
    Equality("the type is shown", ["ComponentType": "Build"]),
    Equality("the system is not shown", .component { $0.systemType = "Linux" }, ["SystemType": nil]),
    Equality("a description is empty", ["Description": ""]),
    Equality("the resource group is the service's choice", ["ResourceGroupId": "rg-default"]),
    Equality("the parameters of the content are shown", ["Parameters": ["Parameter": [["Name": "port"]]]]),
    Equality("line ends are CR LF", ["Content": "RUN echo 1\r\nRUN echo 2\r\n"]),
    Equality("a line end was taken away", ["Content": "RUN echo 1\nRUN echo 2"]),
    Equality("the content is not shown", ["Content": nil]),
    Equality("the type is null", ["ComponentType": .null]),
    Equality("the system is empty", ["SystemType": ""]),
    Equality("the parameters' wrapper is null", ["Parameters": .null]),
  ]
}

@Suite struct EqualityTests {
  @Test(arguments: Equality.pipelines)
  func aPipelineShownInAnotherWayIsNotChanged(_ equality: Equality) throws {
    let world = try World(equality.desired)
    expectNoChange(world.plan(showing: equality.shown, at: "pipeline/web"), world)
  }

  @Test(arguments: Equality.components)
  func aComponentShownInAnotherWayIsNotChanged(_ equality: Equality) throws {
    let world = try World(equality.desired)
    expectNoChange(world.plan(showing: equality.shown, at: "component/nginx"), world)
  }

  @Test(arguments: ["acs:rm:rgId", "aliyun:managed", "acs:ecs:x"])
  func tagsOfTheSystemAreNotSeen(_ key: String) throws {
    let world = try World(.with { $0.tags = ["team": "web"] })
    let tags = world.tags(at: "pipeline/web") + [["TagKey": .string(key), "TagValue": "x"]]
    expectNoChange(world.plan(showing: [("Tags", ["Tag": .array(tags)])], at: "pipeline/web"), world)
  }

  @Test func tagsInAnotherOrderAreTheSame() throws {
    let world = try World(.with { $0.tags = ["team": "web", "stage": ""] })
    let tags = Array(world.tags(at: "pipeline/web").reversed())
    expectNoChange(world.plan(showing: [("Tags", ["Tag": .array(tags)])], at: "pipeline/web"), world)
  }

  /// No equality may be so wide that it hides a change: each field in turn is shown with another value.
  @Test(arguments: ImagePipeline.fields.filter { $0.change == .replaces }.map(\.name))
  func everyFieldThatIsShownOtherwiseIsNoticed(_ name: String) throws {
    let world = try World(.importing(setEverything))
    let field = try #require(ImagePipeline.fields.first { $0.name == name })
    let plan = try world.plan { (pipeline: inout ImagePipeline) in
      // A deprecated field and its twin are one.
      pipeline = pipeline.canonical
      let twins = [
        "imageName": "imageOptions.imageName", "imageFamily": "imageOptions.imageFamily",
        "nvmeSupport": "imageOptions.imageFeatures.nvmeSupport",
      ]
      let row = twins[name].flatMap { twin in ImagePipeline.fields.first { $0.name == twin } } ?? field
      row.write(&pipeline, row.read(pipeline).map(\.another))
    }
    let change = try #require(plan.changes.first { $0.address.description == "pipeline/web" })
    if field.echo == .rewritten {
      #expect(change.action == .nothing)
      #expect(plan.warnings.map(\.rule) == ["rewritten-field"])
    } else {
      #expect(change.action == .replace, "\(plan.text(ink: Ink(isColoured: false)))")
      #expect(change.isDrift)
    }
  }

  /// Nobody can change a pipeline that exists: what a new one shows again is how the service shows it.
  @Test(arguments: [
    ("BaseImage", JSONValue.string("m-resolved")), ("SystemDiskSize", 41), ("Description", "filled in"),
  ])
  func noPipelineIsReplacedTwiceForWhatTheServiceShows(_ name: String, _ value: JSONValue) throws {
    let world = try World(.plain)
    let first = world.plan(showing: [(name, value)], at: "pipeline/web")
    let change = try #require(first.changes.first { $0.action == .replace })
    let ids = Dictionary(
      world.state.owned.compactMap { object in object.address.map { ($0, object.id) } },
      uniquingKeysWith: { $1 })
    let made = try #require(change.after?.resolved { ids[$0] })
    func shown(_ value: JSONValue) -> ObservedState {
      var item = ObservedResource(id: "ip-9", resource: made, creationTime: "").item
      item[name] = value
      let object = ObservedResource(
        id: "ip-9", resource: .pipeline(ImagePipeline(replyItem: .object(item))),
        creationTime: "2026-01-02T03:04:06Z")
      let others = world.state.owned.filter { $0.resource.kind == .component }
      return ObservedState(owned: others + [object], circumstances: world.state.circumstances)
    }
    let second = Plan(from: shown(value), to: world.desired)
    #expect(!second.hasChanges, "\(second.text(ink: Ink(isColoured: false)))")
    #expect(second.warnings.map(\.rule) == ["rewritten-field"])
    let other: JSONValue = if case .integer = value { 42 } else { "something else" }
    #expect(Plan(from: shown(other), to: world.desired).hasChanges, "another difference is drift again")
  }

  /// Where contents are not shown, only the digest tells that the manifest asks for another.
  @Test func aContentThatIsNotShownIsComparedByItsDigest() throws {
    let world = try World(.text("RUN echo 1"))
    let hidden = world.observed(showing: [("BuildContent", nil)], at: "pipeline/web")
    var other = world.desired.pipelines[0].resource
    other.buildContent = "RUN echo 2"
    let plan = Plan(from: hidden, to: world.desired(with: other))
    #expect(plan.changes.first { $0.action == .replace }?.fields.map(\.name) == ["buildContent"])

    let component = world.desired.components[0]
    var changed = component.resource
    changed.content = "RUN echo 3"
    let desired = DesiredState(
      stack: World.stack,
      components: [
        DesiredComponent(
          name: "nginx", versionRule: component.versionRule, resource: changed, provenance: World.nowhere)
      ], pipelines: [])
    let unshown = world.observed(showing: [("Content", nil)], at: "component/nginx")
    #expect(Plan(from: unshown, to: desired).refusals.map(\.rule) == ["immutable-version"])
  }

  @Test func aComponentShownByItsARNIsTheSame() throws {
    let world = try World(.plain)
    let arn = "acs:ecs:cn-hangzhou:1234567890123456:imagecomponent/nginx/"
    let plan = world.plan(
      showing: [("BuildContent", .string("COMPONENT \(arn)1.0.0\nRUN echo 1"))], at: "pipeline/web")
    #expect(!plan.hasChanges)
    #expect(plan.warnings.map(\.rule) == ["rewritten-field"])
    for other in ["1.0.1", "1.0.*"] {
      let plan = world.plan(
        showing: [("BuildContent", .string("COMPONENT \(arn)\(other)\nRUN echo 1"))], at: "pipeline/web")
      #expect(plan.hasChanges, "\(other) is another component, or may be")
    }
  }

  /// Where the group is not shown, only the marks tell that the manifest asks for another.
  @Test func aGroupThatIsNotShownIsComparedByItsMark() throws {
    let world = try World(.with { $0.resourceGroupID = "rg-1" })
    let hidden = world.observed(showing: [("ResourceGroupId", nil)], at: "pipeline/web")
    var other = world.desired.pipelines[0].resource
    other.resourceGroupID = "rg-2"
    let plan = Plan(from: hidden, to: world.desired(with: other))
    let change = try #require(plan.changes.first { $0.action == .update })
    #expect(change.update.resourceGroupID == "rg-2")
    var tagged = try #require(change.before)
    var item = tagged.item
    item["Tags"] = [
      "Tag": .array(
        world.tags(at: "pipeline/web").filter { $0["TagKey"] != "kiln:keys" } + [
          ["TagKey": "kiln:keys", "TagValue": .string(change.update.setTags["kiln:keys"] ?? "")]
        ])
    ]
    tagged = ObservedResource(
      id: tagged.id, resource: .pipeline(ImagePipeline(replyItem: .object(item))),
      creationTime: tagged.creationTime)
    #expect(tagged.bears(change.update), "nobody waits for what is not shown")
  }

  /// Creation times count seconds: of equal copies of one second the lesser id stays, on every machine.
  @Test func ofEqualCopiesOfOneSecondTheLesserIdStays() throws {
    let world = try World(.plain)
    let one = try #require(world.state.owned.first { $0.resource.kind == .pipeline })
    let copies = ["ip-b", "ip-a", "ip-c"].map {
      ObservedResource(id: $0, resource: one.resource, creationTime: one.creationTime)
    }
    let components = world.state.owned.filter { $0.resource.kind == .component }
    let plan = Plan(
      from: ObservedState(owned: components + copies, circumstances: world.state.circumstances),
      to: world.desired)
    #expect(plan.changes.filter { $0.action == .delete }.map(\.before?.id) == ["ip-b", "ip-c"])
    #expect(plan.warnings == [])
  }

  @Test func whatTheServiceChoseIsNotToldAsAChangeBesideOthers() throws {
    let world = try World(.plain)
    var other = world.desired.pipelines[0].resource
    other.description = "another"
    let observed = world.observed(showing: [("InstanceType", "ecs.g6.large")], at: "pipeline/web")
    let plan = Plan(from: observed, to: world.desired(with: other))
    #expect(plan.changes.first { $0.action == .replace }?.fields.map(\.name) == ["description"])
  }

  @Test func anInstanceTypeThatTheManifestNoLongerNamesIsAChange() throws {
    let world = try World(.with { $0.instanceType = "ecs.g6.large" })
    var other = world.desired.pipelines[0].resource
    other.instanceType = nil
    let plan = Plan(from: world.state, to: world.desired(with: other))
    #expect(plan.changes.first { $0.action == .replace }?.fields.map(\.name) == ["instanceType"])
  }

  private func expectNoChange(
    _ plan: Plan, _ world: World, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = plan.text(ink: Ink(isColoured: false))
    #expect(!plan.hasChanges, "\(text)", sourceLocation: sourceLocation)
    #expect(plan.warnings.map(\.message) == [], sourceLocation: sourceLocation)
    #expect(plan.refusals.map(\.message) == [], sourceLocation: sourceLocation)
  }
}
