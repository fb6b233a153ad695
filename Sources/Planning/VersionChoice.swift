// SPDX-License-Identifier: Apache-2.0

import Resources

/// Chooses the version of every described component (design: change is replacement).
struct VersionChoice {
  private let ownedByName: [String: [ObservedResource]]
  private let takenByWireName: [String: Set<Version>]
  private let pinnedByName: [String: Set<Version>]

  init(desired: DesiredState, observed: ObservedState) {
    var owned: [String: [ObservedResource]] = [:]
    var taken: [String: Set<Version>] = [:]
    for resource in observed.owned + observed.strangers {
      guard case .component(let component) = resource.resource, let version = resource.version else {
        continue
      }
      if let name = component.name { taken[name, default: []].insert(version) }
    }
    for resource in observed.owned {
      guard let address = resource.address, address.kind == .component, address.version != nil else {
        continue
      }
      owned[address.name, default: []].append(resource)
    }
    var pinned: [String: Set<Version>] = [:]
    for component in desired.components {
      if let version = component.versionRule.pinned { pinned[component.name, default: []].insert(version) }
    }
    ownedByName = owned
    takenByWireName = taken
    pinnedByName = pinned
  }

  /// The version that `component` has or gets.
  ///
  /// What is unchanged keeps the highest version of ours that the rule admits; what is changed gets the next
  /// number that nobody holds under that name.
  func version(of component: DesiredComponent) -> Version {
    if let pinned = component.versionRule.pinned { return pinned }
    let candidates = (ownedByName[component.name] ?? []).filter { candidate in
      guard let version = candidate.version else { return false }
      let isPinnedElsewhere = pinnedByName[component.name]?.contains(version) ?? false
      return component.versionRule.admits(version) && !isPinnedElsewhere
    }
    let highest = candidates.max { ($0.version ?? .zero) < ($1.version ?? .zero) }
    if let highest, let version = highest.version, isUnchanged(component, highest) { return version }
    return nextFree(for: component)
  }

  /// The next number that nobody holds: for a changed component, or for the message about a pinned one.
  func nextFree(for component: DesiredComponent) -> Version {
    // Numbers of the address count as well: its objects may be called otherwise than the manifest now asks.
    let taken = (takenByWireName[component.wireName] ?? []).union(pinnedByName[component.name] ?? [])
      .union((ownedByName[component.name] ?? []).compactMap(\.version))
    switch component.versionRule {
    case .pinned(let version):
      var next = version.nextPatch
      while taken.contains(next) { next = next.nextPatch }
      return next
    case .patch(let major, let minor):
      let highest = taken.filter { $0.major == major && $0.minor == minor }.max()
      return highest?.nextPatch ?? Version(major, minor, 0)
    case .automatic:
      return taken.max()?.nextPatch ?? Version(1, 0, 0)
    }
  }

  private func isUnchanged(_ component: DesiredComponent, _ observed: ObservedResource) -> Bool {
    var wanted = component.resource
    wanted.componentVersion = observed.version?.description
    let comparison = ComponentComparison(wanted, digest: component.digest, sensitive: [], with: observed)
    return comparison.counted.isEmpty
  }
}

extension Version {
  static let zero = Version(0, 0, 0)
}
