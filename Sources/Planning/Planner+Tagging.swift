// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  /// Why tags of pipelines can't be changed in place; nil where they can.
  private var reasonAgainstTagging: String? {
    switch desired.tagging {
    case .replace: "tagging is replace"
    case .inPlace: nil
    case nil:
      observed.circumstances.refusesPipelineTags
        ? "the service refuses to change tags of pipelines that exist" : nil
    }
  }

  /// Why pipelines can't be moved to another resource group in place; nil where they can.
  private var reasonAgainstJoining: String? {
    guard desired.tagging == nil, observed.circumstances.refusesPipelineGroups else { return nil }
    return "the service refuses to move pipelines that exist to another resource group"
  }

  /// Records that `present` stays, changed in place where that is possible, and else is replaced.
  mutating func keepOrReplace(
    _ present: ObservedResource, as planned: PlannedResource, of pipeline: DesiredPipeline, digestMoved: Bool
  ) {
    guard reasonAgainstTagging != nil || reasonAgainstJoining != nil else {
      keep(present, as: planned, digestMoved: digestMoved)
      return
    }
    let wanted = planned.bearing(present.ownership?.lastingMarks ?? [])
    var update = InPlaceUpdate(
      of: present, tags: wanted.resource.tags, group: wanted.resource.resourceGroupID)
    // Where that tag is lost, the name on the wire tells what the object is.
    let addressKey = OwnershipTags.addressKey
    if present.resource.tags[addressKey] == nil { update.setTags[addressKey] = nil }
    guard let reason = reasonAgainstTagging ?? (update.resourceGroupID == nil ? nil : reasonAgainstJoining)
    else {
      keep(present, as: planned, digestMoved: digestMoved)
      return
    }
    let keys = Set(update.setTags.keys).union(update.removeTags)
    if let refusal = refusal(of: keys, on: present, reason) {
      refuse(
        .conflict, "tagging-refused", refusal.message, at: pipeline.provenance.location, hint: refusal.hint)
    } else if update.resourceGroupID != nil || !keys.isSubset(of: Planner.bookkeeping) {
      replace(
        present, by: planned.bearing(present.ownership?.echoes ?? []), of: pipeline,
        fields: fields(of: update, on: present, sensitive: planned.sensitive)
          .filter { !Planner.untold.contains($0.name) }
          .map(\.forcingReplacement),
        reasons: ["\(reason), so other tags or another group need a new pipeline"], isDrift: false)
      return
    }
    // What only Kiln reads is worth no new pipeline: the fields themselves tell that nothing differs.
    kept.insert(present.id)
    changes.append(ResourceChange(pipeline.address, .nothing, before: present, after: planned))
  }

  private static let bookkeeping: Set<String> = [OwnershipTags.digestKey, OwnershipTags.keysKey]
  /// What is not told as a reason.
  private static let untold = Set(bookkeeping.map { "tags.\($0)" })

  /// What no new pipeline could bring about, or only at the price of what was asked for.
  private func refusal(
    of keys: Set<String>, on present: ObservedResource, _ reason: String
  ) -> (message: String, hint: String)? {
    let address = present.address?.description ?? present.id
    if keys.contains(OwnershipTags.addressKey) {
      return (
        "\(present.id) can't become \(address) in place: \(reason)",
        "without moved it is replaced; tagging: inPlace tries it all the same"
      )
    }
    if keys.contains(OwnershipTags.protectedKey) {
      return (
        "the protection of \(address) (\(present.id)) can't be changed in place: \(reason)",
        "--replace \(address) makes a new one that bears it; tagging: inPlace tries it all the same"
      )
    }
    return nil
  }
}

extension FieldChange {
  /// The same change where only a new object can have it.
  fileprivate var forcingReplacement: FieldChange {
    var change = self
    change.forcesReplacement = true
    return change
  }
}
