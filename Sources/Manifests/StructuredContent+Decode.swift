// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension StructuredContent {
  /// Reads `parameters:` and `tasks:` of a component's spec; nil where there are none.
  init?(spec: Node, file: String, into problems: inout Problems) {
    let parameters = spec["parameters"], tasks = spec["tasks"]
    guard parameters != nil || tasks != nil else { return nil }
    guard let tasks, case .sequence(let elements) = tasks.content, !elements.isEmpty else {
      let place = Location(file: file, range: (tasks ?? parameters ?? spec).range)
      if tasks?.tag == nil {
        problems.report(.wrongType("tasks", expected: "a list of at least one task", at: place))
      }
      return nil
    }
    self.init(
      parameters: StructuredContent.parameters(parameters, file: file, into: &problems),
      tasks: elements.compactMap { StructuredContent.task($0, file: file, into: &problems) })
  }

  private static func parameters(
    _ node: Node?, file: String, into problems: inout Problems
  ) -> [Parameter] {
    guard let node,
      let reader = MappingReader(node, what: "parameters", file: file, isExpanded: true, into: &problems)
    else {
      return []
    }
    return reader.keys.compactMap { name in
      guard let definition = reader[name],
        let member = MappingReader(
          definition, what: "parameters.\(name)", file: file, isExpanded: true, into: &problems)
      else { return nil }
      member.rejectUnknown(ManifestGrammar.parameter.names, into: &problems)
      guard let text = member.required("type", into: &problems) else { return nil }
      guard let type = ParameterType(rawValue: text) else {
        problems.report(
          .wrongType(
            "parameters.\(name).type", expected: "String, Number or Boolean", at: member.location(of: "type"))
        )
        return nil
      }
      return Parameter(
        name: name, type: type, defaultValue: member.text("defaultValue", into: &problems))
    }
  }

  private static func task(_ node: Node, file: String, into problems: inout Problems) -> Task? {
    guard let reader = MappingReader(node, what: "task", file: file, isExpanded: true, into: &problems) else {
      return nil
    }
    reader.rejectUnknown(ManifestGrammar.task.names, into: &problems)
    let name = reader.required("name", into: &problems)
    let action = reader.required("action", into: &problems)
    guard let name, let action else { return nil }
    var properties: [Property] = []
    if let node = reader["properties"],
      let members = MappingReader(node, what: "properties", file: file, isExpanded: true, into: &problems)
    {
      for key in members.keys {
        guard let value = members[key] else { continue }
        let type = TaskAction.named(action)?[property: key]?.type
        properties.append(Property(name: key, value: ContentValue(value, as: type)))
      }
    }
    return Task(name: name, action: action, properties: properties)
  }
}

extension ContentValue {
  /// The value of `node`; where the action declares text, a scalar is taken as written.
  fileprivate init(_ node: Node, as type: TaskAction.PropertyType?) {
    switch node.content {
    case .scalar(let scalar):
      let isText = type == .string || scalar.style != .plain
      switch scalar.coreValue {
      case .string: self = .text(scalar.text)
      case .null, .bool, .integer, .decimal: self = isText ? .text(scalar.text) : .constant(scalar.text)
      }
    case .sequence(let elements): self = .list(elements.map { ContentValue($0, as: nil) })
    case .mapping(let entries):
      self = .mapping(unsorted: entries.map { Member($0.key, ContentValue($0.value, as: nil)) })
    }
  }
}
