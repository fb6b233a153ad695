// SPDX-License-Identifier: Apache-2.0

import Resources

/// A short hash of what an object says: two equal ones mean that it has not moved.
///
/// It is over the meaning, through the equalities of planning: the service may show the same in another order, with tags
/// of its own, at the defaults or with its own choices filled in, without anybody having touched it.
public struct Fingerprint: Hashable, Sendable {
  /// 40 hexadecimal digits.
  public let text: String

  /// The fingerprint that a saved plan holds.
  init(recorded text: String) {
    self.text = text
  }

  fileprivate init(over canonical: CanonicalBytes) {
    text = String(SpecDigest(over: canonical).text.dropFirst(SpecDigest.format.count + 1))
  }
}

/// Takes the fingerprints of what a plan was made from.
struct Fingerprinter {
  /// What shall stand in the place of objects, or as them, by id.
  private let planned: [String: PlannedResource]
  private let comparer: PipelineComparer

  init(_ plan: Plan, regionID: String) {
    planned = Dictionary(
      plan.changes.compactMap { change in
        guard let object = change.before, let after = change.after,
          object.resource.kind == after.resource.kind
        else { return nil }
        return (object.id, after)
      }, uniquingKeysWith: { first, _ in first })
    comparer = PipelineComparer(
      addressByID: plan.addressByID, addressByWireName: [:], regionID: regionID)
  }

  /// What `object` says beside what the plan asks of it; all that it says where the plan asks nothing.
  func fingerprint(of object: ObservedResource) -> Fingerprint {
    var canonical = CanonicalBytes()
    canonical.append(object.id)
    canonical.append(object.resource.kind.rawValue)
    let tags = object.resource.tags.filter { !OwnershipTags.isOfTheSystem($0.key) }
    canonical.append("tags")
    canonical.append(.pairs(tags))
    let planned = planned[object.id]
    if let group = object.telltaleGroup(asking: planned?.resource.resourceGroupID) {
      canonical.append("group")
      canonical.append(group)
    }
    if let planned {
      for difference in differences(of: planned, and: object) {
        canonical.append(difference.change.name)
        if let meaning = difference.meaning { canonical.append(meaning) }
      }
    } else {
      canonical.append(meaningOf: object.resource, regionID: comparer.regionID)
    }
    return Fingerprint(over: canonical)
  }

  private func differences(of planned: PlannedResource, and object: ObservedResource) -> [Difference] {
    let found: [Difference] =
      switch (planned.resource, object.resource) {
      case (.component(let wanted), .component(let shown)):
        Planning.differences(desired: wanted, observed: shown, sensitive: [])
      case (.pipeline, .pipeline): comparer.differences(of: planned, and: object)
      case (.component, .pipeline), (.pipeline, .component): []
      }
    let known = found.knownEchoes(object.ownership, for: planned.digest)
    return found.filter { $0.isEcho && !known.contains($0.echo) }
  }
}

extension ObservedResource {
  /// The group, where it is another than the one that is asked for or that Kiln had the object join.
  fileprivate func telltaleGroup(asking group: String?) -> String? {
    let isElsewhere = group.map { !lies(in: $0) } ?? hasLeftItsGroup
    return isElsewhere ? resource.resourceGroupID ?? "" : nil
  }
}

extension CanonicalBytes {
  /// Adds what `resource` says but for tags, group and what the service may have chosen itself.
  fileprivate mutating func append(meaningOf resource: Resource, regionID: String?) {
    switch resource {
    case .component(let component):
      append(meaningOf: component) { _ in component.contentPlace }
    case .pipeline(let pipeline):
      append(meaningOf: pipeline.canonical.without(region: regionID)) {
        $0 == "testContent" ? .test : .build
      }
    }
  }

  private mutating func append<Root: FieldTabled>(meaningOf root: Root, at place: (String) -> ContentPlace) {
    var root = root
    for field in Root.fields where field.change != .updatesInPlace && field.echo != .chosenByService {
      guard var value = field.canonical(field.read(from: &root)) else { continue }
      switch value {
      case .text(let text) where field.isContent:
        guard let meaning = text.meaning(at: place(field.name)) else { continue }
        value = .text(meaning)
      case .disks(let disks):
        value = .disks(disks.map { $0.withoutChoices(where: DiskDeviceMapping()) })
      case .text, .integer, .boolean, .texts, .integers, .pairs: break
      }
      append(field.name)
      append(value)
    }
  }
}
