// SPDX-License-Identifier: Apache-2.0

public import Resources

/// Names, on the wire, of what is likely to be created: whether others hold them must be looked up.
public struct NamesToLookUp: Hashable, Sendable {
  /// Names of components.
  public let components: Set<String>
  /// Names of pipelines.
  public let pipelines: Set<String>

  /// These names.
  public init(components: Set<String>, pipelines: Set<String>) {
    self.components = components
    self.pipelines = pipelines
  }

  /// The names of everything in `desired` that has no object of the same version or address in `owned`, or
  /// one that was made from another content.
  public init(desired: DesiredState, owned: [ObservedResource]) {
    var present: [Address: [ObservedResource]] = [:]
    for resource in owned.map({ $0.moved(by: desired.moves) }) {
      if let address = resource.address { present[address, default: []].append(resource) }
      if let address = resource.address, address.version != nil {
        present[Address(address.kind, address.name), default: []].append(resource)
      }
    }
    components = Set(
      desired.components.filter { component in
        let held = (present[component.address] ?? []).filter { object in
          object.version.map(component.versionRule.admits) ?? false
        }
        // What is unchanged keeps the highest version; an earlier one with this content means a revert.
        let highest = held.max { ($0.version ?? .zero) < ($1.version ?? .zero) }
        return highest?.ownership?.digest != component.digest
      }.map(\.wireName))
    pipelines = Set(desired.pipelines.filter { present[$0.address] == nil }.map(\.wireName))
  }
}
