// SPDX-License-Identifier: Apache-2.0

import Resources

extension ObservedResource {
  /// Why `kiln:keys` is rewritten so that it fits `planned`, as far as nothing else of the plan tells, a sentence each.
  ///
  /// - Parameter update: What is changed on the object.
  func reasons(for update: InPlaceUpdate, to planned: PlannedResource) -> [String] {
    guard let ownership, update.setTags[OwnershipTags.keysKey] != nil else { return [] }
    guard resource.tags[OwnershipTags.keysKey].map(SettingMark.isReadable) == true else {
      return disowned(but: planned.resource.tags)
    }
    var reasons: [String] = []
    if ownership.hasSetGroup, planned.resource.resourceGroupID == nil {
      let place = resource.resourceGroupID.map { "in \($0)" } ?? "where it is"
      reasons.append(
        "Kiln no longer sets the resource group; the \(resource.kind.rawValue) stays \(place)")
    }
    // Beside others the tag only mirrors what is seen of them.
    guard update.setTags.count == 1, update.removeTags.isEmpty, update.resourceGroupID == nil else {
      return reasons
    }
    let taken = planned.resource.tags.keys.filter(isTakenOver).sorted()
    if !taken.isEmpty {
      reasons.append(
        "\(taken.map { "tags.\($0)" }.inWords) \(taken.count == 1 ? "is" : "are") as the manifest asks already; "
          + "from now on \(taken.count == 1 ? "it counts" : "they count") as Kiln's")
    }
    return reasons.isEmpty ? ["what the manifest no longer asks for is gone already"] : reasons
  }

  /// Whether the tag `key` has its value from somebody else.
  private func isTakenOver(_ key: String) -> Bool {
    hasChangedElsewhere(tag: key)
      || !key.hasPrefix(OwnershipTags.prefix) && ownership?.hasSet(tag: key) == false
  }

  /// That tags which are not `wanted` count as somebody else's, as what Kiln has set can't be read: a sentence.
  private func disowned(but wanted: [String: String]) -> [String] {
    let others = resource.tags.keys.filter { !$0.hasPrefix(OwnershipTags.prefix) && wanted[$0] == nil }
    guard !others.isEmpty else { return [] }
    return ["\(OwnershipTags.keysKey) can't be read, so as tags of others count \(others.sorted().inWords)"]
  }
}
