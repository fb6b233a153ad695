// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  mutating func planComponents() {
    guard !options.destroys else { return }
    for component in desired.components {
      let address = Address(.component, component.name, version: versions.version(of: component))
      chosen[component.name, default: []].append((component, address))
      chosenByWireName[component.wireName, default: []].append(address)
      digestHandles[address] = component.digest.handle(as: address)
    }
    let needed = neededByPipelines()
    for component in desired.components {
      guard
        let address = chosen[component.name]?.first(where: { $0.component == component })?.address,
        isSelected(address) || needed.contains(address)
      else { continue }
      plan(component, at: address)
    }
  }

  /// Components that the selected pipelines name: `--only` takes them along.
  private func neededByPipelines() -> Set<Address> {
    guard options.only != nil else { return [] }
    var needed = Set<Address>()
    for pipeline in desired.pipelines where isSelected(pipeline.address) {
      needed.formUnion(needs(of: pipeline))
    }
    return needed
  }

  /// The components of the stack that `pipeline` names.
  func needs(of pipeline: DesiredPipeline) -> [Address] {
    pipeline.references.compactMap(address) + named(by: pipeline).map(\.address)
  }

  /// The component that `reference` means: the highest of the described versions that it admits.
  func address(of reference: ComponentReference) -> Address? {
    let candidates = (chosen[reference.name] ?? []).map(\.address).filter { address in
      guard let pattern = reference.version, let version = address.version else { return true }
      return pattern.matches(version)
    }
    return candidates.max()
  }

  private mutating func plan(_ component: DesiredComponent, at address: Address) {
    let planned = planned(component, at: address)
    guard let present = ownedByAddress[address]?.first else {
      planCreation(of: component, planned)
      return
    }
    guard case .component(let wanted) = planned.resource else { return }
    let comparison = ComponentComparison(
      wanted, digest: component.digest, sensitive: component.provenance.sensitive, with: present)
    guard comparison.counted.isEmpty else {
      kept.insert(present.id)
      refuseChange(of: component, at: address, present: present, comparison)
      return
    }
    if isForced(address) {
      refuse(
        .conflict, "immutable-version", "\(address) can't be replaced by itself: a version is immutable",
        at: component.provenance.place(of: "version"),
        hint: "give it version \(versions.nextFree(for: component)), or auto")
      kept.insert(present.id)
      return
    }
    for change in comparison.rewritten {
      warnAboutRewriting(of: address, component.provenance, present, change)
    }
    keep(present, as: planned, digestMoved: !comparison.isSameDigest)
  }

  private mutating func planCreation(of component: DesiredComponent, _ planned: PlannedResource) {
    let address = planned.address
    let holder = strangersByName[component.wireName]?.first { stranger in
      stranger.resource.kind == .component && stranger.version == address.version
    }
    if let holder {
      let owner = holder.ownership?.stack
      refuse(
        .conflict, "name-taken",
        "\(component.wireName) \(address.version?.description ?? "") exists already as \(holder.id), "
          + (owner.map { "which belongs to stack \($0)" } ?? "which no stack owns"),
        at: component.provenance.location,
        hint: owner == nil
          ? "take it over with kiln adopt, or choose another name or version"
          : "choose another name or version, or have that stack forget it")
      return
    }
    changes.append(ResourceChange(address, .create, after: planned))
  }

  private mutating func refuseChange(
    of component: DesiredComponent, at address: Address, present: ObservedResource,
    _ comparison: ComponentComparison
  ) {
    let fields = comparison.counted.map(\.change)
    let names = fields.map(\.name).inWords
    refused.insert(address)
    let message: String
    if comparison.isDrift {
      message = "\(names) of \(address) (\(present.id)) was changed outside Kiln"
      changes.append(
        ResourceChange(
          address, .nothing, before: present, fields: fields, reasons: [fields.map(\.name).driftReason],
          isDrift: true))
    } else {
      message = "\(names) of \(address) has changed, but a version is immutable"
    }
    refuse(
      .conflict, "immutable-version", message,
      at: component.provenance.place(of: fields.first?.name ?? "version"),
      hint: "give it version \(versions.nextFree(for: component)), the next that is free")
  }

  private func planned(_ component: DesiredComponent, at address: Address) -> PlannedResource {
    var resource = component.resource
    resource.name = component.wireName
    resource.componentVersion = address.version?.description
    let ownership = OwnershipTags(
      stack: desired.stack.tagValue, address: address, digest: component.digest, userTags: resource.tags,
      group: resource.resourceGroupID, isProtected: component.lifecycle.isProtected)
    resource.tags.merge(ownership.tags) { _, own in own }
    return PlannedResource(
      address: address, resource: .component(resource), digest: component.digest,
      sensitive: component.provenance.sensitive)
  }

  mutating func refuse(
    _ cause: Refusal.Cause, _ rule: String, _ message: String, at location: Location?, hint: String
  ) {
    refusals.append(Refusal(cause, rule, message, at: location, hint: hint))
  }
}

extension SpecDigest {
  /// The component of this digest as a pipeline's digest sees it, by name, version and digest: known before it exists.
  func handle(as address: Address) -> String {
    var canonical = CanonicalBytes()
    canonical.append(address.description)
    canonical.append(text)
    return "ic-" + SpecDigest(over: canonical).text.dropFirst(2)
  }
}
