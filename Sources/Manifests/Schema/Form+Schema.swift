// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

extension Form {
  /// The form as JSON Schema; where it is not required, null is as good as nothing.
  func schema(isRequired: Bool = false) -> [String: JSONValue] {
    switch self {
    case .text(let constraints):
      return typed(["string", "number", "boolean"], isRequired).adding(
        constraints.map { $0.schema(ofTexts: true, isRequired: isRequired) })
    case .integer(let constraints, let isQuotable):
      return typed(isQuotable ? ["integer", "string"] : ["integer"], isRequired).adding(
        constraints.map { $0.schema(ofTexts: false, isRequired: isRequired) }
          + (isQuotable ? [["pattern": "^-?[0-9]+$"]] : []))
    case .boolean: return typed(["boolean"], isRequired)
    case .pattern(let pattern, let example, let admitsNumbers):
      var schema = typed(admitsNumbers ? ["string", "number"] : ["string"], isRequired)
      schema["pattern"] = .string(pattern)
      schema["examples"] = [.string(example)]
      return schema
    case .list(let element, let constraints):
      var schema = typed(["array"], isRequired)
      schema["items"] = .object(element.schema())
      return schema.adding(constraints.compactMap { $0.elementsSchema("Items") })
    case .mapping(let members): return members.schema(isRequired)
    case .dictionary(let value, let constraints):
      var schema = typed(["object"], isRequired)
      var values = value.schema()
      if constraints.contains(.tagValues) { values = values.adding([Constraint.tagValues.textSchema]) }
      schema["additionalProperties"] = .object(values)
      if constraints.contains(.tagKeys) { schema["propertyNames"] = .object(Constraint.tagKeys.textSchema) }
      return schema.adding(constraints.compactMap { $0.elementsSchema("Properties") })
    case .either(let forms):
      return ["anyOf": .array(forms.map { .object($0.schema(isRequired: isRequired)) })]
    case .whereKeyed(let keys, let form):
      let hasKey = keys.map { JSONValue.object(["required": [.string($0)]]) }
      return ["if": ["type": "object", "anyOf": .array(hasKey)], "then": .object(form.schema())]
    case .manifest: return ["$ref": "#/definitions/manifest"]
    case .anything: return [:]
    case .expandable(.anything): return [:]
    case .expandable(let form):
      // Not anyOf: what is wrong with the value would then be told as not being replaced.
      return ["if": ["$ref": "#/definitions/replaced"], "else": .object(form.schema(isRequired: isRequired))]
    }
  }

  private func typed(_ types: [String], _ isRequired: Bool) -> [String: JSONValue] {
    let all = types + (isRequired ? [] : ["null"])
    return ["type": all.count == 1 ? .string(all[0]) : .array(all.map { .string($0) })]
  }
}

extension Members {
  /// The keys as JSON Schema.
  fileprivate func schema(_ isRequired: Bool) -> [String: JSONValue] {
    var schema: [String: JSONValue] = ["type": isRequired ? "object" : ["object", "null"]]
    schema["properties"] = .object(
      Dictionary(uniqueKeysWithValues: all.map { ($0.name, .object($0.schema)) }))
    if !isOpen { schema["additionalProperties"] = false }
    let required = all.filter(\.isRequired).map(\.name)
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
    if !companions.isEmpty {
      schema["dependencies"] = .object(companions.mapValues { [.string($0)] })
    }
    if !alternatives.isEmpty {
      schema["oneOf"] = .array(alternatives.map { ["required": [.string($0)]] })
    }
    if !exclusive.isEmpty {
      schema["allOf"] = .array(exclusive.map { ["not": ["required": .array($0.map { .string($0) })]] })
    }
    return isRequired || alternatives.isEmpty
      ? schema : ["if": ["type": "null"], "else": .object(schema)]
  }
}

extension Member {
  /// The key's value as JSON Schema.
  fileprivate var schema: [String: JSONValue] {
    var schema = form.schema(isRequired: isRequired)
    schema["description"] = .string(summary)
    if let defaultValue { schema["default"] = defaultValue.manifestJSON }
    return schema
  }
}

extension [String: JSONValue] {
  /// The schema with others that must hold too.
  func adding(_ others: [[String: JSONValue]]) -> [String: JSONValue] {
    var schema = self
    var apart: [JSONValue] = []
    for other in others where !other.isEmpty {
      if other.keys.contains(where: { schema[$0] != nil && $0 != "type" }) {
        apart.append(.object(other))
      } else {
        schema.merge(other) { _, new in new }
      }
    }
    if !apart.isEmpty { schema["allOf"] = .array(apart) }
    return schema
  }
}
