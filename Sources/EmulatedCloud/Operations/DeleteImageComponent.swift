// SPDX-License-Identifier: Apache-2.0

/// Deletes one version of a component that no pipeline uses.
@Sendable func deleteImageComponent(_ call: ServedCall) throws(Refusal) -> Work {
  let id = try call.required("ImageComponentId")
  guard !SystemComponent.all.contains(where: { $0.id == id }) else {
    throw Refusal(
      403, "InvalidOperation.SystemComponent", "A system component can't be deleted.")
  }
  return Work(writes: true) { transaction in
    guard let component = try transaction.object(.component, id, in: call.scope) else {
      throw Refusal.notFound("InvalidImageComponent.NotFound", "ImageComponentId")
    }
    guard try !transaction.isUsed(component: component.sequence, in: call.scope) else {
      throw Refusal(
        403, "InvalidImageComponent.InUse", "The specified image component is used by a pipeline.")
    }
    try transaction.delete(component)
    return ServedReply()
  }
}
