// SPDX-License-Identifier: Apache-2.0

import Resources

extension ManifestGrammar {
  /// The keys of a step: one verb, and what goes with it.
  static let step: Members = {
    var members = Members(verbs + componentOptions)
    members.alternatives = verbs.map(\.name)
    members.companions = Dictionary(uniqueKeysWithValues: componentOptions.map { ($0.name, "component") })
    return members
  }()

  /// The keys that say what a step does.
  static let verbs: [Member] = [
    Member(
      "component", .either([.text(), .mapping(handle)]),
      "Inserts a component: one of the stack by its name, any other by its id or ARN."),
    Member("run", .text(), "Runs a shell script, which may have several lines."),
    Member("env", .dictionary(.text()), "Sets environment variables."),
    Member("workdir", .text(), "Sets the working directory."),
    Member("copy", .mapping(copy), "Fetches a URL, or copies a path of the instance, into a folder."),
    Member("user", .text(), "Chooses the account of the steps that follow."),
    Member("label", .dictionary(.text()), "Sets labels."),
    Member("cmd", .either([.text(), .list(.text())]), "Names the command to run when the system starts."),
    Member(
      "entrypoint", .either([.text(), .list(.text())]), "Names the program to run when the system starts."),
    Member("restart", .boolean, "Reboots the instance; its value is true."),
  ]

  /// The keys that only a step with a component may have.
  static let componentOptions: [Member] = [
    Member(
      "version", .pattern(#"^([0-9]+|\*)\.([0-9]+|\*)\.([0-9]+|\*)$"#, example: "1.*.*"),
      "Which of the described versions is meant."),
    Member(
      "follow", .boolean, default: .boolean(false),
      "Whether the service picks the version, so that a new one does not replace the pipeline."),
    Member("parameters", .dictionary(.text()), "Values of the component's parameters."),
    Member(
      "compose", .text([.oneOf(compositions)]), default: .text("reference"),
      "Whether the pipeline names the component, or has its commands in place of the step."),
  ]

  /// The ways in which a component can be put into a pipeline.
  static let compositions = ["reference", "inline"]

  /// The keys of a component that the stack does not own.
  static let handle: Members = {
    var members = Members([
      Member("id", .pattern("^ic-[A-Za-z0-9_-]+$", example: "ic-bp1example"), "The component's id."),
      Member(
        "arn", .pattern("^acs:ecs:[^:]+:[^:]+:imagecomponent/.+$", example: "acs:ecs:..."),
        "The component's ARN, with a version that may hold *."),
    ])
    members.alternatives = ["id", "arn"]
    return members
  }()

  /// The keys of `copy`.
  static let copy = Members([
    Member("from", .text(), isRequired: true, "A URL, or a path on the instance."),
    Member("to", .text(), isRequired: true, "A folder on the instance."),
  ])
}
