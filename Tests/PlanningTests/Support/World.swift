// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Planning
import Resources
import Testing

/// What a stack of one component and one pipeline says.
struct Described: Sendable {
  var component = Described.plainComponent
  var pipeline = Described.plainPipeline
  var hasText = false

  static let plain = Described()

  static func with(_ change: (inout ImagePipeline) -> Void) -> Described {
    var described = Described()
    change(&described.pipeline)
    return described
  }

  static func component(_ change: (inout ImageComponent) -> Void) -> Described {
    var described = Described()
    change(&described.component)
    return described
  }

  /// With the build content as text.
  static func text(_ content: String) -> Described {
    var described = with { $0.buildContent = content }
    described.hasText = true
    return described
  }

  /// With a base image from OSS.
  static func importing(_ change: (inout ImagePipeline) -> Void = { _ in }) -> Described {
    with { pipeline in
      pipeline.baseImageType = "OSS"
      pipeline.baseImage = nil
      var disk = DiskDeviceMapping()
      disk.ossBucket = "disks"
      disk.ossObject = "a.raw"
      pipeline.importImageOptions.diskDeviceMappings = [disk]
      change(&pipeline)
    }
  }

  private static var plainComponent: ImageComponent {
    var component = ImageComponent()
    component.name = "nginx"
    component.componentVersion = "1.0.0"
    component.content = "RUN echo 1\nRUN echo 2\n"
    return component
  }

  private static var plainPipeline: ImagePipeline {
    var pipeline = ImagePipeline()
    pipeline.name = "web"
    pipeline.baseImageType = "IMAGE_FAMILY"
    pipeline.baseImage = "acs:ubuntu_22_04_x64"
    return pipeline
  }
}

/// Changes to a pipeline, as values.
func setEverything(_ pipeline: inout ImagePipeline) {
  for field in ImagePipeline.fields where field.change == .replaces && field.read(pipeline) == nil {
    switch field.shape {
    case .text: field.write(&pipeline, .text("text of \(field.name)"))
    case .integer: field.write(&pipeline, .integer(77))
    case .boolean: field.write(&pipeline, .boolean(field.defaultValue != .boolean(true)))
    case .texts: field.write(&pipeline, .texts(["one", "two"]))
    case .integers: field.write(&pipeline, .integers([1, 2]))
    case .pairs: field.write(&pipeline, .pairs(["key": "value"]))
    case .disks: break
    }
  }
  // A deprecated field and its twin must agree.
  pipeline = pipeline.canonical
}

extension FieldValue {
  /// Another value of the same shape.
  var another: FieldValue {
    switch self {
    case .text(let text): .text(text + " and more")
    case .integer(let number): .integer(number + 1)
    case .boolean(let truth): .boolean(!truth)
    case .texts(let texts): .texts(texts + ["three"])
    case .integers(let numbers): .integers(numbers + [3])
    case .pairs(let pairs): .pairs(pairs.merging(["key": "other"]) { _, new in new })
    case .disks(let disks): .disks(disks + disks)
    }
  }
}

/// A stack, and the service after the stack was applied.
struct World {
  let desired: DesiredState
  let state: ObservedState

  static let stack = StackIdentity(id: "gi-test", name: "test", target: "local")
  static let nowhere = Provenance(
    location: Location(file: "test.yaml", range: SourceRange(.start, .start)))

  init(_ described: Described) throws {
    let component = DesiredComponent(
      name: "nginx", versionRule: .pinned(Version(1, 0, 0)), resource: described.component,
      provenance: World.nowhere)
    let build = Composition([
      .component(ComponentReference("nginx"), arguments: ""), .command("RUN echo 1"),
    ])
    let pipeline = DesiredPipeline(
      name: "web", resource: described.pipeline, build: described.hasText ? nil : build,
      provenance: World.nowhere)
    desired = DesiredState(stack: World.stack, components: [component], pipelines: [pipeline])
    state = try World.applied(desired)
  }

  /// What the service holds once `desired` has been applied to an empty one: `ic-1`, `ip-1` and so on.
  static func applied(_ desired: DesiredState) throws -> ObservedState {
    let plan = Plan(from: ObservedState(owned: []), to: desired)
    try #require(plan.refusals.isEmpty)
    var ids: [Address: String] = [:]
    for (index, change) in plan.changes.enumerated() {
      ids[change.address] = change.address.kind == .component ? "ic-\(index + 1)" : "ip-\(index)"
    }
    let owned = try plan.changes.map { change in
      let resource = try #require(change.after?.resolved { ids[$0] })
      return ObservedResource(
        id: try #require(ids[change.address]), resource: resource, creationTime: "2026-01-02T03:04:05Z")
    }
    return ObservedState(owned: owned, circumstances: circumstances)
  }

  private static var circumstances: Circumstances {
    var circumstances = Circumstances()
    circumstances.regionID = "cn-hangzhou"
    return circumstances
  }

  /// The stack with another pipeline.
  func desired(with pipeline: ImagePipeline) -> DesiredState {
    let old = desired.pipelines[0]
    return DesiredState(
      stack: desired.stack, components: desired.components,
      pipelines: [
        DesiredPipeline(
          name: old.name, resource: pipeline, build: old.build, test: old.test, provenance: old.provenance)
      ])
  }

  /// The plan when the item of `address` shows other members.
  func plan(showing members: [(path: String, value: JSONValue?)], at address: String) -> Plan {
    Plan(from: observed(showing: members, at: address), to: desired)
  }

  func observed(
    showing members: [(path: String, value: JSONValue?)], at address: String
  ) -> ObservedState {
    ObservedState(
      owned: state.owned.map { object in
        guard object.address?.unversioned == address else { return object }
        var item = object.item
        for (path, value) in members { item[path] = value }
        let resource: Resource =
          switch object.resource {
          case .component: .component(ImageComponent(replyItem: .object(item)))
          case .pipeline: .pipeline(ImagePipeline(replyItem: .object(item)))
          }
        return ObservedResource(id: object.id, resource: resource, creationTime: object.creationTime)
      }, circumstances: state.circumstances)
  }

  /// The plan when the pipeline is another one.
  func plan(changing change: (inout ImagePipeline) -> Void) throws -> Plan {
    let owned = state.owned.map { object -> ObservedResource in
      guard case .pipeline(var pipeline) = object.resource else { return object }
      change(&pipeline)
      return ObservedResource(id: object.id, resource: .pipeline(pipeline), creationTime: object.creationTime)
    }
    return Plan(from: ObservedState(owned: owned, circumstances: state.circumstances), to: desired)
  }

  /// The tags that the item of `address` shows.
  func tags(at address: String) -> [JSONValue] {
    let item = state.owned.first { $0.address?.unversioned == address }?.item ?? [:]
    return item["Tags"]?["Tag"]?.array ?? []
  }
}

extension ObservedResource {
  var item: [String: JSONValue] {
    switch resource {
    case .component(let component): component.replyItem
    case .pipeline(let pipeline): pipeline.replyItem
    }
  }
}
