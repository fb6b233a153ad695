// SPDX-License-Identifier: Apache-2.0

/// A pipeline that a manifest describes.
///
/// A class only because it is large and handed on often: to do so takes one reference, not dozens. It never changes.
public final class DesiredPipeline: Sendable {
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

  /// The same pipeline, described at other places, and with these contents where they are given as steps.
  public func described(
    at provenance: Provenance, build: Composition?, test: Composition?
  ) -> DesiredPipeline {
    DesiredPipeline(
      name: name, version: version, resource: resource, build: build, test: test, lifecycle: lifecycle,
      provenance: provenance)
  }

  /// The address.
  public var address: Address { Address(.pipeline, name) }

  /// What the service calls it.
  public var wireName: String { resource.name ?? name }

  /// The components of the stack that it names.
  public var references: [ComponentReference] { (build?.references ?? []) + (test?.references ?? []) }
}

extension DesiredPipeline: Hashable {
  /// Whether both are described alike, at the same place.
  public static func == (left: DesiredPipeline, right: DesiredPipeline) -> Bool {
    left === right
      || (left.name, left.version, left.resource, left.build, left.test)
        == (right.name, right.version, right.resource, right.build, right.test)
        && (left.lifecycle, left.provenance) == (right.lifecycle, right.provenance)
  }

  /// Hashes what tells most pipelines apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
  }
}
