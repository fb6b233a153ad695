// SPDX-License-Identifier: Apache-2.0

public import Resources

/// A difference that did not come from the manifests.
public struct Drift: Hashable, Sendable {
  /// The resource's address.
  public let address: Address
  /// The object's id; of one that is gone, the id that it had.
  public let id: String
  /// What happened, as the rest of a sentence that begins with the address.
  public let description: String
}

extension Plan {
  /// Of `created`, ids that the journal says were created and not deleted, those of objects that lists do not show.
  public func missing(of created: [Address: String]) -> [Address: String] {
    let anew = Set(madeAnew)
    return created.filter { anew.contains($0.key) }
  }

  /// What is described and not there, and what `created`, which the journal says was created and not deleted, has not either.
  ///
  /// Without a journal nothing tells an object that was deleted from one that was never made.
  public func neverSeen(beside created: [Address: String]) -> [Address] {
    madeAnew.filter { created[$0] == nil }
  }

  /// What is described and not there.
  private var madeAnew: [Address] {
    changes.filter { $0.action == .create && $0.before == nil }.map(\.address)
  }

  /// What arose outside the manifests, as far as tags and digests tell.
  ///
  /// - Parameters:
  ///   - missing: What lists do not show of the objects that the journal says were created and not deleted.
  ///   - shown: Those of the missing objects that the service shows when it is asked for them by id.
  public func drift(missing: [Address: String] = [:], shown: [String: ObservedResource] = [:]) -> [Drift] {
    var found: [Drift] = []
    let standing = Dictionary(
      changes.filter { $0.after != nil }.map { ($0.address, $0) },
      uniquingKeysWith: { first, _ in first })
    for change in changes {
      let id = change.before?.id ?? ""
      switch change.action {
      case .create where change.before == nil:
        guard let id = missing[change.address] else { break }
        let object = shown[id]
        // Lists may lag: what bears the stack's tag is there all the same.
        guard object?.resource.tags[OwnershipTags.stackKey] != stack.tagValue else { break }
        let what = object == nil ? "was deleted" : "no longer bears the stack's tag \(OwnershipTags.stackKey)"
        found.append(Drift(address: change.address, id: id, description: what))
      case .create where change.isDrift, .replace where change.isDrift,
        .nothing where change.isDrift && !change.fields.isEmpty:
        let address = change.before?.address ?? change.address
        let names = change.fields.map(\.name).filter { $0 != "version" && !$0.hasPrefix("tags.") }
        found.append(
          Drift(address: address, id: id, description: "was changed: \(names.joined(separator: ", "))"))
      case .update where change.isDrift:
        found.append(Drift(address: change.address, id: id, description: "its digest tag was changed"))
      case .nothing where change.isDrift:
        found.append(
          Drift(address: change.address, id: id, description: "was copied by hand, and is left alone"))
      case .delete where standing[change.address].map { change.isCopy(of: $0) } ?? false:
        found.append(Drift(address: change.address, id: id, description: "was copied"))
      case .create, .update, .replace, .delete, .nothing: break
      }
      for name in change.driftedSettings {
        found.append(Drift(address: change.address, id: id, description: "\(name) was changed"))
      }
    }
    return found
  }
}

extension ResourceChange {
  /// The tags, and the resource group, that are neither as Kiln set them nor as they are asked for.
  fileprivate var driftedSettings: [String] {
    guard let before else { return [] }
    guard let after else {
      return [OwnershipTags.addressKey, OwnershipTags.protectedKey, OwnershipTags.versionKey]
        .filter(before.hasChangedElsewhere(tag:)).map { "tags.\($0)" }
    }
    let resource = after.resource
    let update = InPlaceUpdate(of: before, tags: resource.tags, group: resource.resourceGroupID)
    let tags = Set(update.setTags.keys).union(update.removeTags).filter(before.hasChangedElsewhere(tag:))
    let group = update.resourceGroupID != nil && before.hasLeftItsGroup ? ["resourceGroupId"] : []
    return group + tags.sorted().map { "tags.\($0)" }
  }

  /// Whether the object that goes is the equal of the one that stays, which was not made in its place.
  fileprivate func isCopy(of other: ResourceChange) -> Bool {
    guard let gone = before, other.after?.digest == gone.ownership?.digest else { return false }
    return other.before?.ownership?.replaces(gone.id) != true
  }
}

extension ObservedResource {
  /// Whether the tag `key` is no longer as Kiln set it.
  func hasChangedElsewhere(tag key: String) -> Bool {
    guard let ownership else { return false }
    switch (key, resource.tags[key]) {
    case (OwnershipTags.keysKey, let value): return value.map { !SettingMark.isReadable($0) } ?? false
    case (OwnershipTags.addressKey, nil): return true
    case (_, nil): return ownership.hasSet(tag: key)
    case (_, let value?):
      guard ownership.hasSet(tag: key) else { return ownership.leftUnset(ownTag: key) }
      return !ownership.marks.contains(SettingMark(tag: key, value: value))
    }
  }

  /// Whether the object no longer lies in the resource group that Kiln had it join.
  var hasLeftItsGroup: Bool {
    guard let ownership, ownership.hasSetGroup, let group = resource.resourceGroupID else { return false }
    return !ownership.marks.contains(SettingMark(resourceGroup: group))
  }
}
