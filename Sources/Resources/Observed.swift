// SPDX-License-Identifier: Apache-2.0

/// A component or pipeline with its fields.
public enum Resource: Hashable, Sendable {
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
    switch self {
    case .component(let component): component.tags
    case .pipeline(let pipeline): pipeline.tags
    }
  }

  /// What the service calls it.
  public var wireName: String? {
    switch self {
    case .component(let component): component.name
    case .pipeline(let pipeline): pipeline.name
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
public struct ObservedResource: Hashable, Sendable {
  /// The service's id.
  public let id: String
  /// Its fields, tags included.
  public let resource: Resource
  /// When it was created, as the service writes it: UTC, `yyyy-MM-ddTHH:mm:ssZ`.
  public let creationTime: String
  /// What its tags say about who owns it; nil for what is not Kiln's.
  public let ownership: OwnershipTags?

  /// The resource `id`, as a Describe reply shows it.
  public init(id: String, resource: Resource, creationTime: String) {
    self.id = id
    self.resource = resource
    self.creationTime = creationTime
    self.ownership = OwnershipTags(observed: resource.tags)
  }

  /// A component's version, where it can be read.
  public var version: Version? {
    guard case .component(let component) = resource else { return nil }
    return component.componentVersion.flatMap(Version.init)
  }

  /// The address that its tags name, with a component's version.
  public var address: Address? {
    guard let ownership, let address = Address(ownership.address), address.kind == resource.kind else {
      return nil
    }
    return Address(address.kind, address.name, version: version)
  }

  /// The same object under the address that `moves` gives its own, addresses being without version.
  public func moved(by moves: [String: String]) -> ObservedResource {
    guard var ownership, let address = moves[ownership.address] else { return self }
    ownership.address = address
    return ObservedResource(self, ownership: ownership)
  }

  /// The same object as if its tags named `address`, for one whose tag was lost.
  public func addressed(as address: Address) -> ObservedResource {
    let tags = resource.tags.merging([OwnershipTags.addressKey: address.unversioned]) { _, new in new }
    return OwnershipTags(observed: tags).map { ObservedResource(self, ownership: $0) } ?? self
  }

  private init(_ other: ObservedResource, ownership: OwnershipTags) {
    id = other.id
    resource = other.resource
    creationTime = other.creationTime
    self.ownership = ownership
  }

  /// Older first: by creation time, then by id.
  public static func isOlder(_ left: ObservedResource, _ right: ObservedResource) -> Bool {
    (left.creationTime, left.id) < (right.creationTime, right.id)
  }
}

/// What the service holds, as far as a plan needs to know.
public struct ObservedState: Hashable, Sendable {
  /// What bears the stack's tag.
  public let owned: [ObservedResource]
  /// What bears a name that is to be created, but not the stack's tag.
  public let strangers: [ObservedResource]
  /// What else was found out, as far as the plan turns on it.
  public let circumstances: Circumstances

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
    ObservedState(owned: owned, strangers: strangers, circumstances: circumstances)
  }
}
