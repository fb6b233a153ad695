// SPDX-License-Identifier: Apache-2.0

import Resources

extension Call {
  /// The kind that `ResourceType` names; nil for a type that exists but of which nothing is kept here.
  func taggedKind() throws(Refusal) -> ObjectKind? {
    let type = parameters["ResourceType"] ?? ""
    guard let kind = ObjectKind(rawValue: type) else {
      guard Self.otherTypes.contains(type) else {
        throw .notFound("InvalidResourceType.NotFound", "ResourceType")
      }
      return nil
    }
    let isOpen = settings.pipelineTags || (kind != .pipeline && kind != .execution)
    guard isOpen else { throw .notFound("InvalidResourceType.NotFound", "ResourceType") }
    return kind
  }

  /// The ids of the call, of which there may be 50.
  func taggedIDs() throws(Refusal) -> [String] {
    let ids = parameters.list("ResourceId").filter { !$0.isEmpty }
    guard ids.count <= 50 else {
      throw Refusal(400, "NumberExceed.ResourceIds", "The number of ResourceId must not exceed 50.")
    }
    return ids
  }

  /// The things of the call, all of which must exist.
  func tagged(_ kind: ObjectKind?, _ ids: [String], in transaction: Transaction) throws -> [StoredObject] {
    try ids.map { id in
      guard let kind, let object = try transaction.object(kind, id, in: scope) else {
        throw Refusal.notFound("InvalidResourceId.NotFound", "ResourceId \(id)")
      }
      return object
    }
  }

  /// The tags to be set, checked as the service checks them.
  func newTags() throws(Refusal) -> [String: String] {
    let given = parameters.pairs("Tag")
    guard given.count <= 20 else {
      throw Refusal(400, "NumberExceed.Tags", "The number of tags must not exceed 20.")
    }
    var tags: [String: String] = [:]
    var folded = Set<String>()
    for tag in given {
      let (key, value) = (tag.key ?? "", tag.value ?? "")
      guard Constraint.tagKeys.holds(for: .pairs([key: ""])) else {
        throw .invalid("Tag.Key", code: "InvalidTagKey.Malformed")
      }
      guard Constraint.tagValues.holds(for: .pairs([key: value])) else {
        throw .invalid("Tag.Value", code: "InvalidTagValue.Malformed")
      }
      guard tags.updateValue(value, forKey: key) == nil else {
        throw Refusal(400, "Duplicate.TagKey", "The Tag.N.Key contains a duplicate key.")
      }
      guard folded.insert(key.lowercased()).inserted else {
        throw Refusal(
          403, "TagKey.Duplication", "The Tag.N.Key contains keys that differ in letter case only.")
      }
    }
    return tags
  }

  /// Types of the service of which the emulated cloud keeps nothing.
  private static let otherTypes: Set<String> = [
    "instance", "disk", "snapshot", "securitygroup", "volume", "eni", "ddh", "ddhcluster", "keypair",
    "launchtemplate", "reservedinstance", "snapshotpolicy", "elasticityassurance", "capacityreservation",
    "command", "invocation", "activation", "managedinstance",
  ]
}
