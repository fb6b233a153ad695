// SPDX-License-Identifier: Apache-2.0

/// Moves one thing into another resource group.
@Sendable func joinResourceGroup(_ call: Call) throws(Refusal) -> Work {
  let kind = try call.taggedKind()
  let id = call.parameters["ResourceId"] ?? ""
  let choice = try ResourceGroupChoice(call.parameters["ResourceGroupId"], call)
  return Work(writes: true) { transaction in
    let group = try choice.checked(in: transaction)
    for object in try call.tagged(kind, [id], in: transaction) {
      guard object.resourceGroup != group else {
        throw Refusal(
          403, "InvalidResourceGroup.Duplicate", "The resource is in this resource group already.")
      }
      try transaction.move(object, to: group)
    }
    return Reply()
  }
}
