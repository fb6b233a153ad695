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
  package func described(
    _ kind: ResourceKind, ids: [String]
  ) async throws(CallFailure) -> [String: ObservedResource] {
    var found: [String: ObservedResource] = [:]
    var rest = ids[...]
    while !rest.isEmpty {
      let batch = rest.prefix(ImageBuilder.describeLimit)
      rest = rest.dropFirst(ImageBuilder.describeLimit)
      let parameters: [Parameter] = batch.enumerated().map { ("\(kind.idParameter).\($0 + 1)", $1) }
      for object in try await list(kind, parameters, pageSize: 50) { found[object.id] = object }
    }
    return found
  }

  /// Creates `resource` once per `token`.
  ///
  /// - Returns: The new object's id, or the earlier one's if the token was used before.
  package func create(_ resource: Resource, token: String) async throws(CallFailure) -> String {
    let fields =
      switch resource {
      case .component(let component): component.wireParameters
      case .pipeline(let pipeline): pipeline.wireParameters
      }
    let parameters: [Parameter] = fields.map { ($0.name, $0.value) } + [("ClientToken", token)]
    let reply = try await client.send(
      Call(
        resource.kind.createOperation, parameters, kind: .create, shape: .text(resource.kind.idParameter)))
    return reply[resource.kind.idParameter]?.string ?? ""
  }

  /// Deletes the object `id`; one that is gone already is as good.
  package func delete(_ kind: ResourceKind, id: String) async throws(CallFailure) {
    do {
      _ = try await client.send(Call(kind.deleteOperation, [(kind.idParameter, id)], kind: .delete))
    } catch {
      guard case .refused(let refusal) = error, refusal.isNotFound else { throw error }
    }
  }

  /// Sets `tags` on the object `id`.
  package func tag(_ kind: ResourceKind, id: String, _ tags: [String: String]) async throws(CallFailure) {
    var parameters = tagTarget(kind, id)
    for (index, tag) in tags.sorted(by: { $0.key < $1.key }).enumerated() {
      parameters.append(("Tag.\(index + 1).Key", tag.key))
      parameters.append(("Tag.\(index + 1).Value", tag.value))
    }
    _ = try await client.send(Call("TagResources", parameters, kind: .repeatableWrite))
  }

  /// Removes the tags with these keys from the object `id`.
  package func untag(_ kind: ResourceKind, id: String, _ keys: [String]) async throws(CallFailure) {
    let parameters = tagTarget(kind, id) + keys.enumerated().map { ("TagKey.\($0 + 1)", $1) }
    _ = try await client.send(Call("UntagResources", parameters, kind: .repeatableWrite))
  }

  /// Moves the object `id` to a resource group.
  package func join(_ kind: ResourceKind, id: String, group: String) async throws(CallFailure) {
    let parameters: [Parameter] = [
      ("ResourceType", kind.resourceType), ("ResourceId", id), ("ResourceGroupId", group),
    ]
    do {
      _ = try await client.send(Call("JoinResourceGroup", parameters, kind: .repeatableWrite))
    } catch {
      // The object lies in that group already, perhaps by an earlier attempt of this very call.
      guard case .refused(let refusal) = error, refusal.code == "InvalidResourceGroup.Duplicate" else {
        throw error
      }
    }
  }

  func tagTarget(_ kind: ResourceKind, _ id: String) -> [Parameter] {
    [("ResourceType", kind.resourceType), ("ResourceId.1", id)]
  }

  private func list(
    _ kind: ResourceKind, _ parameters: [Parameter], pageSize: Int = 500
  ) async throws(CallFailure) -> [ObservedResource] {
    var found: [ObservedResource] = []
    var seen = Set<String>()
    let call = Call(
      kind.describeOperation, parameters, kind: .read,
      shape: .list(in: kind.setName, named: "\(kind.setName)Set", ofItemsWith: kind.idParameter))
    for try await page in client.pages(of: call, pageSize: pageSize) {
      for object in page.items.compactMap({ ObservedResource(reply: $0, kind: kind) })
      where seen.insert(object.id).inserted {
        found.append(object)
      }
    }
    return found
  }
}

extension ResourceKind {
  /// The noun of the API: `ImageComponent`.
  fileprivate var setName: String { manifestKind }
  fileprivate var idParameter: String { "\(manifestKind)Id" }
  fileprivate var createOperation: String { "Create\(manifestKind)" }
  fileprivate var deleteOperation: String { "Delete\(manifestKind)" }
  fileprivate var describeOperation: String { "Describe\(manifestKind)s" }
  /// The type in tag and resource group operations (reference §4.10).
  fileprivate var resourceType: String { manifestKind.lowercased() }
}

extension ObservedResource {
  /// The object that an item of a Describe reply shows; nil without an id.
  fileprivate init?(reply item: JSONValue, kind: ResourceKind) {
    guard let id = item[kind.idParameter]?.string, !id.isEmpty else { return nil }
    let resource: Resource =
      switch kind {
      case .component: .component(ImageComponent(replyItem: item))
      case .pipeline: .pipeline(ImagePipeline(replyItem: item))
      }
    self.init(id: id, resource: resource, creationTime: item["CreationTime"]?.string ?? "")
  }
}
