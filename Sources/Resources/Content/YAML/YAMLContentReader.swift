// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Reads the nodes of a content in the YAML form.
struct YAMLContentReader {
  let text: [UInt8]
  let braces: BraceGuard
  let offsets: MarkOffsets
  private var parameters: [YAMLContent.Parameter] = []
  var tasks: [YAMLContent.Task] = []
  var unknownKeys: [YAMLContent.Located] = []
  var faults: [YAMLContent.Fault] = []
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

  /// The entries of a mapping, of which those not in `known` are noted.
  mutating func entries(of node: Node, known: [String]) -> [Node.Entry] {
    guard case .mapping(let entries) = node.content else { return [] }
    if let tag = node.tag { report("the tag \(tag) means nothing here", at: node.range) }
    for entry in entries where !known.contains(entry.key) {
      unknownKeys.append(located(entry.key, entry.keyRange))
      hasStrayKey = true
    }
    return entries
  }

  /// The text of `field`, a key of `holder`; nil with a fault where it is none.
  mutating func scalar(_ field: Node.Entry, of holder: String) -> YAMLContent.Located? {
    guard let scalar = field.value.scalar, !scalar.text.isEmpty, field.value.tag == nil else {
      report("\(field.key) of \(holder) must be a text", at: field.value.range.orElse(field.keyRange))
      return nil
    }
    return located(scalar.text, field.value.range)
  }

  /// `text` as it was before references were guarded, and where it stands.
  func located(_ text: String, _ range: SourceRange) -> YAMLContent.Located {
    YAMLContent.Located(text: braces.restored(text), range: offsets.offsets(of: range))
  }
}

extension SourceRange {
  /// The range, or another where it is empty.
  fileprivate func orElse(_ other: SourceRange) -> SourceRange { start == end ? other : self }
}
