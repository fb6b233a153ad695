// SPDX-License-Identifier: Apache-2.0

public import Resources

/// A resource as it shall be, with its version chosen and its ownership tags on it.
public struct PlannedResource: Hashable, Sendable {
  /// The address.
  public let address: Address
  /// The fields, the ownership tags among the tags; contents made of steps still unset.
  public let resource: Resource
  /// The build content's steps.
  public let build: Composition?
  /// The test content's steps.
  public let test: Composition?
  /// The component that each reference of the steps means.
  public let uses: [ComponentReference: Address]
  /// The digest over the immutable fields.
  public let digest: SpecDigest
  /// Names of fields that must not be shown.
  public let sensitive: Set<String>

  /// The resource as a create call needs it.
  ///
  /// - Parameter componentID: The id of a component of the stack; known once it exists.
  public func resolved(_ componentID: (Address) -> String?) -> Resource? {
    guard case .pipeline(var pipeline) = resource else { return resource }
    for address in uses.values where componentID(address) == nil { return nil }
    func text(_ composition: Composition) -> String {
      composition.rendered { uses[$0].flatMap(componentID) ?? $0.name }
    }
    if let build { pipeline.buildContent = text(build) }
    if let test { pipeline.testContent = text(test) }
    return .pipeline(pipeline)
  }
}
