// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// What is refused in contents of the YAML form, and where.
struct YAMLViolationTests {
  static let task = "\n  - Name: a\n    Action: RunShellCommand\n    Properties: {commandContent: ls}\n"

  static let wrong: [String] = [
    "Tasks: ▸[]◂", "Tasks: ▸{}◂", "Tasks: ▸later◂", "Tasks: [▸ls◂]", "Tasks: [a▸◂",
    "Tasks:\n  - Name: a\n▸\tAction: Reboot",
    "Tasks:\n  - ▸Name◂: a\n", "Tasks:\n  - ▸Action◂: Reboot\n", "Tasks:\n  - {▸Name◂: a}",
    "Tasks:\n  - {Name: a, Action: ▸Dance◂}", "Tasks:\n  - {Name: a, Action: ▸[Reboot]◂}",
    "Tasks:\n  - {▸Name◂: , Action: Reboot}", "Tasks:\n  - {Name: a, Action: ▸RunShellCommand◂}",
    "Tasks:\n  - {Name: a, Action: ▸RunShellCommand◂, Properties: {commandContents: ls}}",
    "Tasks:\n  - {Name: a, Action: RunShellCommand, Properties: ▸ls◂}",
    "Tasks:\n  - {Name: a, Action: RunShellCommand, Properties: {commandContent: ▸[ls]◂}}",
    "Tasks:\n  - {Name: a, Action: Reboot, Properties: {forceStop: ▸sometimes◂}}",
    "Tasks:\n  - {Name: a, Action: Reboot, Properties: {forceStop: ▸no◂}}",
    "Tasks:\n  - Name: a\n    Action: WebDownload\n    Properties:\n      sourcePath: a\n      destinationDir: b\n"
      + "      timeout: ▸long◂\n",
    "Tasks:\n  - {Name: a, Action: InvokeCommand, Properties: {commandId: c, parameters: ▸[a]◂}}",
    "Tasks:\n  - {Name: a, Action: ▸RunPowerShellCommand◂, Properties: {commandContent: dir}}",
    "Parameters: ▸[a]◂\nTasks:\(task)", "Parameters:\n  a: ▸String◂\nTasks:\(task)",
    "Parameters:\n  ▸a◂:\nTasks:\(task)", "Parameters:\n  ▸a◂: {DefaultValue: 1}\nTasks:\(task)",
    "Parameters:\n  a: {Type: ▸string◂}\nTasks:\(task)",
    "Parameters:\n  a: {Type: Number, DefaultValue: ▸eighty◂}\nTasks:\(task)",
    "Parameters:\n  a: {Type: Boolean, DefaultValue: ▸1◂}\nTasks:\(task)",
    "Parameters:\n  a: {Type: String, DefaultValue: ▸[]◂}\nTasks:\(task)",
    "Parameters:\n  a: {Type: String}\n  ▸a◂: {Type: String}\nTasks:\(task)",
    "Parameters:\n  日本語: {Type: String, DefaultValue: ▸[é]◂}\nTasks:\(task)",
    "Tasks:\(task)---\n▸Tasks:\(task)",
    "Tasks:\(task)▸Tasks◂: []", "Tasks: ▸!file a◂",
  ]

  static let right: [String] = [
    "Tasks:\(task)", "{\"Tasks\": [{\"Name\": \"a\", \"Action\": \"Reboot\"}]}",
    "# why\n---\nTasks:\(task)...\n",
    "Parameters:\nTasks:\(task)", "Parameters: {}\nTasks:\(task)", "\u{FEFF}Tasks:\(task)",
    "Parameters:\n  a: {Type: Number, DefaultValue: 1.5e3}\n  b: {Type: Boolean, DefaultValue: true}\n"
      + "  c: {Type: String, DefaultValue: no}\n  d: {Type: String, DefaultValue: }\nTasks:\(task)",
    "Tasks:\n  - {Name: a, Action: Reboot, Properties: {forceStop: true}}\n  - {Name: b, Action: Reboot}",
    "Parameters: {t: {Type: Number}}\nTasks:\n  - Name: a\n    Action: WebDownload\n    Properties:\n"
      + "      sourcePath: {{ t }}\n      destinationDir: /a\n      timeout: {{t}}\n",
    "Tasks:\n  - {Name: a, Action: InvokeCommand, Properties: {commandId: c, parameters: {x: 1, y: [a]}}}",
    "Tasks:\n  - {Name: a, Action: InvokeCommand, Properties: {commandId: c, parameters: '{\"x\": 1}'}}",
    "Tasks:\n  - Name: a\n    Action: RunShellCommand\n    Properties:\n      commandContent: |\n"
      + "        docker ps --format '{{.Names}}' # a: b\n        echo {{ a }}",
    "Extra: 1\nTasks:\(task)", "Tasks:\(task.replacing("\n", with: "\r\n"))",
  ]

  @Test(arguments: wrong) func structureIsRefused(_ marked: String) {
    let example = Marked(marked)
    let violations = ContentText(example.text).violations(at: .component(.linux))
    #expect(violations.map(\.code) == ["InvalidParameter.Content"], "\(violations)")
    #expect(violations.allSatisfy { $0.status == 400 })
    if let first = violations.first { #expect(example.shows(first.byteRange), "\(first)") }
  }

  @Test(arguments: right) func soundContentsAreTaken(_ text: String) {
    #expect(ContentText(text).violations(at: .component(.linux)) == [])
  }

  @Test(
    arguments: zip(
      [ContentPlace.build, .test], ["InvalidParameter.BuildContent", "InvalidParameter.TestContent"]))
  func pipelinesTakeNoYAML(_ place: ContentPlace, _ code: String) {
    #expect(ContentText("Tasks:\(Self.task)").violations(at: place).map(\.code) == [code])
  }

  @Test func windowsTakesItsOwnActions() {
    let text = "Tasks:\n  - {Name: a, Action: RunPowerShellCommand, Properties: {commandContent: dir}}"
    #expect(ContentText(text).violations(at: .component(.windows)) == [])
    #expect(ContentText("Tasks:\(Self.task)").violations(at: .component(.windows)).map(\.check) == [.form])
  }

  @Test func tasksAreCounted() {
    let tasks = (0..<128).map { "  - {Name: t\($0), Action: Reboot}\n" }.joined()
    let violations = ContentText("Tasks:\n\(tasks)").violations(at: .component(.linux))
    #expect(violations.map(\.code) == ["InvalidImageTemplateCommandSize.ExceededMaxNumber"])
  }

  @Test(arguments: [
    "RUN echo Tasks", "Parameters: {}", "Tasks", "- Tasks: 1", "x: {Tasks: 1}", "RUN a\n  Tasks: b",
  ])
  func otherTextsAreCommandLines(_ text: String) {
    guard case .dockerfile = ContentText(text).body else {
      Issue.record("taken for YAML")
      return
    }
  }

  @Test func parametersAreToldWithTypeAndDefault() {
    let text =
      "Parameters:\n  port: {Type: Number, DefaultValue: 8080}\n  channel: {Type: String}\n"
      + "  on: {Type: Boolean, DefaultValue: TRUE}\nTasks:\(Self.task)"
    #expect(
      ContentText(text).declaredParameters == [
        .init(name: "port", type: .number, defaultValue: "8080"), .init(name: "channel", type: .string),
        .init(name: "on", type: .boolean, defaultValue: "true"),
      ])
  }

  @Test func referencesAreFoundWhereTheyStand() throws {
    let marked = Marked(
      "Tasks:\n  - Name: é\n    Action: RunShellCommand\n    Properties:\n      commandContent: ▸{{ a }}◂ {{b.stdout}}\n"
    )
    guard case .yaml(let content) = ContentText(marked.text).body else {
      Issue.record("not taken for YAML")
      return
    }
    let property = try #require(content.tasks.first?.properties.first)
    #expect(property.value == .text("{{ a }} {{b.stdout}}"))
    #expect(property.isPlain)
    #expect(property.references.map(\.target) == [.parameter("a"), .output(task: "b", name: "stdout")])
    #expect(marked.shows(property.references[0].byteRange))
  }
}
