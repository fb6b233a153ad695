// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
public import Resources

extension Plan {
  /// The plan that leads from `observed` to `desired`.
  public init(from observed: ObservedState, to desired: DesiredState, options: PlanOptions = PlanOptions()) {
    let observed = observed.readdressed(for: desired)
    var planner = Planner(desired: desired, observed: observed, options: options)
    planner.checkSelection()
    planner.warnAboutLostAddresses()
    planner.planComponents()
    planner.checkReplacements()
    planner.planPipelines()
    planner.spareCopies()
    planner.planRetirements()
    planner.applyGuards()
    planner.keepOnlyRefreshes()
    self = planner.plan
  }
}

extension ObservedState {
  /// The same objects under the addresses that `desired` knows them by: renamed ones under their new name, and
  /// ones whose address tag was lost under that of the resource which is called the same on the wire.
  fileprivate func readdressed(for desired: DesiredState) -> ObservedState {
    guard !desired.moves.isEmpty || owned.contains(where: { $0.address == nil }) else { return self }
    var components: [String: Address] = [:], pipelines: [String: Address] = [:]
    for component in desired.components { components[component.wireName] = component.address }
    for pipeline in desired.pipelines { pipelines[pipeline.wireName] = pipeline.address }
    return ObservedState(
      owned: owned.map { object in
        guard object.address == nil, let name = object.resource.wireName else {
          return object.moved(by: desired.moves)
        }
        let address = object.resource.kind == .component ? components[name] : pipelines[name]
        return address.map(object.addressed(as:)) ?? object
      }, strangers: strangers, circumstances: circumstances)
  }
}

extension PlanOptions {
  /// What of the stack a plan of these wishes is about.
  fileprivate var scope: Plan.Scope {
    if destroys { return .destruction }
    return only != nil || !except.isEmpty || refreshesOnly ? .part : .whole
  }
}

/// Works a plan out, kind by kind, and lives only inside `Plan.init`.
struct Planner {
  let desired: DesiredState
  let observed: ObservedState
  let options: PlanOptions
  let versions: VersionChoice
  let ownedByAddress: [Address: [ObservedResource]]
  let comparer: PipelineComparer
  let strangersByName: [String: [ObservedResource]]
  /// How many superseded objects of each described address stay.
  let retainByAddress: [String: Int]

  var changes: [ResourceChange] = []
  var deferred: [Deferral] = []
  var refusals: [Refusal] = []
  var warnings: [Diagnostic] = []
  /// The address, version chosen, of each described component, by name and rule.
  var chosen: [String: [(component: DesiredComponent, address: Address)]] = [:]
  /// The same addresses by what the service calls the component.
  var chosenByWireName: [String: [Address]] = [:]
  /// What stands for each chosen component in the contents that digests cover.
  var digestHandles: [Address: String] = [:]
  /// Whether objects get other addresses: then digests move with the names that they cover.
  let isRenaming: Bool
  /// Components that can't become what they are described as.
  var refused: Set<Address> = []
  /// Addresses without version that `--except` leaves as they are, its dependants among them.
  var spared: Set<String> = []
  /// Objects that stay as they are or change in place.
  var kept: Set<String> = []
  /// Objects that somebody has copied by hand, tags and all.
  var copies: Set<String> = []

  init(desired: DesiredState, observed: ObservedState, options: PlanOptions) {
    self.desired = desired
    self.observed = observed
    self.options = options
    versions = VersionChoice(desired: desired, observed: observed)
    var byAddress: [Address: [ObservedResource]] = [:]
    var byID: [String: Address] = [:]
    var byWireName: [String: Address] = [:]
    for resource in observed.owned {
      guard let address = resource.address else { continue }
      byAddress[address, default: []].append(resource)
      byID[resource.id] = address
      if let name = resource.resource.wireName, let version = resource.version {
        byWireName["\(name)/\(version)"] = address
      }
    }
    isRenaming = observed.owned.contains { object in
      object.resource.tags[OwnershipTags.addressKey] != object.address?.unversioned
    }
    ownedByAddress = byAddress.mapValues(\.oldestFirst)
    strangersByName = Dictionary(grouping: observed.strangers) { $0.resource.wireName ?? "" }
    comparer = PipelineComparer(
      addressByID: byID, addressByWireName: byWireName, regionID: observed.circumstances.regionID)
    let lifecycles =
      desired.components.map { ($0.address.unversioned, $0.lifecycle.retain) }
      + desired.pipelines.map { ($0.address.unversioned, $0.lifecycle.retain) }
    retainByAddress = Dictionary(lifecycles, uniquingKeysWith: max)
  }

  var plan: Plan {
    let order: [Action] = [.create, .replace, .update, .delete, .nothing]
    let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return Plan(
      stack: desired.stack,
      changes: changes.sorted { left, right in
        let leftRank = rank[left.action] ?? 0, rightRank = rank[right.action] ?? 0
        if leftRank != rightRank { return leftRank < rightRank }
        if left.action == .delete, left.address.kind != right.address.kind {
          return right.address.kind < left.address.kind
        }
        return (left.address, left.before?.id ?? "") < (right.address, right.before?.id ?? "")
      },
      deferred: deferred.sorted { ($0.address, $0.id) < ($1.address, $1.id) },
      refusals: refusals, warnings: warnings, scope: options.scope)
  }

  /// Whether the user's selection covers `address`.
  func isSelected(_ address: Address) -> Bool {
    guard !isExcepted(address) else { return false }
    guard let only = options.only else { return true }
    return only.contains(address.description) || only.contains(address.unversioned)
  }

  func isForced(_ address: Address) -> Bool {
    options.replace.contains(address.description) || options.replace.contains(address.unversioned)
  }

  /// The fields that `update` changes, for people.
  ///
  /// - Parameter sensitive: Names of fields that must not be shown; of `tags` all that the user sets are hidden.
  func fields(
    of update: InPlaceUpdate, on present: ObservedResource, sensitive: Set<String>
  ) -> [FieldChange] {
    var fields: [FieldChange] = []
    if let group = update.resourceGroupID {
      fields.append(
        FieldChange(
          "resourceGroupId", from: present.resource.resourceGroupID.map(FieldValue.text), to: .text(group),
          isSensitive: sensitive.contains("resourceGroupId"),
          isDrift: present.hasLeftItsGroup))
    }
    let keys = Set(update.setTags.keys).union(update.removeTags)
    for key in keys.sorted() {
      fields.append(
        FieldChange(
          "tags.\(key)", from: present.resource.tags[key].map(FieldValue.text),
          to: update.setTags[key].map(FieldValue.text),
          isSensitive: sensitive.contains("tags") && !key.hasPrefix(OwnershipTags.prefix),
          isDrift: present.hasChangedElsewhere(tag: key)))
    }
    return fields
  }

  /// Records that `present` stays, changed in place where its tags or group are not as they should be.
  ///
  /// - Parameter digestMoved: Whether only the recorded digest is another than the manifest's.
  mutating func keep(_ present: ObservedResource, as planned: PlannedResource, digestMoved: Bool) {
    let planned = planned.bearing(present.ownership?.lastingMarks ?? [])
    let update = InPlaceUpdate(
      of: present, tags: planned.resource.tags, group: planned.resource.resourceGroupID)
    kept.insert(present.id)
    changes.append(
      ResourceChange(
        planned.address, update.isEmpty ? .nothing : .update, before: present, after: planned,
        fields: fields(of: update, on: present, sensitive: planned.sensitive),
        reasons: (digestMoved ? ["the recorded digest is brought up to date; nothing else differs"] : [])
          + present.reasons(for: update, to: planned),
        update: update,
        isDrift: digestMoved && !isRenaming && present.ownership?.digest.isForeign == false))
  }
}
