// SPDX-License-Identifier: Apache-2.0

import Resources

extension ManifestGrammar {
  /// The keys of a component's spec: its field table, the structured form of the content, and the lifecycle.
  static let component: Members = {
    let table = Members(of: ImageComponent.self, isExpandable: false).all.flatMap { member in
      switch member.name {
      case "version": [version(member)]
      case "content": [parameters, tasks, member]
      default: [member]
      }
    }
    var members = Members(table + [lifecycle])
    members.exclusive = [["content", "tasks"], ["content", "parameters"]]
    members.companions = ["parameters": "tasks"]
    return members
  }()

  /// The keys of a pipeline's spec: its field table, the lists of steps, its version and the lifecycle.
  static let pipeline: Members = {
    let table = Members(of: ImagePipeline.self, isExpandable: false).all.flatMap { member in
      switch member.name {
      case "name": [member, pipelineVersion]
      case "buildContent": [steps("build", "Steps that build the image."), member]
      case "testContent": [steps("test", "Steps that test the image."), member]
      default: [member]
      }
    }
    var members = Members(table + [lifecycle])
    members.exclusive = [["build", "buildContent"], ["test", "testContent"]]
    return members
  }()

  /// The keys of a component's spec that are not in the field table.
  static let componentSugar = sugar(of: component, beyond: ImageComponent.names)
  /// The keys of a pipeline's spec that are not in the field table.
  static let pipelineSugar = sugar(of: pipeline, beyond: ImagePipeline.names)

  private static func sugar(of members: Members, beyond table: FieldNames) -> [String] {
    members.names.filter { table[$0] == nil }
  }

  private static func version(_ row: Member) -> Member {
    Member(
      row.name, .pattern(#"^(auto|[0-9]+\.[0-9]+\.([0-9]+|x))$"#, example: "1.4.0"), row.summary)
  }

  private static let pipelineVersion = Member(
    "version", .pattern(#"^[0-9]+\.[0-9]+\.[0-9]+$"#, example: "2.0.0"),
    "The recipe's version, which Kiln keeps in a tag, as the service knows none.")

  private static func steps(_ name: String, _ summary: String) -> Member {
    Member(name, .list(.mapping(step)), summary)
  }

  /// The keys of `lifecycle`.
  static let lifecycleKeys = Members([
    Member(
      "protected", .boolean, default: .boolean(false),
      "Whether the last object of the address may not be deleted."),
    Member(
      "retain", .integer([.range(0...1000)]), default: .integer(0), "How many superseded objects are kept."),
  ])

  private static let lifecycle = Member(
    "lifecycle", .mapping(lifecycleKeys), "What is asked of Kiln beyond the service's own fields.")

  /// The keys of one of a component's parameters.
  static let parameter = Members([
    Member(
      "type", .text([.oneOf(ParameterType.allCases.map(\.rawValue))]), isRequired: true,
      "The type of the parameter's values."),
    Member("defaultValue", .text(), "The value where a pipeline gives none; without it, each pipeline must."),
  ])

  private static let parameters = Member(
    "parameters", .dictionary(.mapping(parameter)),
    "Parameters that tasks refer to as {{ name }} and pipelines give values to.")

  /// The keys of a task.
  static let task = Members([
    Member("name", .text(), isRequired: true, "The name by which later tasks refer to the output."),
    Member(
      "action", .text([.oneOf(TaskAction.all.map(\.name))]), isRequired: true, "What the task does."),
    Member(
      "properties", .dictionary(.anything), "How it does it; which keys there are depends on the action."),
  ])

  private static let tasks = Member(
    "tasks", .list(.mapping(task), [.count(1...127)]),
    "The content in its structured form: tasks, run in order.")
}
