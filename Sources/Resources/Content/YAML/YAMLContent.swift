// SPDX-License-Identifier: Apache-2.0

/// A content in the YAML form, with places.
public struct YAMLContent: Hashable, Sendable {
  /// A name, or another short text, with its place in UTF-8 bytes of the content.
  public struct Located: Hashable, Sendable {
    /// The text.
    public let text: String
    /// Where it stands.
    public let range: Range<Int>
  }

  /// A declared parameter.
  public struct Parameter: Hashable, Sendable {
    /// Its name.
    public let name: Located
    /// Its type; nil where that is missing or none that the service knows.
    public let type: ParameterType?
    /// Its default; nil where it has none.
    public let defaultValue: Located?
  }

  /// A property of a task.
  public struct Property: Hashable, Sendable {
    /// Its name.
    public let name: Located
    /// Its value.
    public let value: ContentValue
    /// Where the value stands, in UTF-8 bytes of the content.
    public let range: Range<Int>
    /// Whether the value is written bare, without quotes and not as a block.
    public let isPlain: Bool
    /// The references in it, in order.
    public let references: [ContentReference]
  }

  /// A task.
  public struct Task: Hashable, Sendable {
    /// Its name; nil where it has none.
    public let name: Located?
    /// The name of its action; nil where it has none.
    public let action: Located?
    /// Its properties, in the order of the text.
    public let properties: [Property]
    /// Where it stands, in UTF-8 bytes of the content.
    public let range: Range<Int>

    /// The row of its action in the service's table.
    public var knownAction: TaskAction? { action.flatMap { TaskAction.named($0.text) } }
  }

  /// Something that makes the text not a content: broken YAML, or another structure.
  public struct Fault: Hashable, Sendable {
    /// What is wrong, without a full stop.
    public let message: String
    /// What to do about it, where that is not plain.
    public let hint: String?
    /// Where, in UTF-8 bytes of the content.
    public let range: Range<Int>
  }

  /// The parameters, in the order of the text.
  public let parameters: [Parameter]
  /// The tasks, in the order of the text.
  public let tasks: [Task]
  /// Keys that neither the service's page nor its actions know; what the service does with them is not known.
  public let unknownKeys: [Located]
  /// What is wrong, in the order of the text.
  public let faults: [Fault]
  /// Whether a key is unknown outside of `Properties`.
  let hasStrayKey: Bool
}

extension YAMLContent {
  /// What the content means, where nothing is wrong with it and no key is unknown outside of `Properties`.
  public var structured: StructuredContent? {
    guard faults.isEmpty, !hasStrayKey else { return nil }
    return StructuredContent(
      parameters: parameters.compactMap { parameter in
        parameter.type.map { type in
          StructuredContent.Parameter(
            name: parameter.name.text, type: type, defaultValue: parameter.defaultValue?.text)
        }
      },
      tasks: tasks.compactMap { task in
        guard let name = task.name?.text, let action = task.action?.text else { return nil }
        return StructuredContent.Task(
          name: name, action: action,
          properties: task.properties.map { .init(name: $0.name.text, value: $0.value) })
      })
  }
}
