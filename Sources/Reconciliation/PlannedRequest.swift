// SPDX-License-Identifier: Apache-2.0

package import CloudAPI
package import Planning
package import Resources

/// A call that carrying out a plan will send, as far as that is known before anything is sent.
///
/// Ids that only the service will choose are placeholders: the address in angle brackets.
package struct PlannedRequest: Sendable {
  /// The resource that it is about.
  package let address: Address
  /// The call, but for the region.
  package let call: Call
  /// Names on the wire of parameters whose values came from sensitive variables.
  let sensitive: [String]

  /// The parameters with the region first; sensitive values as a digest of theirs.
  ///
  /// - Parameter regionID: The region that the client will send to.
  package func shownParameters(regionID: String) -> [Parameter] {
    [("RegionId", regionID)]
      + call.parameters.map { name, value in
        let isSecret = sensitive.contains { name == $0 || name.hasPrefix("\($0).") }
        return (name, isSecret ? FieldValue.text(value).sensitiveText : value)
      }
  }
}

extension Plan {
  /// Ids of the objects that are there and stay, by address.
  var standingIDs: [Address: String] {
    var ids: [Address: String] = [:]
    for change in changes
    where change.after != nil && (change.action == .nothing || change.action == .update) {
      if let object = change.before { ids[change.address] = object.id }
    }
    return ids
  }

  /// The calls that change something, in the order in which an apply that runs one at a time sends them.
  ///
  /// Between them an apply describes what it has made and what it is about to delete. What it sends after a
  /// failure is not foreseen.
  ///
  /// - Parameters:
  ///   - regionID: The region, which is part of client tokens.
  ///   - refusedTokens: Tokens that the service refused for good in earlier runs.
  package func requests(regionID: String, refusedTokens: Set<String> = []) -> [PlannedRequest] {
    let ids = standingIDs
    return steps.flatMap { step in
      switch step.work {
      case .create(let planned, let predecessor):
        return creation(of: planned, predecessor, ids, regionID, refusedTokens)
      case .update(let object, let update):
        return update.calls(on: object.id, of: step.address.kind).map {
          PlannedRequest(address: step.address, call: $0, sensitive: [])
        }
      case .delete(let object, _):
        return [
          PlannedRequest(
            address: step.address, call: .delete(step.address.kind, id: object.id), sensitive: [])
        ]
      }
    }
  }

  private func creation(
    of planned: PlannedResource, _ predecessor: String?, _ ids: [Address: String], _ regionID: String,
    _ refusedTokens: Set<String>
  ) -> [PlannedRequest] {
    guard let resource = planned.resolved({ ids[$0] ?? "<\($0)>" }) else { return [] }
    var attempt = 0
    var token: ClientToken
    repeat {
      token = ClientToken(
        creating: planned, regionID: regionID, stackTag: stack.tagValue, predecessor: predecessor,
        attempt: attempt)
      attempt += 1
    } while refusedTokens.contains(token.text)
    return [
      PlannedRequest(
        address: planned.address, call: .create(resource, token: token.text),
        sensitive: planned.sensitive.compactMap { resource.wireName(ofField: $0) }.sorted())
    ]
  }
}

extension InPlaceUpdate {
  /// The calls that make the change on the object `id`.
  ///
  /// The tag `kiln:keys` says what we have set. It is written last: rewritten before the rest is done, it would
  /// disown tags that are still to be removed, and own a resource group that is still to be joined.
  func calls(on id: String, of kind: ResourceKind) -> [Call] {
    var calls: [Call] = []
    if !removeTags.isEmpty { calls.append(.untag(kind, id: id, removeTags)) }
    if let resourceGroupID { calls.append(.join(kind, id: id, group: resourceGroupID)) }
    if !setTags.isEmpty { calls.append(.tag(kind, id: id, setTags)) }
    return calls
  }
}

extension Resource {
  /// What requests call the field that manifests call `name`.
  fileprivate func wireName(ofField name: String) -> String? {
    switch self {
    case .component: ImageComponent.fields.first { $0.name == name }?.wire
    case .pipeline: ImagePipeline.fields.first { $0.name == name }?.wire
    }
  }
}
