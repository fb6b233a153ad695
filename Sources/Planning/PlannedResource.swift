// SPDX-License-Identifier: Apache-2.0

public import Resources

/// A resource as it shall be, with its version chosen and its ownership tags on it.
public struct PlannedResource: Hashable, Sendable {
  /// The address.
  public let address: Address
  /// The fields, the ownership tags among the tags; contents made of steps still unset.
  public internal(set) var resource: Resource
  /// The build content's steps.
  public let build: Composition?
  /// The test content's steps.
  public let test: Composition?
  /// The component that each reference of the steps means.
  public let uses: [ComponentReference: Address]
  /// What stands in the contents for each reference that follows its component.
  public let followed: [ComponentReference: ComponentARN]
  /// The digest over the immutable fields.
  public let digest: SpecDigest
  /// Names of fields that must not be shown.
  public let sensitive: Set<String>

  init(
    address: Address, resource: Resource, build: Composition? = nil, test: Composition? = nil,
    uses: [ComponentReference: Address] = [:], followed: [ComponentReference: ComponentARN] = [:],
    digest: SpecDigest, sensitive: Set<String>
  ) {
    self.address = address
    self.resource = resource
    self.build = build
    self.test = test
    self.uses = uses
    self.followed = followed
    self.digest = digest
    self.sensitive = sensitive
  }

  /// The resource as a create call needs it.
  ///
  /// - Parameter componentID: The id of a component of the stack; known once it exists.
  public func resolved(_ componentID: (Address) -> String?) -> Resource? {
    guard case .pipeline(var pipeline) = resource else { return resource }
    for (reference, address) in uses
    where followed[reference] == nil && !reference.follows && componentID(address) == nil { return nil }
    func text(_ composition: Composition) -> String {
      rendered(composition) { componentID($0) ?? $0.name }
    }
    if let build { pipeline.buildContent = text(build) }
    if let test { pipeline.testContent = text(test) }
    return .pipeline(pipeline)
  }

  /// A content as text, with `name` giving what stands for each component that is named by its id.
  func rendered(_ composition: Composition, _ name: (Address) -> String) -> String {
    composition.rendered { followed[$0]?.description ?? uses[$0].map(name) ?? $0.description }
  }

  /// The same with `marks` among those that it bears.
  public func bearing(_ marks: Set<SettingMark>) -> PlannedResource {
    guard !marks.isEmpty, var ownership = OwnershipTags(observed: resource.tags) else { return self }
    ownership.marks.formUnion(marks)
    var planned = self
    planned.resource.tags.merge(ownership.tags) { _, own in own }
    return planned
  }
}
