// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

extension Refusal {
  /// The service's answer to a value that breaks one of its rules.
  init(_ violation: Violation) {
    self.init(
      violation.code.status, violation.code.name,
      "The specified parameter \"\(violation.field)\" \(violation.expectation).")
  }

  /// The service's answer to a content that breaks one of its rules.
  init(_ violation: ContentViolation) {
    self.init(violation.status, violation.code, "The specified content is not valid: \(violation.message).")
  }
}

extension Parameters {
  /// The parameters as the field tables read them: an empty value means none, but that a tag may have one.
  var forFieldTables: [String: String] {
    values.filter { name, value in !value.isEmpty || name.hasSuffix(".Value") || name.hasSuffix(".Key") }
  }
}

extension FieldTabled {
  /// Gives each unset field its documented default, where it has one and `applies` to it.
  mutating func fillDefaults(where applies: (Field<Self>) -> Bool = { _ in true }) {
    for field in Self.fields where applies(field) && field.read(self) == nil {
      if let value = field.defaultValue { field.write(&self, value) }
    }
  }
}

/// What the content of a component declares.
struct ComponentContent: Sendable {
  /// Its parameters, as Describe shows them.
  let parameters: JSONValue

  init(_ component: ImageComponent) throws(Refusal) {
    let text = ContentText(component.content ?? "")
    let system = ContentPlace.System(rawValue: component.systemType ?? "Linux") ?? .linux
    if let first = text.violations(at: .component(system)).first { throw Refusal(first) }
    parameters = .array(
      text.declaredParameters.map { parameter in
        var members: [String: JSONValue] = [
          "Name": .string(parameter.name), "Type": .string(parameter.type.rawValue),
        ]
        members["DefaultValue"] = parameter.defaultValue.map(JSONValue.string)
        return .object(members)
      })
  }
}

/// The resource group that a new object goes to.
struct ResourceGroupChoice: Sendable {
  private let id: String
  private let isKnown: Bool
  private let account: String

  init(_ asked: String?, _ call: ServedCall) throws(Refusal) {
    account = call.scope.account
    let usual = defaultResourceGroup(of: account)
    id = asked ?? usual
    isKnown = id == usual || call.settings.resourceGroups.contains(id)
  }

  /// The group's id; refuses one that the account does not have.
  func checked(in transaction: Transaction) throws -> String {
    guard try isKnown || transaction.resourceGroup(id, account: account) != nil else {
      throw Refusal.notFound("InvalidResourceGroup.NotFound", "ResourceGroupId")
    }
    return id
  }
}

/// The group that holds what is put into no other.
func defaultResourceGroup(of account: String) -> String {
  var print = TextFingerprint()
  print.add(account)
  return "rg-acfm" + print.text
}

extension ServedCall {
  /// Refuses a further object when there are `limit` already.
  func checkQuota(_ limit: Int?, of kind: ObjectKind, code: String, in transaction: Transaction) throws {
    guard let limit, try transaction.count(kind, in: scope) >= limit else { return }
    throw Refusal(400, code, "The quota of \(limit) in this region is used up.")
  }
}
