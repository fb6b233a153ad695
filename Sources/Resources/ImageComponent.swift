// SPDX-License-Identifier: Apache-2.0

/// An image component as the API knows it: one immutable version of a named piece of content.
public struct ImageComponent: FieldTabled {
  /// What the service calls it; several versions share one name.
  public var name: String?
  /// Its version, `major.minor.patch`, unique under its name.
  public var componentVersion: String?
  /// `Linux` or `Windows`.
  public var systemType: String?
  /// `Build` or `Test`: whether it serves build or test content of pipelines.
  public var componentType: String?
  /// What it is for.
  public var description: String?
  /// Its content, in either form of the content language.
  public var content: String?
  /// The resource group that holds it.
  public var resourceGroupID: String?
  /// Its tags; for what Kiln itself adds see ``OwnershipTags``.
  public var tags: [String: String] = [:]

  /// A component in which every field is unset.
  public init() {}
}
