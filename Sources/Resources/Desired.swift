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
    self.components = components.sorted { $0.stands(before: $1) }
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
  /// By name, then by version as it is written.
  fileprivate func stands(before other: DesiredComponent) -> Bool {
    name == other.name ? versionRule.description < other.versionRule.description : name < other.name
  }
}
