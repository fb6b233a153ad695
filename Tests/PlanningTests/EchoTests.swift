// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Planning
import Resources
import Testing

/// What the service need not show, or may trim, is no difference.
struct EchoTests {
  private let stack = StackIdentity(id: "s", name: "s", target: "t")
  private let place = Provenance(location: Location(file: "a.yaml", at: .start))

  /// The pipeline as the service would show it right after its creation, changed by `echo`.
  private func replan(_ pipeline: ImagePipeline, _ echo: (inout ImagePipeline) -> Void) throws -> Plan {
    let desired = DesiredState(
      stack: stack, components: [],
      pipelines: [DesiredPipeline(name: "web", resource: pipeline, provenance: place)])
    let created = try #require(Plan(from: ObservedState(owned: []), to: desired).changes.first?.after)
    guard case .pipeline(var shown) = created.resource else { return try #require(nil) }
    echo(&shown)
    let object = ObservedResource(id: "ip-1", resource: .pipeline(shown), creationTime: "")
    return Plan(from: ObservedState(owned: [object]), to: desired)
  }

  @Test func importOptionsNeedNotBeShown() throws {
    var pipeline = ImagePipeline()
    pipeline.baseImageType = "OSS"
    pipeline.importImageOptions.platform = "Ubuntu"
    var disk = DiskDeviceMapping()
    disk.ossBucket = "bucket"
    disk.ossObject = "object"
    pipeline.importImageOptions.diskDeviceMappings = [disk]
    let plan = try replan(pipeline) { $0.importImageOptions = ImagePipeline().importImageOptions }
    #expect(!plan.hasChanges)
  }

  @Test func aLoneFromIsNoContent() throws {
    var pipeline = ImagePipeline()
    pipeline.baseImageType = "IMAGE"
    pipeline.baseImage = "m-1"
    let plan = try replan(pipeline) { $0.buildContent = "FROM IMAGE:m-1\r\n" }
    #expect(!plan.hasChanges)
    #expect(plan.warnings.isEmpty)
  }

  @Test func aTrimmedBlockScalarSaysTheSame() {
    let content = """
      Tasks:
        - Name: a
          Action: RunShellCommand
          Properties:
            commandContent: |
              uname -r

      """
    let place = ContentPlace.component(.linux)
    #expect(content.contentMeaning(at: place) == String(content.dropLast()).contentMeaning(at: place))
  }
}
