// SPDX-License-Identifier: Apache-2.0

/// Sets tags; a key that is there already gets the new value.
@Sendable func tagResources(_ call: ServedCall) throws(Refusal) -> Work {
  let kind = try call.taggedKind()
  let ids = try call.taggedIDs()
  let tags = try call.tagsToSet()
  return Work(writes: true) { transaction in
    for object in try call.tagged(kind, ids, in: transaction) {
      let merged = try transaction.tags(of: object).merging(tags) { _, new in new }
      guard merged.count <= call.settings.quotas.tagsPerObject else {
        throw Refusal(
          403, "QuotaExceed.Tags",
          "A resource can't have more than \(call.settings.quotas.tagsPerObject) tags.")
      }
      try transaction.setTags(merged, on: object)
    }
    if let limit = call.settings.quotas.tagKeys, try transaction.countTagKeys(in: call.scope) > limit {
      throw Refusal(
        400, "OperationDenied.QuotaExceed", "The quota of \(limit) keys of tags in this region is used up.")
    }
    return ServedReply()
  }
}
