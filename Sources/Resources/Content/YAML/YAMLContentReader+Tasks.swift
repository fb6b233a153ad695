// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension YAMLContentReader {
  mutating func readTasks(_ node: Node) {
    guard case .sequence(let items) = node.content else {
      return report("Tasks must be a list", hint: "write each task as '- Name: …'", at: node.range)
    }
    if items.isEmpty { report("Tasks must have at least one task", at: node.range) }
    for item in items { readTask(item) }
  }

  private mutating func readTask(_ node: Node) {
    guard case .mapping = node.content else {
      return report("a task must be a mapping with Name, Action and Properties", at: node.range)
    }
    var (name, action): (YAMLContent.Located?, YAMLContent.Located?)
    var properties: Node?
    let known = ["Name", "Action", "Properties"]
    let fields = entries(of: node, known: known)
    for field in fields {
      switch field.key {
      case "Name": name = scalar(field, of: "a task")
      case "Action": action = scalar(field, of: "a task")
      case "Properties": properties = field.value
      default: break
      }
    }
    for key in known.dropLast() where !fields.contains(where: { $0.key == key }) {
      report("a task needs \(key)", at: node.firstKeyRange)
    }
    let table = action.flatMap { TaskAction.named($0.text) }
    if let action, table == nil {
      let names = TaskAction.all.map(\.name).joined(separator: ", ")
      faults.append(
        YAMLContent.Fault(
          message: "the service has no action '\(action.text)'", hint: "\(names) are known",
          range: action.range))
    }
    tasks.append(
      YAMLContent.Task(
        name: name, action: action, properties: readProperties(properties, of: table, in: node),
        range: offsets.offsets(of: node.range)))
  }

  private mutating func readProperties(
    _ node: Node?, of action: TaskAction?, in task: Node
  ) -> [YAMLContent.Property] {
    var properties: [YAMLContent.Property] = []
    if let node, !node.isNull {
      guard case .mapping(let entries) = node.content, node.tag == nil else {
        report("Properties must be a mapping", at: node.range)
        return []
      }
      for entry in entries { properties.append(readProperty(entry, of: action)) }
    }
    for property in action?.properties ?? []
    where property.isRequired && !properties.contains(where: { $0.name.text == property.name }) {
      let strange = properties.filter { action?[property: $0.name.text] == nil }.map(\.name)
      let meant = strange.first { property.name.isLike($0.text) }
      report(
        "\(action?.name ?? "the action") needs the property \(property.name)",
        hint: meant.map { "'\($0.text)' looks like it" } ?? "write it under Properties",
        at: task["Action"]?.range ?? task.firstKeyRange)
      // One mistake is told once.
      if let meant { unknownKeys.removeAll { $0 == meant } }
    }
    return properties
  }

  private mutating func readProperty(_ entry: Node.Entry, of action: TaskAction?) -> YAMLContent.Property {
    let name = located(entry.key, entry.keyRange)
    let range = offsets.offsets(of: entry.value.range)
    let references = ContentReference.find(in: text, range)
    let type = action?[property: name.text]?.type
    var value = value(of: entry.value)
    if let type {
      if !value.isAdmitted(as: type, hasReferences: !references.isEmpty) {
        report("\(name.text) must be a \(type.rawValue)", at: entry.value.range)
      }
      value = value.resolved(as: type)
    } else if action != nil {
      unknownKeys.append(name)
    }
    return YAMLContent.Property(
      name: name, value: value, range: range, isPlain: entry.value.scalar?.style == .plain,
      references: references)
  }

  /// The node's value by the YAML 1.2 core schema.
  private mutating func value(of node: Node) -> ContentValue {
    if let tag = node.tag { report("the tag \(tag) means nothing here", at: node.range) }
    switch node.content {
    case .scalar(let scalar):
      let text = braces.restored(scalar.text)
      if case .string = scalar.coreValue { return .text(text) } else { return .constant(text) }
    case .sequence(let items):
      var values: [ContentValue] = []
      for item in items { values.append(value(of: item)) }
      return .list(values)
    case .mapping(let entries):
      var members: [ContentValue.Member] = []
      for entry in entries {
        members.append(ContentValue.Member(braces.restored(entry.key), value(of: entry.value)))
      }
      return .mapping(unsorted: members)
    }
  }
}

extension String {
  /// Whether `other` is most likely meant for the text: a slip of the pen, or its beginning.
  fileprivate func isLike(_ other: String) -> Bool {
    nearest(among: [other]) != nil || other.utf8.count > 3 && lowercased().hasPrefix(other.lowercased())
  }
}

extension Node {
  /// Where the first key of a mapping stands; the node itself for anything else.
  fileprivate var firstKeyRange: SourceRange {
    if case .mapping(let entries) = content, let first = entries.first { first.keyRange } else { range }
  }
}

extension ContentValue {
  /// Whether a property of `type` can have the value.
  fileprivate func isAdmitted(as type: TaskAction.PropertyType, hasReferences: Bool) -> Bool {
    switch (type, self) {
    case (.string, .text): true
    case (.string, .constant(let text)): !text.isEmpty
    case (.number, .text(let text)), (.number, .constant(let text)): hasReferences || text.isDecimalNumber
    case (.boolean, .text(let text)), (.boolean, .constant(let text)): hasReferences || text.asBoolean != nil
    case (.json, .text), (.json, .mapping): true
    case (.json, .constant(let text)): text.isEmpty
    case (.string, _), (.number, _), (.boolean, _), (.json, .list): false
    }
  }
}
