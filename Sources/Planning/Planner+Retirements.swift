// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  /// Plans what becomes of objects that the described ones leave over.
  mutating func planRetirements() {
    guard options.only == nil else { return }
    spareExcepted()
    var creations: [String: Int] = [:]
    for (index, change) in changes.enumerated() where change.action == .create {
      creations[change.address.unversioned] = index
    }
    let standing = Dictionary(
      changes.filter { change in
        change.address.kind == .pipeline && change.before.map { kept.contains($0.id) } ?? false
      }.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let replaced = Set(changes.compactMap { $0.action == .replace ? $0.before?.id : nil })
    var superseded: [String: [ObservedResource]] = [:]
    for object in observed.owned where !kept.contains(object.id) && !replaced.contains(object.id) {
      guard !copies.contains(object.id), let address = object.address, !spared.contains(address.unversioned)
      else { continue }
      superseded[address.unversioned, default: []].append(object)
    }
    for (address, objects) in superseded.sorted(by: { $0.key < $1.key }) {
      retire(objects.oldestFirst.reversed(), of: address, creation: creations[address], standing: standing)
    }
    deferRetirements()
  }

  /// - Parameters:
  ///   - newestFirst: Objects of one unversioned address that nothing described claims.
  ///   - creation: The index of the change that creates the last of the address's new objects.
  ///   - standing: The changes that leave a pipeline where it is.
  private mutating func retire(
    _ newestFirst: [ObservedResource], of unversioned: String, creation: Int?,
    standing: [Address: ResourceChange]
  ) {
    guard let retain = retainByAddress[unversioned], !options.destroys else {
      retireUndescribed(newestFirst, of: unversioned)
      return
    }
    for (index, object) in newestFirst.enumerated() {
      guard let address = object.address else { continue }
      // Only what nothing newer stands between has a new version in its place.
      if index == 0, let creation, pair(object, address, with: creation, retain: retain) { continue }
      guard index >= retain else { continue }
      changes.append(
        ResourceChange(
          address, .delete, before: object,
          reasons: [
            twin(of: object, in: standing[address]).map { "the same as \($0), which stays" }
              ?? "superseded by the \(address.kind.rawValue) that the manifest describes"
          ] + object.lostRecords))
    }
  }

  /// The pipeline that stays and was made from the same fields as `object`, but not in its place.
  private func twin(of object: ObservedResource, in standing: ResourceChange?) -> String? {
    guard let standing, let stays = standing.before, let digest = object.ownership?.digest,
      standing.after?.digest == digest, stays.ownership?.replaces(object.id) != true
    else { return nil }
    return stays.id
  }

  private mutating func retireUndescribed(_ objects: [ObservedResource], of unversioned: String) {
    guard desired.prunes || options.destroys else {
      warnings.append(
        Diagnostic(
          .note, rule: "kept-undescribed", "\(unversioned) is no longer described, but prune is false",
          at: nil, hint: "set prune: true in the Stack to have it deleted"))
      return
    }
    // The newest object of an address is its last: the others are superseded, and no protection holds them.
    if let last = objects.first, last.ownership?.isProtected == true {
      refuse(
        .guarded, "protected", "\(unversioned) (\(last.id)) is protected and can't be deleted", at: nil,
        hint: "describe it again with lifecycle.protected: false and apply, then remove it")
    }
    for object in objects {
      guard let address = object.address else { continue }
      changes.append(
        ResourceChange(
          address, .delete, before: object,
          reasons: (options.destroys ? [] : ["the manifests no longer describe it"]) + object.lostRecords))
    }
  }

  /// Makes a new version and the version that it takes the place of one replacement; one that stays is told only where
  /// it has drifted.
  private mutating func pair(
    _ object: ObservedResource, _ address: Address, with index: Int, retain: Int
  ) -> Bool {
    guard address.kind == .component, case .component(let old) = object.resource,
      let planned = changes[index].after, case .component(let new) = planned.resource
    else { return false }
    var renumbered = new
    renumbered.componentVersion = old.componentVersion
    let comparison = ComponentComparison(
      renumbered, digest: planned.digest, sensitive: planned.sensitive, with: object)
    let isDrift = comparison.isDrift
    guard retain == 0 || isDrift else { return false }
    let fields = (isDrift ? comparison.counted : comparison.found).map(\.change)
    let version = FieldChange(
      "version", from: old.componentVersion.map(FieldValue.text),
      to: new.componentVersion.map(FieldValue.text), forcesReplacement: true)
    let reason =
      isDrift ? fields.map(\.name).driftReason : "a version is immutable, so a changed component is a new one"
    let stays = retain == 0 ? [] : ["\(object.id) stays, as retain is \(retain)"]
    changes[index] = ResourceChange(
      changes[index].address, retain == 0 ? .replace : .create, before: object, after: planned,
      fields: [version] + fields, reasons: [reason] + stays + object.lostRecords, isDrift: isDrift)
    return true
  }
}

extension ObservedResource {
  /// What of Kiln's own records on the object can't be read, a sentence each.
  var lostRecords: [String] {
    ownership?.digest.isReadable == false
      ? ["its tag \(OwnershipTags.digestKey) can't be read, so nothing tells what it was made from"] : []
  }
}
