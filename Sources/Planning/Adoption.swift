// SPDX-License-Identifier: Apache-2.0

public import Resources

/// What taking an existing object over would do: set tags, and nothing else.
public struct Adoption: Hashable, Sendable {
  /// The address that the object gets.
  public let address: Address
  /// The object as it is.
  public let object: ObservedResource
  /// The tags that make it the stack's.
  public let tags: [String: String]
  /// Whether the object is what the manifest describes; if not, the next plan says what would change.
  public let matchesManifest: Bool
}

/// Why an address can't be adopted.
public struct AdoptionProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The address.
  public let address: Address
  /// What is wrong.
  public let description: String

  /// A problem of `address` that this sentence describes.
  public init(_ address: Address, _ description: String) {
    self.address = address
    self.description = description
  }
}

/// Finds the objects that `desired` describes and nobody owns, by what the service calls them.
///
/// - Parameters:
///   - candidates: Objects that bear the described names, or were named by id.
///   - chosen: Ids that the user named, by address without version; they beat the search by name.
public func adoptions(
  of candidates: [ObservedResource], into desired: DesiredState, observed: ObservedState,
  chosen: [String: String]
) -> [Result<Adoption, AdoptionProblem>] {
  let taken = Set(observed.owned.compactMap(\.address))
  // One that is named by id and bears the described name as well comes twice.
  let candidates = Dictionary(candidates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    .values.sorted(by: ObservedResource.isOlder)
  var problems: [AdoptionProblem] = []
  var found: [(address: Address, object: ObservedResource)] = []
  for component in desired.components {
    let object = candidates.filter { component.could($0, chosen) }.max {
      ($0.version ?? Version(0, 0, 0)) < ($1.version ?? Version(0, 0, 0))
    }
    guard let object, let version = object.version else { continue }
    found.append((Address(.component, component.name, version: version), object))
  }
  for pipeline in desired.pipelines {
    let objects = candidates.filter { pipeline.could($0, chosen) }
    if objects.count > 1, !taken.contains(pipeline.address) {
      let ids = objects.map(\.id).joined(separator: ", ")
      problems.append(
        AdoptionProblem(
          pipeline.address,
          "several pipelines are called \(pipeline.wireName): \(ids); choose one with "
            + "--id \(pipeline.address)=ID"))
    } else if let object = objects.first {
      found.append((pipeline.address, object))
    }
  }
  found.removeAll { taken.contains($0.address) }
  for (address, object) in found {
    guard let owner = object.resource.tags[OwnershipTags.stackKey], owner != desired.stack.tagValue else {
      continue
    }
    problems.append(
      AdoptionProblem(
        address, "\(object.id) belongs to stack \(owner); have it forgotten there first"))
  }
  found.removeAll {
    $0.object.resource.tags[OwnershipTags.stackKey].map { $0 != desired.stack.tagValue } ?? false
  }
  return problems.map(Result.failure) + adoptions(found, desired, observed).map(Result.success)
}

/// Plans the world as it would be after the adoption: that tells which objects are as described, and which
/// digest and marks they should bear.
private func adoptions(
  _ found: [(address: Address, object: ObservedResource)], _ desired: DesiredState, _ observed: ObservedState
) -> [Adoption] {
  let plain = found.map { address, object in
    (
      object,
      OwnershipTags(
        stack: desired.stack.tagValue, address: address, digest: object.resource.digest, userTags: [:],
        isProtected: false
      ).tags
    )
  }
  let ids = Set(found.map(\.object.id))
  let asked = Dictionary(desired.pipelines.map { ($0.address, $0.resource) }) { first, _ in first }
  let adopted = ObservedState(
    owned: observed.owned
      + zip(found, plain).map { $0.object.withoutChoices(where: asked[$0.address]).bearing($1.1) },
    strangers: observed.strangers.filter { !ids.contains($0.id) }, circumstances: observed.circumstances)
  let changes = Plan(from: adopted, to: desired).changes
  let byID = Dictionary(changes.map { ($0.before?.id ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  return zip(found, plain).map { item, plain in
    let change = byID[item.object.id]
    guard let change, change.action == .nothing || change.action == .update, let planned = change.after
    else {
      return Adoption(address: item.address, object: item.object, tags: plain.1, matchesManifest: false)
    }
    var tags = planned.resource.tags.filter { $0.key.hasPrefix(OwnershipTags.prefix) }
    let hasOwnTags = change.update.setTags.allSatisfy { $0.key.hasPrefix(OwnershipTags.prefix) }
    // Marks say what Kiln has set; of tags that the object does not bear yet that would be untrue.
    if !hasOwnTags || change.update.resourceGroupID != nil { tags[OwnershipTags.keysKey] = nil }
    return Adoption(address: item.address, object: item.object, tags: tags, matchesManifest: true)
  }
}

extension DesiredComponent {
  /// Whether `candidate` could be this component.
  fileprivate func could(_ candidate: ObservedResource, _ chosen: [String: String]) -> Bool {
    guard candidate.resource.kind == .component else { return false }
    if let id = chosen[address.unversioned] { return candidate.id == id }
    guard candidate.resource.wireName == wireName, let version = candidate.version else { return false }
    return versionRule.admits(version)
  }
}

extension DesiredPipeline {
  /// Whether `candidate` could be this pipeline.
  fileprivate func could(_ candidate: ObservedResource, _ chosen: [String: String]) -> Bool {
    guard candidate.resource.kind == .pipeline else { return false }
    if let id = chosen[address.unversioned] { return candidate.id == id }
    return candidate.resource.wireName == wireName
  }
}

extension Resource {
  /// The digest of the resource as it is, references standing as ids.
  fileprivate var digest: SpecDigest {
    switch self {
    case .component(let component): SpecDigest(of: component)
    case .pipeline(let pipeline): SpecDigest(of: pipeline)
    }
  }
}

extension ObservedResource {
  /// The same object without what the service may have chosen where `asked` leaves it open: nobody has asked for it, and
  /// so it is no difference.
  fileprivate func withoutChoices(where asked: ImagePipeline?) -> ObservedResource {
    guard case .pipeline(let pipeline) = resource, let asked else { return self }
    let open = pipeline.canonical.withoutChoices(where: asked.canonical)
    return ObservedResource(id: id, resource: .pipeline(open), creationTime: creationTime)
  }

  /// The same object with `tags` on it.
  fileprivate func bearing(_ tags: [String: String]) -> ObservedResource {
    var resource = resource
    switch resource {
    case .component(var component):
      component.tags.merge(tags) { _, new in new }
      resource = .component(component)
    case .pipeline(var pipeline):
      pipeline.tags.merge(tags) { _, new in new }
      resource = .pipeline(pipeline)
    }
    return ObservedResource(id: id, resource: resource, creationTime: creationTime)
  }
}
