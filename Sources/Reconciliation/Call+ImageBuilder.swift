// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Resources

/// Calls about single objects; those that change something are sent by an apply and shown by `plan --requests`.
extension Call {
  /// Creates `resource` once per `token`.
  static func create(_ resource: Resource, token: String) -> Call {
    let fields =
      switch resource {
      case .component(let component): component.wireParameters
      case .pipeline(let pipeline): pipeline.wireParameters
      }
    return Call(
      resource.kind.createOperation, fields.map { ($0.name, $0.value) } + [("ClientToken", token)],
      kind: .create, shape: .text(resource.kind.idParameter))
  }

  /// Deletes the object `id`.
  static func delete(_ kind: ResourceKind, id: String) -> Call {
    Call(kind.deleteOperation, [(kind.idParameter, id)], kind: .delete)
  }

  /// Sets `tags` on the object `id`.
  static func tag(_ kind: ResourceKind, id: String, _ tags: [String: String]) -> Call {
    var parameters = tagTarget(kind, id)
    for (index, tag) in tags.sorted(by: { $0.key < $1.key }).enumerated() {
      parameters.append(("Tag.\(index + 1).Key", tag.key))
      parameters.append(("Tag.\(index + 1).Value", tag.value))
    }
    return Call("TagResources", parameters, kind: .repeatableWrite)
  }

  /// Removes the tags with these keys from the object `id`.
  static func untag(_ kind: ResourceKind, id: String, _ keys: [String]) -> Call {
    Call(
      "UntagResources", tagTarget(kind, id) + keys.enumerated().map { ("TagKey.\($0 + 1)", $1) },
      kind: .repeatableWrite)
  }

  /// Moves the object `id` to a resource group.
  static func join(_ kind: ResourceKind, id: String, group: String) -> Call {
    Call(
      "JoinResourceGroup",
      [("ResourceType", kind.resourceType), ("ResourceId", id), ("ResourceGroupId", group)],
      kind: .repeatableWrite)
  }

  /// Asks for the tags of the object `id`.
  static func tags(_ kind: ResourceKind, id: String) -> Call {
    Call("ListTagResources", tagTarget(kind, id), kind: .read)
  }

  private static func tagTarget(_ kind: ResourceKind, _ id: String) -> [Parameter] {
    [("ResourceType", kind.resourceType), ("ResourceId.1", id)]
  }
}

extension ResourceKind {
  /// The operation that makes one: `CreateImageComponent`.
  var createOperation: String { "Create\(manifestKind)" }

  /// The operation that deletes one: `DeleteImageComponent`.
  var deleteOperation: String { "Delete\(manifestKind)" }

  /// The type in tag and resource group operations (reference §4.10).
  fileprivate var resourceType: String { manifestKind.lowercased() }
}
