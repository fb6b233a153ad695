// SPDX-License-Identifier: Apache-2.0

/// Who owns the resources that a stack describes for one of its targets.
public struct StackIdentity: Hashable, Sendable {
  /// The stack's id, which stays when it is renamed.
  public let id: String
  /// The name that people see.
  public let name: String
  /// The target's name.
  public let target: String

  /// The stack `id`, called `name`, at `target`.
  public init(id: String, name: String, target: String) {
    self.id = id
    self.name = name
    self.target = target
  }

  /// The value of the tag `kiln:stack`.
  public var tagValue: String { "\(id)/\(target)" }
}

/// What a manifest asks for beyond the API's own fields.
public struct Lifecycle: Hashable, Sendable {
  /// Whether the last object of the address must not be deleted.
  public var isProtected = false
  /// How many superseded objects stay.
  public var retain = 0

  /// Nothing asked for.
  public init() {}
}

/// A component that a manifest describes.
public struct DesiredComponent: Hashable, Sendable {
  /// `metadata.name`.
  public let name: String
  /// How its version is chosen.
  public let versionRule: VersionRule
  /// Its fields; the version only where the rule pins it.
  public let resource: ImageComponent
  /// What is asked beyond the API's fields.
  public let lifecycle: Lifecycle
  /// Where it is described.
  public let provenance: Provenance
  /// The digest over its immutable fields.
  public let digest: SpecDigest
  /// The parameters that its content declares.
  public let parameters: [StructuredContent.Parameter]

  /// A component of a stack.
  ///
  /// - Parameter content: The resource's content, where it has been read before.
  public init(
    name: String, versionRule: VersionRule, resource: ImageComponent, lifecycle: Lifecycle = Lifecycle(),
    provenance: Provenance, content: ContentText? = nil
  ) {
    self.name = name
    self.versionRule = versionRule
    self.resource = resource
    self.lifecycle = lifecycle
    self.provenance = provenance
    let content = content ?? resource.content.map { ContentText($0) }
    digest = SpecDigest(of: resource, content: content)
    parameters = content?.declaredParameters ?? []
  }

  /// The address; without a version where that is chosen when planning.
  public var address: Address { Address(.component, name, version: versionRule.pinned) }

  /// What the service calls it.
  public var wireName: String { resource.name ?? name }
}

/// A pipeline that a manifest describes.
public struct DesiredPipeline: Hashable, Sendable {
  /// `metadata.name`.
  public let name: String
  /// The manifest's version, of which the service knows nothing.
  public let version: String?
  /// Its fields; build and test content only where they are given as text.
  public let resource: ImagePipeline
  /// The build content, where it is given as steps.
  public let build: Composition?
  /// The test content, where it is given as steps.
  public let test: Composition?
  /// What is asked beyond the API's fields.
  public let lifecycle: Lifecycle
  /// Where it is described.
  public let provenance: Provenance

  /// A pipeline of a stack.
  public init(
    name: String, version: String? = nil, resource: ImagePipeline, build: Composition? = nil,
    test: Composition? = nil, lifecycle: Lifecycle = Lifecycle(), provenance: Provenance
  ) {
    self.name = name
    self.version = version
    self.resource = resource
    self.build = build
    self.test = test
    self.lifecycle = lifecycle
    self.provenance = provenance
  }

  /// The address.
  public var address: Address { Address(.pipeline, name) }

  /// What the service calls it.
  public var wireName: String { resource.name ?? name }

  /// The components of the stack that it names.
  public var references: [ComponentReference] { (build?.references ?? []) + (test?.references ?? []) }
}

/// Everything that the manifests of a stack say about one target.
public struct DesiredState: Hashable, Sendable {
  /// Whose resources they are.
  public let stack: StackIdentity
  /// Components, by name and version.
  public let components: [DesiredComponent]
  /// Pipelines, by name.
  public let pipelines: [DesiredPipeline]
  /// Whether what is no longer described is deleted.
  public let prunes: Bool
  /// Addresses without version that resources had before they were renamed, with the present ones.
  public let moves: [String: String]
  /// How tags of pipelines that exist are changed; nil where the service is to be asked.
  public let tagging: Tagging?

  /// The state that `components` and `pipelines` make up; their order does not matter.
  public init(
    stack: StackIdentity, components: [DesiredComponent], pipelines: [DesiredPipeline], prunes: Bool = true,
    moves: [String: String] = [:], tagging: Tagging? = nil
  ) {
    self.moves = moves
    self.tagging = tagging
    self.stack = stack
    self.components = components.sorted { $0.sortKey < $1.sortKey }
    self.pipelines = pipelines.sorted { $0.name < $1.name }
    self.prunes = prunes
  }

  /// Whether a pipeline names a component by pattern, for which account and region must be known.
  public var followsComponents: Bool {
    pipelines.contains { pipeline in
      pipeline.references.contains(where: \.follows)
    }
  }
}

extension DesiredComponent {
  fileprivate var sortKey: (String, String) { (name, versionRule.description) }
}
