// SPDX-License-Identifier: Apache-2.0

/// Takes tags away; keys that are not there are no error.
@Sendable func untagResources(_ call: ServedCall) throws(Refusal) -> Work {
  let kind = try call.taggedKind()
  let ids = try call.taggedIDs()
  let keys = try call.tagKeysToRemove()
  let all = try call.parameters.boolean("All") ?? false
  guard !(all && !keys.isEmpty) else {
    throw Refusal(403, "Param.Conflict", "All and TagKey can't be used together.")
  }
  guard all || !keys.isEmpty else {
    throw .missing("TagKey", status: 404, code: "MissingParameter.Tags")
  }
  return Work(writes: true) { transaction in
    for object in try call.tagged(kind, ids, in: transaction) {
      let left = try all ? [:] : transaction.tags(of: object).filter { !keys.contains($0.key) }
      try transaction.setTags(left, on: object)
    }
    return ServedReply()
  }
}
