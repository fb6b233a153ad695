// SPDX-License-Identifier: Apache-2.0

/// What a content in the YAML form means, without its places: parameters and tasks.
public struct StructuredContent: Hashable, Sendable {
  /// A parameter that a pipeline can or must give.
  public struct Parameter: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its type.
    public let type: ParameterType
    /// What it is when the pipeline gives nothing; nil where the pipeline must.
    public let defaultValue: String?

    /// A parameter.
    public init(name: String, type: ParameterType, defaultValue: String? = nil) {
      self.name = name
      self.type = type
      self.defaultValue = type == .boolean ? defaultValue?.lowercased() : defaultValue
    }
  }

  /// A property of a task.
  public struct Property: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: ContentValue

    /// The property `name` with `value`.
    public init(name: String, value: ContentValue) {
      self.name = name
      self.value = value
    }
  }

  /// One step of the component.
  public struct Task: Hashable, Sendable {
    /// Its name, by which later tasks refer to its output.
    public let name: String
    /// The name of what it does, one of ``TaskAction/all``.
    public let action: String
    /// How it does it: first the properties of the action in the order of its table, then others by name.
    public let properties: [Property]

    /// A task; the order of `properties` does not matter.
    ///
    /// A scalar counts by the type of its property, not by how it was written: `"600"` is the number that `600` is.
    public init(name: String, action: String, properties: [Property]) {
      self.name = name
      self.action = action
      let table = TaskAction.named(action)?.properties ?? []
      func rank(_ property: Property) -> (Int, String) {
        (table.firstIndex { $0.name == property.name } ?? table.count, property.name)
      }
      self.properties = properties.map { property in
        let type = table.first { $0.name == property.name }?.type
        return Property(name: property.name, value: type.map(property.value.resolved) ?? property.value)
      }.sorted { rank($0) < rank($1) }
    }
  }

  /// The parameters, in the order of the text.
  public let parameters: [Parameter]
  /// The tasks, in the order in which they run.
  public let tasks: [Task]

  /// A content of `parameters` and `tasks`.
  public init(parameters: [Parameter] = [], tasks: [Task]) {
    self.parameters = parameters
    self.tasks = tasks
  }
}

extension ContentValue {
  /// The value as a property of `type` takes it; unchanged where it is not of that type.
  func resolved(as type: TaskAction.PropertyType) -> ContentValue {
    switch (type, self) {
    case (.string, .constant(let text)): .text(text)
    case (.number, .text(let text)) where text.isDecimalNumber: .constant(text)
    case (.boolean, .text(let text)), (.boolean, .constant(let text)):
      text.asBoolean.map { .constant($0 ? "true" : "false") } ?? self
    case (.string, _), (.number, _), (.boolean, _), (.json, _): self
    }
  }
}
