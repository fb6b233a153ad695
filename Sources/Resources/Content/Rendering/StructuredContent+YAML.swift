// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension StructuredContent {
  /// The content in the YAML form; the same content gives the same text, and reading that gives the same content.
  public var yaml: String {
    var lines: [String] = []
    if !parameters.isEmpty {
      lines.append("Parameters:")
      for parameter in parameters {
        lines.append("  \(YAMLText.inline(parameter.name)):")
        lines.append("    Type: \(parameter.type.rawValue)")
        if let value = parameter.defaultValue {
          lines.append("    DefaultValue: \(parameter.type.written(value, indent: 4))")
        }
      }
    }
    lines.append(tasks.isEmpty ? "Tasks: []" : "Tasks:")
    for task in tasks {
      lines.append("  - Name: \(YAMLText.inline(task.name))")
      lines.append("    Action: \(YAMLText.inline(task.action))")
      if !task.properties.isEmpty { lines.append("    Properties:") }
      for property in task.properties { property.value.write(as: property.name, indent: 6, to: &lines) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ParameterType {
  fileprivate func written(_ value: String, indent: Int) -> String {
    self != .string && admits(value) ? value : YAMLText.value(value, indent: indent)
  }
}

extension ContentValue {
  /// Writes the value as that of the key `name`, which stands at `indent`.
  fileprivate func write(as name: String, indent: Int, to lines: inout [String]) {
    write(
      after: String(repeating: " ", count: indent) + YAMLText.inline(name) + ":", indent: indent, to: &lines)
  }

  /// Writes the value behind `lead`, or below it, further in than `indent`.
  private func write(after lead: String, indent: Int, to lines: inout [String]) {
    switch self {
    case .text(let text): lines.append("\(lead) \(YAMLText.value(text, indent: indent))")
    case .constant(""): lines.append(lead)
    case .constant(let text):
      if case .string = Scalar(text, style: .plain).coreValue {
        lines.append("\(lead) \(YAMLText.value(text, indent: indent))")
      } else {
        lines.append("\(lead) \(text)")
      }
    case .list(let values):
      lines.append(values.isEmpty ? "\(lead) []" : lead)
      let margin = String(repeating: " ", count: indent + 2)
      for value in values { value.write(after: margin + "-", indent: indent + 2, to: &lines) }
    case .mapping(let members):
      lines.append(members.isEmpty ? "\(lead) {}" : lead)
      for member in members { member.value.write(as: member.key, indent: indent + 2, to: &lines) }
    }
  }
}
