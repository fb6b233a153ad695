// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Resources

/// Stores one version of a component.
@Sendable func createImageComponent(_ call: ServedCall) throws(Refusal) -> Work {
  var (component, found) = ImageComponent.decode(wire: call.parameters.forFieldTables)
  if let first = (found + component.violations).first { throw Refusal(first) }
  component.fillDefaults()
  let content = try ComponentContent(component)
  let id = call.identifiers.make("ic-")
  let name = component.name ?? id
  component.name = name
  let resourceGroup = try ResourceGroupChoice(component.resourceGroupID, call)

  return Work(writes: true) { [component] transaction in
    try call.useServiceLinkedRole(in: transaction)
    let group = try resourceGroup.checked(in: transaction)
    try call.checkQuota(
      call.settings.quotas.components, of: .component, code: "QuotaExceed.ImageComponent", in: transaction)
    let version = try component.version(for: name, of: call, in: transaction)
    var complete = component
    complete.componentVersion = version.description
    let object = NewObject(
      kind: .component, id: id, name: name, resourceGroup: group, created: call.now,
      item: complete.item(id: id, owner: "SELF", created: call.now, parameters: content.parameters).unbraced,
      tags: component.tags)
    let sequence = try transaction.insert(object, in: call.scope)
    let facts = ComponentFacts(
      name: name, version: version, systemType: component.systemType ?? "Linux",
      componentType: component.componentType ?? "Build", parameters: content.parameters.text)
    try transaction.insert(facts, for: sequence, in: call.scope)
    return ServedReply(["ImageComponentId": .string(id)])
  }
}

extension ImageComponent {
  /// The version that was asked for, if it is free, or the first of the next major number.
  fileprivate func version(
    for name: String, of call: ServedCall, in transaction: Transaction
  ) throws -> Version {
    guard let asked = componentVersion.flatMap({ Version($0) }) else {
      let greatest = try transaction.greatestMajor(name, in: call.scope) ?? 0
      return Version(UInt32(clamping: greatest + 1), 0, 0)
    }
    guard try !transaction.hasComponent(name, asked, in: call.scope) else {
      throw Refusal(
        403, "InvalidComponentVersion.Exist", "The specified ComponentVersion already exists under this name."
      )
    }
    return asked
  }

  /// The item of a Describe reply, but for what can change.
  func item(id: String, owner: String, created: Int64, parameters: JSONValue) -> [String: JSONValue] {
    var item = replyItem
    item["Tags"] = nil
    item["ResourceGroupId"] = nil
    item["ImageComponentId"] = .string(id)
    item["Owner"] = .string(owner)
    item["CreationTime"] = .string(UTCTime(milliseconds: created).iso8601)
    item["Parameters"] = ["Parameter": parameters]
    return item
  }
}

extension [String: JSONValue] {
  /// The members as JSON text, without the braces.
  var unbraced: String {
    String(JSONValue.object(self).text.dropFirst().dropLast())
  }
}
