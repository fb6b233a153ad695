// SPDX-License-Identifier: Apache-2.0

extension ContentModel {
  /// Bytes that are the same for equal models and differ for others.
  public var canonicalBytes: [UInt8] {
    var bytes = CanonicalBytes()
    switch self {
    case .commands(let commands):
      bytes.append("commands")
      for command in commands {
        bytes.append(command.word.rawValue)
        bytes.append(command.argument)
      }
    case .tasks(let content):
      bytes.append("tasks")
      bytes.append(content)
    case .text(let text):
      bytes.append("text")
      bytes.append(text)
    }
    return bytes.bytes
  }

  /// The canonical bytes as text, for what takes the place of a field in a digest.
  public var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }
}

extension CanonicalBytes {
  fileprivate mutating func append(_ content: StructuredContent) {
    append(count: content.parameters.count)
    for parameter in content.parameters {
      append(parameter.name)
      append(parameter.type.rawValue)
      append(parameter.defaultValue == nil ? "required" : "default")
      append(parameter.defaultValue ?? "")
    }
    append(count: content.tasks.count)
    for task in content.tasks {
      append(task.name)
      append(task.action)
      append(count: task.properties.count)
      for property in task.properties.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
        append(property.name)
        append(property.value)
      }
    }
  }

  private mutating func append(_ value: ContentValue) {
    switch value {
    case .text(let text):
      append("text")
      append(text)
    case .constant(let text):
      append("constant")
      append(text)
    case .list(let values):
      append("list")
      append(count: values.count)
      for value in values { append(value) }
    case .mapping(let members):
      append("mapping")
      append(count: members.count)
      for member in members {
        append(member.key)
        append(member.value)
      }
    }
  }

  private mutating func append(count: Int) { append(String(count)) }
}
