// SPDX-License-Identifier: Apache-2.0

extension DockerfileImport {
  /// Adds what takes the place of `instruction`, and notes where that is not the same.
  mutating func carry(_ instruction: DockerfileInstruction) {
    switch instruction.word {
    case "RUN": carryRun(instruction)
    case "ENV": carryPairs(instruction, BuildStep.env)
    case "LABEL": carryPairs(instruction, BuildStep.label)
    case "WORKDIR": add(.workdir(instruction.argument), for: instruction)
    case "USER": carryUser(instruction)
    case "ADD": carryAdd(instruction)
    case "COPY": carryCopy(instruction)
    case "ARG": carryArg(instruction)
    case "SHELL": carryShell(instruction)
    case "MAINTAINER":
      add(.label([BuildStep.Pair("maintainer", instruction.argument)]), for: instruction)
      remark(instruction.line, "MAINTAINER became a LABEL", nil, isMapped: true)
    case "FROM":
      let image = instruction.words.first ?? ""
      remark(
        instruction.line, "FROM \(image) is left out: the image belongs to the pipeline",
        "set baseImageType and baseImage of the pipeline to an image of ECS with the same system")
    default:
      let advice = DockerfileImport.withoutCounterpart[instruction.word]
      remark(
        instruction.line,
        advice == nil
          ? "\(instruction.word) is left out: no such instruction is known"
          : "\(instruction.word) is left out: \(advice?.reason ?? "")",
        advice?.hint)
    }
  }

  /// Instructions that say something about containers: why they are left out, and what may take their place.
  private static let withoutCounterpart: [String: (reason: String, hint: String?)] = [
    "EXPOSE": ("a machine has no ports to publish", "open the port in the security group of the instances"),
    "VOLUME": ("a machine has no volumes of that kind", "make the folder in a RUN line, or attach a disk"),
    "HEALTHCHECK": (
      "nothing looks after the process of a machine",
      "check the same in a Test component, which runs after the build"
    ),
    "STOPSIGNAL": ("a machine has no such signal", "set KillSignal in the unit of systemd"),
    "ONBUILD": ("nothing builds on a component", "put the instruction into the component that needs it"),
  ]

  private mutating func carryPairs(
    _ instruction: DockerfileInstruction, _ step: ([BuildStep.Pair]) -> BuildStep
  ) {
    let line = "\(instruction.word) \(instruction.argument)"
    switch DockerfileContent(line).lines.first?.command {
    case .env(let pairs), .label(let pairs):
      add(step(pairs.map { BuildStep.Pair($0.name, $0.value) }), for: instruction)
    default:
      remark(instruction.line, "\(instruction.word) is left out: its argument is not understood", nil)
    }
  }

  private mutating func carryUser(_ instruction: DockerfileInstruction) {
    let parts = instruction.argument.split(separator: ":", maxSplits: 1)
    guard let name = parts.first else { return add(.user(instruction.argument), for: instruction) }
    add(.user(String(name)), for: instruction)
    if parts.count > 1 {
      remark(instruction.line, "the group of USER \(instruction.argument) is left out", nil, isMapped: true)
    }
    if name.contains("$") { return }
    let made = commands.contains { $0.contains("useradd") || $0.contains("adduser") }
    if !made, name != "root", name != "0" {
      remark(
        instruction.line, "USER \(name) must exist, or the build fails",
        "make the account in a RUN line before it: useradd \(name)", isMapped: true)
    }
  }

  private mutating func carryArg(_ instruction: DockerfileInstruction) {
    let name = instruction.name
    let given = instruction.argument.contains("=") ? instruction : globals[name] ?? instruction
    guard given.argument.contains("=") else {
      remark(
        instruction.line, "ARG \(name) is left out: it has no default",
        "set it with ENV, or use the structured form of components, which has parameters")
      return
    }
    let read = DockerfileContent("ENV \(given.argument)").lines.first?.command
    guard case .env(let pairs) = read, let pair = pairs.first else {
      remark(instruction.line, "ARG \(name) is left out: its default is not understood", nil)
      return
    }
    add(.env([BuildStep.Pair(pair.name, pair.value)]), for: instruction)
    remark(
      instruction.line, "ARG \(name) became ENV with its default, so it stays in the image",
      "to give it a value for each pipeline, use the structured form with parameters", isMapped: true)
  }

  private mutating func carryShell(_ instruction: DockerfileInstruction) {
    guard let words = instruction.list, !words.isEmpty else {
      remark(instruction.line, "SHELL is left out: it is no list of texts", nil)
      return
    }
    shell = words == ["/bin/sh", "-c"] ? nil : words
    remark(
      instruction.line, "SHELL is left out: the RUN lines that follow name \(words[0]) themselves", nil,
      isMapped: true)
  }
}

extension DockerfileInstruction {
  /// The texts of the argument, where it is a JSON list.
  var list: [String]? {
    guard argument.hasPrefix("[") else { return nil }
    let bytes = Array(argument.utf8)
    var reader = StringListReader(bytes: bytes, range: bytes.indices)
    return reader.read()
  }
}
