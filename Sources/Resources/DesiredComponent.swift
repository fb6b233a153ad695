// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A component that a manifest describes.
///
/// A class only because it is large and handed on often: to do so takes one reference, not a dozen. It never changes.
public final class DesiredComponent: Sendable {
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
  /// Its content, read; nil where it has none.
  public let content: ContentText?
  private let knownDigest = Mutex<SpecDigest?>(nil)

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
    self.content = content ?? resource.content.map { ContentText($0) }
  }

  /// The same component, described at other places.
  public func described(at provenance: Provenance) -> DesiredComponent {
    DesiredComponent(
      name: name, versionRule: versionRule, resource: resource, lifecycle: lifecycle, provenance: provenance,
      content: content)
  }

  /// The digest over its immutable fields; worked out when it is first asked for, which only plans do.
  public var digest: SpecDigest {
    knownDigest.withLock { known in
      let digest = known ?? SpecDigest(of: resource, content: content)
      known = digest
      return digest
    }
  }

  /// The parameters that its content declares.
  public var parameters: [StructuredContent.Parameter] { content?.declaredParameters ?? [] }

  /// The address; without a version where that is chosen when planning.
  public var address: Address { Address(.component, name, version: versionRule.pinned) }

  /// What the service calls it.
  public var wireName: String { resource.name ?? name }
}

extension DesiredComponent: Hashable {
  /// Whether both are described alike, at the same place.
  public static func == (left: DesiredComponent, right: DesiredComponent) -> Bool {
    left === right
      || (left.name, left.versionRule, left.resource, left.lifecycle, left.provenance)
        == (right.name, right.versionRule, right.resource, right.lifecycle, right.provenance)
  }

  /// Hashes what tells most components apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(versionRule)
  }
}
