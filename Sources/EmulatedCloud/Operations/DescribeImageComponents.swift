// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

/// Lists components: one's own, or those that the system offers.
@Sendable func describeImageComponents(_ call: ServedCall) throws(Refusal) -> Work {
  var query = try call.query(
    .component, ids: "ImageComponentId", tooManyIDs: "InvalidImageComponentIdSize.ExceededMaxNumber")
  query.systemType = try call.word(
    "SystemType", of: ["Linux", "Windows"], else: "InvalidSystemType.NotSupportedValue")
  query.componentType = try call.word(
    "ComponentType", of: ["Build", "Test"], else: "InvalidComponentType.NotSupportedValue")
  query.version = try call.versionPattern()
  let page = try call.page(of: query)
  let owner = try call.word("Owner", of: ["SELF", "ALIYUN"], else: "InvalidParameter.Owner") ?? "SELF"

  return Work(writes: false) { [query] transaction in
    guard owner == "SELF" else {
      return page.reply(SystemComponent.matching(query), "ImageComponent", "ImageComponentSet")
    }
    return try page.reply(query, "ImageComponent", "ImageComponentSet", in: transaction)
  }
}

extension ServedCall {
  /// The pattern in `ComponentVersion`, which has one star at most and counts only together with `Name`.
  fileprivate func versionPattern() throws(Refusal) -> VersionPattern? {
    guard let text = parameters["ComponentVersion"] else { return nil }
    guard let pattern = VersionPattern(text), text.count(where: { $0 == "*" }) <= 1 else {
      throw .invalid("ComponentVersion", code: "InvalidParameter.ComponentVersion")
    }
    return parameters["Name"] == nil ? nil : pattern
  }

  /// Refuses a parameter whose value does not fit.
  func word(_ name: String, else code: String, _ fits: (String) -> Bool) throws(Refusal) {
    guard let value = parameters[name], !fits(value) else { return }
    throw .invalid(name, code: code)
  }

  /// The value of a parameter that allows only `words`.
  func word(_ name: String, of words: [String], else code: String) throws(Refusal) -> String? {
    guard let value = parameters[name] else { return nil }
    guard words.contains(value) else { throw .invalid(name, code: code) }
    return value
  }
}
