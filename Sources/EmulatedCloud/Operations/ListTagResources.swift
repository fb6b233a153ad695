// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Lists tags, a row for each tag of each thing that has the ids and tags asked for.
@Sendable func listTagResources(_ call: ServedCall) throws(Refusal) -> Work {
  let kind = try call.taggedKind()
  let ids = try call.taggedIDs()
  let tags = try call.tagsToList()
  guard !ids.isEmpty || !tags.isEmpty || call.parameters.has("TagFilter") else {
    throw Refusal(403, "BothEmpty.TagsAndResources", "ResourceId and Tag can't both be empty.")
  }
  try call.checkTagFilter(besides: tags)
  guard let kind else {
    return Work(writes: false) { transaction in
      _ = try call.tagged(nil, ids, in: transaction)
      return tagReply([], next: nil)
    }
  }
  var query = ListQuery(kind: kind, ids: ids)
  query.createdUpTo = call.conditions.lag > 0 ? call.now - call.conditions.lag : nil
  try query.setTags(tags, of: call)
  let fingerprint = query.fingerprint
  let after = try PageToken.sequence(call.parameters["NextToken"], call: call, query: fingerprint)
  return Work(writes: false) { [query] transaction in
    _ = try call.tagged(kind, ids, in: transaction)
    let page = try transaction.page(query, in: call.scope, after: after, size: 50)
    let rows = try page.objects.flatMap { object in
      try transaction.tags(of: object).sorted { $0.key < $1.key }.map { tag -> JSONValue in
        [
          "ResourceId": .string(object.id), "ResourceType": .string(kind.rawValue),
          "TagKey": .string(tag.key), "TagValue": .string(tag.value),
        ]
      }
    }
    return tagReply(rows, next: page.next.map { PageToken.text($0, call: call, query: fingerprint) })
  }
}

private func tagReply(_ rows: [JSONValue], next: String?) -> ServedReply {
  ServedReply(["TagResources": ["TagResource": .array(rows)], "NextToken": .string(next ?? "")])
}

extension ServedCall {
  /// Refuses a `TagFilter`, which is open to invited accounts only: this one is not.
  fileprivate func checkTagFilter(besides tags: [TagQuery]) throws(Refusal) {
    guard parameters.has("TagFilter") else { return }
    guard tags.isEmpty else {
      throw Refusal(403, "InvalidFilter.Malformed", "Tag and TagFilter can't be used together.")
    }
    let numbers = Set(parameters.numbers(of: "TagFilter"))
    guard numbers.count <= 5, numbers.allSatisfy({ parameters["TagFilter.\($0).TagKey"] != nil }) else {
      throw Refusal(403, "InvalidTagFilter.Malformed", "TagFilter has 1 to 5 keys.")
    }
    guard numbers.allSatisfy({ parameters.list("TagFilter.\($0).TagValues").count <= 20 }) else {
      throw Refusal(403, "NumberExceed.TagValues", "The number of TagValues must not exceed 20.")
    }
    throw Refusal(403, "PermissionDenied.TagsFuzzyQuery", "TagFilter is open to invited accounts only.")
  }
}

extension ListQuery {
  /// Asks for `tags`, of which `acs:rm:rgId` alone means a resource group.
  fileprivate mutating func setTags(_ tags: [TagQuery], of call: ServedCall) throws(Refusal) {
    guard let group = tags.first(where: { $0.key == "acs:rm:rgId" }) else {
      self.tags = tags
      return
    }
    guard tags.count == 1 else {
      throw Refusal(400, "InvalidTag.NotSupported", "acs:rm:rgId can't be used together with other tags.")
    }
    guard group.value != defaultResourceGroup(of: call.scope.account) else {
      throw Refusal(
        400, "InvalidDefaultResourceGroup.NotSupported", "The default resource group can't be asked for.")
    }
    resourceGroup = group.value ?? ""
  }
}
