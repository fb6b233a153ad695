// SPDX-License-Identifier: Apache-2.0

/// Moves one thing into another resource group.
@Sendable func joinResourceGroup(_ call: ServedCall) throws(Refusal) -> Work {
  let kind = try call.taggedKind()
  let id = call.parameters["ResourceId"] ?? ""
  let choice = try ResourceGroupChoice(call.parameters["ResourceGroupId"], call)
  return Work(writes: true) { transaction in
    let group = try choice.checked(in: transaction)
    if let known = try transaction.resourceGroup(group, account: call.scope.account) {
      try known.checkTakes(thingsOf: call.scope.region)
    }
    for object in try call.tagged(kind, [id], in: transaction) {
      guard object.resourceGroup != group else {
        throw Refusal(
          403, "InvalidResourceGroup.Duplicate", "The resource is in this resource group already.")
      }
      try transaction.move(object, to: group)
    }
    return ServedReply()
  }
}

extension ResourceGroup {
  /// Refuses to take things of `region` in, unless the group can.
  fileprivate func checkTakes(thingsOf region: String) throws(Refusal) {
    switch status {
    case .ok: break
    case .transferring:
      throw Refusal(
        400, "EntityExists.AssociatedTransferTasks", "Resources of the group are being transferred.")
    case .creating, .pendingDelete, .deleting:
      throw Refusal(403, "InvalidStatus.ResourceGroup", "The resource group is \(status.rawValue).")
    }
    guard self.region.isEmpty || self.region == region else {
      throw Refusal(403, "InvalidRegionId.ResourceGroup", "The resource group is one of another region.")
    }
  }
}
