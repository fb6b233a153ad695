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
    let anew = Set(changes.filter { $0.action == .create && $0.before == nil }.map(\.address))
    return created.filter { anew.contains($0.key) }
  }

  /// What arose outside the manifests, as far as tags and digests tell.
  ///
  /// - Parameters:
  ///   - missing: What lists do not show of the objects that the journal says were created and not deleted.
  ///   - shown: Those of the missing objects that the service shows when it is asked for them by id.
  public func drift(missing: [Address: String] = [:], shown: [String: ObservedResource] = [:]) -> [Drift] {
    var found: [Drift] = []
    let standing = Dictionary(
      changes.filter { $0.action != .delete }.map { ($0.address, $0) },
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
      case .create where change.isDrift, .replace where change.isDrift:
        let names = change.fields.map(\.name).joined(separator: ", ")
        found.append(Drift(address: change.address, id: id, description: "was changed: \(names)"))
      case .update:
        for field in change.fields where field.isDrift {
          found.append(Drift(address: change.address, id: id, description: "\(field.name) was changed"))
        }
        if change.isDrift {
          found.append(Drift(address: change.address, id: id, description: "its digest tag was changed"))
        }
      case .create where change.fields.contains(where: \.isDrift),
        .replace where change.fields.contains(where: \.isDrift):
        for field in change.fields where field.isDrift {
          found.append(Drift(address: change.address, id: id, description: "\(field.name) was changed"))
        }
      case .delete where standing[change.address].map { change.isCopy(of: $0) } ?? false:
        found.append(Drift(address: change.address, id: id, description: "was copied"))
      case .create, .replace, .delete, .nothing: break
      }
    }
    return found
  }
}

extension ResourceChange {
  /// Whether the object that goes is the equal of the one that stays, which was not made in its place.
  fileprivate func isCopy(of other: ResourceChange) -> Bool {
    guard let gone = before, other.after?.digest == gone.ownership?.digest else { return false }
    return other.before?.ownership?.replaces(gone.id) != true
  }
}
