// SPDX-License-Identifier: Apache-2.0

import CloudAPI
package import Planning
package import Resources

/// Up to this many names are asked for one by one; for more, one list of everything is cheaper.
private let singleLookUps = 5

/// Asks the service what it holds, as far as planning `desired` needs to know.
///
/// Two lists by tag, 500 objects a page; then, only for what is likely to be created, the names.
///
/// - Throws: `CallFailure`; a list that breaks off gives no state at all.
package func observe(
  _ desired: DesiredState, through cloud: ImageBuilder
) async throws -> ObservedState {
  let observed = try await observe(
    stackTag: desired.stack.tagValue,
    names: { NamesToLookUp(desired: desired, owned: $0) }, through: cloud)
  guard desired.followsComponents else { return observed }
  var circumstances = observed.circumstances
  circumstances.realm = Realm(regionID: cloud.client.regionID, accountID: try await cloud.account())
  return observed.under(circumstances)
}

/// Asks the service what bears `stackTag`, and who bears the names that `names` gives for that.
///
/// - Throws: `CallFailure`; a list that breaks off gives no state at all.
package func observe(
  stackTag: String, names: @Sendable ([ObservedResource]) -> NamesToLookUp, through cloud: ImageBuilder
) async throws -> ObservedState {
  async let ownedComponents = cloud.owned(.component, by: stackTag)
  async let ownedPipelines = cloud.owned(.pipeline, by: stackTag)
  let owned = try await ownedComponents + ownedPipelines
  let names = names(owned)
  async let components = bearers(of: names.components, .component, through: cloud)
  async let pipelines = bearers(of: names.pipelines, .pipeline, through: cloud)
  let bearers = try await components + pipelines
  var circumstances = Circumstances()
  circumstances.regionID = cloud.client.regionID
  return ObservedState(
    owned: owned, strangers: bearers.filter { $0.resource.tags[OwnershipTags.stackKey] != stackTag },
    circumstances: circumstances)
}

private func bearers(
  of names: Set<String>, _ kind: ResourceKind, through cloud: ImageBuilder
) async throws -> [ObservedResource] {
  guard names.count <= singleLookUps else {
    return try await cloud.all(kind).filter { $0.resource.wireName.map(names.contains) ?? false }
  }
  var found: [ObservedResource] = []
  for name in names.sorted() { found += try await cloud.named(kind, name) }
  return found
}
