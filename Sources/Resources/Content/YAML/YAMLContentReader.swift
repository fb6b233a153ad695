// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Reads the nodes of a content in the YAML form.
struct YAMLContentReader {
  let text: [UInt8]
  let braces: BraceGuard
  let offsets: MarkOffsets
  private var parameters: [YAMLContent.Parameter] = []
  private var tasks: [YAMLContent.Task] = []
  private var unknownKeys: [YAMLContent.Located] = []
  private var faults: [YAMLContent.Fault] = []
  /// Whether a key is unknown where only known ones make sense.
  private var hasStrayKey = false

  /// A reader of `text`, which was composed with its references guarded by `braces`.
  init(text: [UInt8], braces: BraceGuard) {
    self.text = text
    self.braces = braces
    offsets = MarkOffsets(text)
  }

  /// What was read.
  var content: YAMLContent {
    YAMLContent(
      parameters: parameters, tasks: tasks, unknownKeys: unknownKeys,
      faults: faults.sorted {
        ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
      },
      hasStrayKey: hasStrayKey)
  }

  mutating func report(_ message: String, hint: String? = nil, at range: SourceRange) {
    faults.append(YAMLContent.Fault(message: message, hint: hint, range: offsets.offsets(of: range)))
  }

  mutating func report(_ error: Diagnostic) {
    report(
      braces.restored(error.message), hint: error.hint,
      at: error.location?.range ?? SourceRange(.start, .start))
  }

  mutating func readRoot(_ root: Node) {
    for entry in entries(of: root, known: ["Parameters", "Tasks"]) {
      switch entry.key {
      case "Parameters": readParameters(entry.value)
      case "Tasks": readTasks(entry.value)
      default: break
      }
    }
  }

  private mutating func readParameters(_ node: Node) {
    if node.isNull { return }
    guard case .mapping(let entries) = node.content, node.tag == nil else {
      return report("Parameters must be a mapping of names", at: node.range)
    }
    for entry in entries { readParameter(entry) }
  }

  private mutating func readParameter(_ entry: Node.Entry) {
    let name = located(entry.key, entry.keyRange)
    if name.text.isEmpty { report("a parameter needs a name", at: entry.keyRange) }
    guard case .mapping = entry.value.content else {
      return report(
        "parameter '\(name.text)' must be a mapping with Type", hint: "write Type: String under it",
        at: entry.value.isNull ? entry.keyRange : entry.value.range)
    }
    var type: ParameterType?
    var defaultNode: Node?
    var hasType = false
    for field in entries(of: entry.value, known: ["Type", "DefaultValue"]) {
      switch field.key {
      case "Type":
        hasType = true
        type = scalar(field, of: "a parameter").flatMap { ParameterType(rawValue: $0.text) }
        if type == nil, field.value.scalar != nil {
          report("Type must be String, Number or Boolean", at: field.value.range)
        }
      case "DefaultValue": defaultNode = field.value.isNull ? nil : field.value
      default: break
      }
    }
    if !hasType { report("parameter '\(name.text)' has no Type", at: entry.keyRange) }
    let value = defaultNode.flatMap { defaultValue($0, type) }
    parameters.append(YAMLContent.Parameter(name: name, type: type, defaultValue: value))
  }

  private mutating func defaultValue(_ node: Node, _ type: ParameterType?) -> YAMLContent.Located? {
    guard let scalar = node.scalar else {
      report("DefaultValue must be a single value", at: node.range)
      return nil
    }
    let value = braces.restored(scalar.text)
    if let type, !type.admits(value) {
      report("DefaultValue must be a \(type.rawValue), as Type says", at: node.range)
    }
    return located(value, node.range)
  }

  private mutating func readTasks(_ node: Node) {
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

  /// The entries of a mapping, of which those not in `known` are noted.
  private mutating func entries(of node: Node, known: [String]) -> [Node.Entry] {
    guard case .mapping(let entries) = node.content else { return [] }
    if let tag = node.tag { report("the tag \(tag) means nothing here", at: node.range) }
    for entry in entries where !known.contains(entry.key) {
      unknownKeys.append(located(entry.key, entry.keyRange))
      hasStrayKey = true
    }
    return entries
  }

  private mutating func scalar(_ field: Node.Entry, of holder: String) -> YAMLContent.Located? {
    guard let scalar = field.value.scalar, !scalar.text.isEmpty, field.value.tag == nil else {
      report("\(field.key) of \(holder) must be a text", at: field.value.range.orElse(field.keyRange))
      return nil
    }
    return located(scalar.text, field.value.range)
  }

  private func located(_ text: String, _ range: SourceRange) -> YAMLContent.Located {
    YAMLContent.Located(text: braces.restored(text), range: offsets.offsets(of: range))
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

extension SourceRange {
  /// The range, or another where it is empty.
  fileprivate func orElse(_ other: SourceRange) -> SourceRange { start == end ? other : self }
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
