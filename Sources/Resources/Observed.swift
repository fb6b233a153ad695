// SPDX-License-Identifier: Apache-2.0

/// A component or pipeline with its fields.
public indirect enum Resource: Hashable, Sendable {
  /// An image component.
  case component(ImageComponent)
  /// An image pipeline.
  case pipeline(ImagePipeline)

  /// The kind.
  public var kind: ResourceKind {
    switch self {
    case .component: .component
    case .pipeline: .pipeline
    }
  }

  /// Its tags.
  public var tags: [String: String] {
    get {
      switch self {
      case .component(let component): component.tags
      case .pipeline(let pipeline): pipeline.tags
      }
    }
    set {
      switch self {
      case .component(var component):
        component.tags = newValue
        self = .component(component)
      case .pipeline(var pipeline):
        pipeline.tags = newValue
        self = .pipeline(pipeline)
      }
    }
  }

  /// What the service calls it.
  public var wireName: String? {
    switch self {
    case .component(let component): component.name
    case .pipeline(let pipeline): pipeline.name
    }
  }

  /// A component's version, where it can be read.
  fileprivate var version: Version? {
    switch self {
    case .component(let component): component.componentVersion.flatMap(Version.init)
    case .pipeline: nil
    }
  }

  /// The resource group that holds it.
  public var resourceGroupID: String? {
    switch self {
    case .component(let component): component.resourceGroupID
    case .pipeline(let pipeline): pipeline.resourceGroupID
    }
  }
}

/// Something that the service holds.
///
/// A class only because it is large and handed on often: to do so takes one reference, not dozens. It never changes.
public final class ObservedResource: Sendable {
  /// The service's id.
  public let id: String
  /// Its fields, tags included.
  public let resource: Resource
  /// When it was created, as the service writes it: UTC, `yyyy-MM-ddTHH:mm:ssZ`.
  public let creationTime: String
  /// What its tags say about who owns it; nil for what is not Kiln's.
  public let ownership: OwnershipTags?
  /// A component's version, where it can be read.
  public let version: Version?
  /// The address that its tags name, with a component's version.
  public let address: Address?

  /// The resource `id`, as a Describe reply shows it.
  public convenience init(id: String, resource: Resource, creationTime: String) {
    self.init(
      id: id, resource: resource, creationTime: creationTime,
      ownership: OwnershipTags(observed: resource.tags))
  }

  private init(id: String, resource: Resource, creationTime: String, ownership: OwnershipTags?) {
    self.id = id
    self.resource = resource
    self.creationTime = creationTime
    self.ownership = ownership
    let version = resource.version
    self.version = version
    let named = ownership.flatMap { Address($0.address) }
    address = named?.kind == resource.kind ? named.map { Address($0.kind, $0.name, version: version) } : nil
  }

  /// The same object under the address that `moves` gives its own, addresses being without version.
  public func moved(by moves: [String: String]) -> ObservedResource {
    guard var ownership, let address = moves[ownership.address] else { return self }
    ownership.address = address
    return owned(as: ownership)
  }

  /// The same object as if its tags named `address`, for one whose tag was lost.
  public func addressed(as address: Address) -> ObservedResource {
    let tags = resource.tags.merging([OwnershipTags.addressKey: address.unversioned]) { _, new in new }
    return OwnershipTags(observed: tags).map(owned(as:)) ?? self
  }

  private func owned(as ownership: OwnershipTags) -> ObservedResource {
    ObservedResource(id: id, resource: resource, creationTime: creationTime, ownership: ownership)
  }

  /// Older first: by creation time, then by id.
  public static func isOlder(_ left: ObservedResource, _ right: ObservedResource) -> Bool {
    (left.creationTime, left.id) < (right.creationTime, right.id)
  }
}

extension ObservedResource: Hashable {
  /// Whether both are shown alike.
  public static func == (left: ObservedResource, right: ObservedResource) -> Bool {
    left === right
      || (left.id, left.resource, left.creationTime, left.ownership)
        == (right.id, right.resource, right.creationTime, right.ownership)
  }

  /// Hashes what tells them apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}

/// What the service holds, as far as a plan needs to know.
public struct ObservedState: Hashable, Sendable {
  /// What bears the stack's tag.
  public let owned: [ObservedResource]
  /// What bears a name that is to be created, but not the stack's tag.
  public let strangers: [ObservedResource]
  /// What else was found out, as far as the plan turns on it.
  public private(set) var circumstances: Circumstances

  /// The state of `owned` and `strangers`; their order does not matter.
  public init(
    owned: [ObservedResource], strangers: [ObservedResource] = [],
    circumstances: Circumstances = Circumstances()
  ) {
    self.owned = owned.sorted(by: ObservedResource.isOlder)
    self.strangers = strangers.sorted(by: ObservedResource.isOlder)
    self.circumstances = circumstances
  }

  /// The same objects under other circumstances.
  public func under(_ circumstances: Circumstances) -> ObservedState {
    var state = self
    state.circumstances = circumstances
    return state
  }
}
