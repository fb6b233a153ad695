// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
public import Resources

extension Plan {
  /// The plan that leads from `observed` to `desired`.
  public init(from observed: ObservedState, to desired: DesiredState, options: PlanOptions = PlanOptions()) {
    let observed =
      desired.moves.isEmpty
      ? observed
      : ObservedState(
        owned: observed.owned.map { $0.moved(by: desired.moves) }, strangers: observed.strangers)
    var planner = Planner(desired: desired, observed: observed, options: options)
    planner.planComponents()
    planner.planPipelines()
    planner.planRetirements()
    planner.applyGuards()
    self = planner.plan
  }
}

/// Works a plan out, kind by kind, and lives only inside `Plan.init`.
struct Planner {
  let desired: DesiredState
  let observed: ObservedState
  let options: PlanOptions
  let versions: VersionChoice
  let ownedByAddress: [Address: [ObservedResource]]
  let addressByID: [String: Address]

  var changes: [ResourceChange] = []
  var deferred: [Deferral] = []
  var refusals: [Refusal] = []
  var warnings: [Diagnostic] = []
  /// The address, version chosen, of each described component, by name and rule.
  var chosen: [String: [(component: DesiredComponent, address: Address)]] = [:]
  /// Objects that stay as they are or change in place.
  var kept: Set<String> = []

  init(desired: DesiredState, observed: ObservedState, options: PlanOptions) {
    self.desired = desired
    self.observed = observed
    self.options = options
    versions = VersionChoice(desired: desired, observed: observed)
    var byAddress: [Address: [ObservedResource]] = [:]
    var byID: [String: Address] = [:]
    for resource in observed.owned {
      guard let address = resource.address else { continue }
      byAddress[address, default: []].append(resource)
      byID[resource.id] = address
    }
    ownedByAddress = byAddress
    addressByID = byID
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
      refusals: refusals, warnings: warnings, isPartial: options.only != nil)
  }

  /// Whether the user's selection covers `address`.
  func isSelected(_ address: Address) -> Bool {
    guard let only = options.only else { return true }
    return only.contains(address.description) || only.contains(address.unversioned)
  }

  func isForced(_ address: Address) -> Bool {
    options.replace.contains(address.description) || options.replace.contains(address.unversioned)
  }

  /// What must change on `present` so that it bears `wanted` tags and lies in `group`.
  func inPlaceUpdate(
    of present: ObservedResource, tags wanted: [String: String], group: String?
  ) -> InPlaceUpdate {
    var update = InPlaceUpdate()
    let tags = present.resource.tags
    for (key, value) in wanted where tags[key] != value { update.setTags[key] = value }
    update.removeTags = tags.keys.filter { key in
      guard wanted[key] == nil else { return false }
      if key == OwnershipTags.protectedKey || key == OwnershipTags.versionKey || key == OwnershipTags.keysKey
      {
        return true
      }
      return !key.hasPrefix(OwnershipTags.prefix) && present.ownership?.hasSet(tag: key) == true
    }.sorted()
    if let group, group != present.resource.resourceGroupID { update.resourceGroupID = group }
    return update
  }

  /// The fields that `update` changes, for people.
  func fields(of update: InPlaceUpdate, on present: ObservedResource) -> [FieldChange] {
    var fields: [FieldChange] = []
    let marks = present.ownership?.marks ?? []
    if let group = update.resourceGroupID {
      fields.append(
        FieldChange(
          "resourceGroupId", from: present.resource.resourceGroupID.map(FieldValue.text), to: .text(group),
          isDrift: marks.contains(SettingMark(resourceGroup: group))))
    }
    let keys = Set(update.setTags.keys).union(update.removeTags)
    for key in keys.sorted() {
      fields.append(
        FieldChange(
          "tags.\(key)", from: present.resource.tags[key].map(FieldValue.text),
          to: update.setTags[key].map(FieldValue.text),
          isDrift: update.setTags[key].map { marks.contains(SettingMark(tag: key, value: $0)) } ?? false))
    }
    return fields
  }

  /// Records that `present` stays, changed in place where its tags or group are not as they should be.
  ///
  /// - Parameter digestMoved: Whether only the recorded digest is another than the manifest's.
  mutating func keep(_ present: ObservedResource, as planned: PlannedResource, digestMoved: Bool) {
    let update = inPlaceUpdate(
      of: present, tags: planned.resource.tags, group: planned.resource.resourceGroupID)
    kept.insert(present.id)
    changes.append(
      ResourceChange(
        planned.address, update.isEmpty ? .nothing : .update, before: present, after: planned,
        fields: fields(of: update, on: present),
        reasons: digestMoved ? ["the recorded digest is brought up to date; nothing else differs"] : [],
        update: update, isDrift: digestMoved && present.ownership?.digest.isCurrentFormat == true))
  }
}
