// SPDX-License-Identifier: Apache-2.0

package import CloudAPI
import JSONSyntax
package import Resources

/// The operations of Image Builder in the domain's own types.
package struct ImageBuilder: Sendable {
  /// The greatest number of ids in one Describe call (reference §12).
  package static let describeLimit = 20

  /// Where calls go.
  package let client: CloudClient
  /// Finds out the number of the account that the client's credentials belong to.
  package let account: @Sendable () async throws -> String

  /// The operations through `client`, which acts for the account that `account` finds out.
  package init(client: CloudClient, account: @escaping @Sendable () async throws -> String) {
    self.client = client
    self.account = account
  }

  /// Every resource of `kind` that bears the tag `kiln:stack` with this value.
  package func owned(
    _ kind: ResourceKind, by stackTag: String
  ) async throws(CallFailure) -> [ObservedResource] {
    let found = try await list(
      kind, [("Tag.1.Key", OwnershipTags.stackKey), ("Tag.1.Value", stackTag)])
    // A filter that the service overlooks must never make others' things ours.
    return found.filter { $0.resource.tags[OwnershipTags.stackKey] == stackTag }
  }

  /// Every resource of `kind` called `name`.
  package func named(_ kind: ResourceKind, _ name: String) async throws(CallFailure) -> [ObservedResource] {
    try await list(kind, [("Name", name)]).filter { $0.resource.wireName == name }
  }

  /// Every resource of `kind` that the account has in the region.
  package func all(_ kind: ResourceKind) async throws(CallFailure) -> [ObservedResource] {
    try await list(kind, [])
  }

  /// Those of the resources `ids` that exist, by id.
  ///
  /// - Parameter owner: `ALIYUN` for what the system offers instead of the account's own.
  package func described(
    _ kind: ResourceKind, ids: [String], owner: String? = nil
  ) async throws(CallFailure) -> [String: ObservedResource] {
    var found: [String: ObservedResource] = [:]
    for batch in ids.batches(of: ImageBuilder.describeLimit) {
      var parameters: [Parameter] = batch.enumerated().map { ("\(kind.idParameter).\($0 + 1)", $1) }
      if let owner { parameters.append(("Owner", owner)) }
      for object in try await list(kind, parameters, pageSize: 50) { found[object.id] = object }
    }
    return found
  }

  /// Creates `resource` once per `token`.
  ///
  /// - Returns: The new object's id, or the earlier one's if the token was used before.
  package func create(_ resource: Resource, token: String) async throws(CallFailure) -> String {
    let reply = try await client.send(.create(resource, token: token))
    return reply[resource.kind.idParameter]?.string ?? ""
  }

  /// Deletes the object `id`; one that is gone already is as good.
  package func delete(_ kind: ResourceKind, id: String) async throws(CallFailure) {
    do {
      _ = try await client.send(.delete(kind, id: id))
    } catch {
      guard case .refused(let refusal) = error, refusal.isNotFound else { throw error }
    }
  }

  /// Sets `tags` on the object `id`.
  package func tag(_ kind: ResourceKind, id: String, _ tags: [String: String]) async throws(CallFailure) {
    _ = try await client.send(.tag(kind, id: id, tags))
  }

  /// Removes the tags with these keys from the object `id`.
  package func untag(_ kind: ResourceKind, id: String, _ keys: [String]) async throws(CallFailure) {
    _ = try await client.send(.untag(kind, id: id, keys))
  }

  /// Sends one of the calls of an ``InPlaceUpdate``.
  func change(_ call: Call) async throws(CallFailure) {
    do {
      _ = try await client.send(call)
    } catch {
      // The object lies in that group already, perhaps by an earlier attempt of this very call.
      guard case .refused(let refusal) = error, refusal.code == "InvalidResourceGroup.Duplicate" else {
        throw error
      }
    }
  }

  private func list(
    _ kind: ResourceKind, _ parameters: [Parameter], pageSize: Int = 500
  ) async throws(CallFailure) -> [ObservedResource] {
    let call = Call(
      kind.describeOperation, parameters, kind: .read,
      shape: .list(in: kind.setName, named: "\(kind.setName)Set", ofItemsWith: kind.idParameter))
    var seen = Set<String>()
    return try await client.list(call, pageSize: pageSize) { page in
      page.items.compactMap { ObservedResource(reply: $0, kind: kind) }
    }.filter { seen.insert($0.id).inserted }
  }
}

extension ResourceKind {
  /// The noun of the API: `ImageComponent`.
  fileprivate var setName: String { manifestKind }
  /// What Describe and Delete call the id: `ImageComponentId`.
  var idParameter: String { "\(manifestKind)Id" }
  fileprivate var describeOperation: String { "Describe\(manifestKind)s" }
}

extension ObservedResource {
  /// The object that an item of a Describe reply shows; nil without an id.
  fileprivate convenience init?(reply item: JSONValue, kind: ResourceKind) {
    guard let id = item[kind.idParameter]?.string, !id.isEmpty else { return nil }
    let resource: Resource =
      switch kind {
      case .component: .component(ImageComponent(replyItem: item))
      case .pipeline: .pipeline(ImagePipeline(replyItem: item))
      }
    self.init(id: id, resource: resource, creationTime: item["CreationTime"]?.string ?? "")
  }
}
