// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Provenance {
  static let test = Provenance(location: Location(file: "test.yaml", range: SourceRange(.start, .start)))
}

extension DesiredState {
  static let testStack = StackIdentity(id: "gi-test", name: "test", target: "local")

  /// A stack of one pipeline.
  static func sample(
    description: String? = nil, tags: [String: String] = [:], group: String? = nil, retain: Int = 0,
    tagging: Tagging? = nil
  ) -> DesiredState {
    DesiredState(
      stack: testStack, components: [],
      pipelines: [.sample(description: description, tags: tags, group: group, retain: retain)],
      tagging: tagging)
  }

  /// A stack of one component and, where asked for, a pipeline that names it.
  static func sample(
    content: String, version: VersionRule = .automatic, tags: [String: String] = [:], retain: Int = 0,
    pipeline: DesiredPipeline? = nil
  ) -> DesiredState {
    DesiredState(
      stack: testStack,
      components: [.sample(content: content, version: version, tags: tags, retain: retain)],
      pipelines: pipeline.map { [$0] } ?? [])
  }
}

extension DesiredComponent {
  static func sample(
    _ name: String = "nginx", content: String = "RUN true", version: VersionRule = .automatic,
    tags: [String: String] = [:], retain: Int = 0
  ) -> DesiredComponent {
    var component = ImageComponent()
    component.name = name
    component.componentVersion = version.pinned?.description
    component.content = content
    component.tags = tags
    var lifecycle = Lifecycle()
    lifecycle.retain = retain
    return DesiredComponent(
      name: name, versionRule: version, resource: component, lifecycle: lifecycle, provenance: .test)
  }
}

extension DesiredPipeline {
  /// A pipeline, whose build names `components` of the stack.
  static func sample(
    _ name: String = "web", description: String? = nil, naming components: [String] = [],
    following followed: ComponentReference? = nil, tags: [String: String] = [:], group: String? = nil,
    retain: Int = 0
  ) -> DesiredPipeline {
    var pipeline = ImagePipeline()
    pipeline.name = name
    pipeline.baseImageType = "IMAGE_FAMILY"
    pipeline.baseImage = "acs:ubuntu_22_04_x64"
    pipeline.description = description
    pipeline.resourceGroupID = group
    pipeline.tags = tags
    var lifecycle = Lifecycle()
    lifecycle.retain = retain
    let references = components.map { ComponentReference($0) } + [followed].compactMap(\.self)
    let build = Composition(
      [.command("RUN echo begin")] + references.map { .component($0, arguments: "") })
    return DesiredPipeline(
      name: name, resource: pipeline, build: build, lifecycle: lifecycle, provenance: .test)
  }
}
