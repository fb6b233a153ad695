// SPDX-License-Identifier: Apache-2.0

import Resources

extension ServedCall {
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

  /// The things of the call, all of which must exist and be the account's own.
  func tagged(_ kind: ObjectKind?, _ ids: [String], in transaction: Transaction) throws -> [StoredObject] {
    try ids.map { id in
      guard !kind.isCatalogued(id) else {
        throw Refusal(403, "InvalidResourceId.NotSupported", "The resource \(id) can't have tags or a group.")
      }
      guard let kind, let object = try transaction.object(kind, id, in: scope) else {
        throw Refusal.notFound("InvalidResourceId.NotFound", "ResourceId \(id)")
      }
      return object
    }
  }

  /// The tags to be set on something new, checked as the service checks them.
  func newTags() throws(Refusal) -> [String: String] {
    let given = parameters.pairs("Tag")
    guard given.count <= 20 else { throw .tooManyTags("tags") }
    var tags: [String: String] = [:]
    var folded = Set<String>()
    for tag in given {
      let (key, value) = (tag.key ?? "", tag.value ?? "")
      try Self.check(key: key)
      try Self.check(value: value)
      guard tags.updateValue(value, forKey: key) == nil else { throw .duplicateTagKey }
      guard folded.insert(key.lowercased()).inserted else {
        throw Refusal(
          403, "TagKey.Duplication", "The Tag.N.Key contains keys that differ in letter case only.")
      }
    }
    return tags
  }

  /// The tags to be set on what there is: the numbers of the parameters are checked, too.
  func tagsToSet() throws(Refusal) -> [String: String] {
    guard !parameters.pairs("Tag").contains(where: { $0.key == nil && $0.value != nil }) else {
      throw .mismatchedTag
    }
    let tags = try newTags()
    try checkNumbers(of: "Tag")
    return tags
  }

  /// The keys of the tags to be taken away.
  func tagKeysToRemove() throws(Refusal) -> [String] {
    let keys = parameters.list("TagKey").filter { !$0.isEmpty }
    guard keys.count <= 20 else { throw .tooManyTags("TagKey") }
    for key in keys { try Self.check(key: key) }
    guard Set(keys).count == keys.count else { throw .duplicateTagKey }
    try checkNumbers(of: "TagKey")
    return keys
  }

  /// The tags that are asked for; a key alone means any value.
  func tagsToList() throws(Refusal) -> [TagQuery] {
    guard parameters["Tag"] == nil else {
      throw Refusal(400, "InvalidTags.MalFormed", "Tags are given as Tag.N.Key and Tag.N.Value.")
    }
    let tags = parameters.pairs("Tag")
    guard tags.count <= 20 else { throw .tooManyTags("tags") }
    var keys = Set<String>()
    for tag in tags {
      guard let key = tag.key else {
        throw Refusal(400, "InvalidParameter.TagValue", "A tag value can't be asked for without its key.")
      }
      guard !key.isEmpty else { throw .mismatchedTag }
      // Tags of the system may be asked for, though nobody may set them.
      if !key.hasPrefix("acs:") { try Self.check(key: key) }
      try Self.check(value: tag.value ?? "")
      guard keys.insert(key).inserted else { throw .duplicateTagKey }
    }
    try checkNumbers(of: "Tag")
    return tags
  }

  private func checkNumbers(of name: String) throws(Refusal) {
    guard parameters.numbers(of: name).allSatisfy((1...20).contains) else {
      throw Refusal(400, "InvalidTagCount", "The numbers of \(name) are 1 to 20.")
    }
  }

  private static func check(key: String) throws(Refusal) {
    guard Constraint.tagKeys.holds(for: .pairs([key: ""])) else {
      throw .invalid("Tag.Key", code: "InvalidTagKey.Malformed")
    }
  }

  private static func check(value: String) throws(Refusal) {
    guard Constraint.tagValues.holds(for: .pairs(["key": value])) else {
      throw .invalid("Tag.Value", code: "InvalidTagValue.Malformed")
    }
  }

  /// Types of the service of which the emulated cloud keeps nothing.
  private static let otherTypes: Set<String> = [
    "instance", "disk", "snapshot", "securitygroup", "volume", "eni", "ddh", "ddhcluster", "keypair",
    "launchtemplate", "reservedinstance", "snapshotpolicy", "elasticityassurance", "capacityreservation",
    "command", "invocation", "activation", "managedinstance",
  ]
}

extension ObjectKind? {
  /// Whether `id` is that of something which the system offers to everyone.
  fileprivate func isCatalogued(_ id: String) -> Bool {
    switch self {
    case .component: SystemComponent.all.contains { $0.id == id }
    case .image: PublicImage.all.contains { $0.id == id }
    case .pipeline, .execution, nil: false
    }
  }
}

extension Refusal {
  /// A tag's value that has no key.
  static let mismatchedTag = Refusal(
    400, "InvalidTag.Mismatch", "The specified Tag.N.Key and Tag.N.Value do not match.")

  fileprivate static let duplicateTagKey = Refusal(
    400, "Duplicate.TagKey", "The Tag.N.Key contains a duplicate key.")

  fileprivate static func tooManyTags(_ what: String) -> Refusal {
    Refusal(400, "NumberExceed.Tags", "The number of \(what) must not exceed 20.")
  }
}
