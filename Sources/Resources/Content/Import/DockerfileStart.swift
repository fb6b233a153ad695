// SPDX-License-Identifier: Apache-2.0

/// What is started: the last `ENTRYPOINT` and the last `CMD`, as Docker puts them together.
struct DockerfileStart {
  private let entrypoint: DockerfileInstruction?
  private let command: DockerfileInstruction?

  /// What the instructions of the image start.
  init(_ instructions: [DockerfileInstruction]) {
    entrypoint = instructions.last { $0.word == "ENTRYPOINT" }
    command = instructions.last { $0.word == "CMD" }
  }

  /// Whether the instruction says what is started.
  func concerns(_ instruction: DockerfileInstruction) -> Bool {
    instruction.word == "ENTRYPOINT" || instruction.word == "CMD"
  }

  /// What `instruction` becomes; nil where another one takes its place.
  func step(for instruction: DockerfileInstruction) -> BuildStep? {
    guard let entrypoint else { return instruction.line == command?.line ? .cmd(instruction.start) : nil }
    guard instruction.line == entrypoint.line else { return nil }
    // A line for the shell takes no arguments, so Docker passes CMD over.
    guard let words = entrypoint.list, let command else { return .entrypoint(entrypoint.start) }
    return .entrypoint(.exec(words + (command.list ?? ["/bin/sh", "-c", command.argument])))
  }

  /// Why `instruction` is no command of its own.
  func reason(against instruction: DockerfileInstruction) -> String {
    let isLast = instruction.line == command?.line || instruction.line == entrypoint?.line
    if !isLast { return "\(instruction.word) is left out: a later one takes its place" }
    return entrypoint?.list == nil
      ? "CMD is left out: Docker passes it over beside an ENTRYPOINT that is a line for the shell"
      : "CMD became the arguments of ENTRYPOINT"
  }
}

extension DockerfileInstruction {
  fileprivate var start: ContentCommand.Start { list.map(ContentCommand.Start.exec) ?? .shell(argument) }
}

extension DockerfileImport {
  /// Adds what is started, at the instruction that says so.
  mutating func carry(_ start: DockerfileStart, at instruction: DockerfileInstruction) {
    guard let step = start.step(for: instruction) else {
      let reason = start.reason(against: instruction)
      return remark(instruction.line, reason, nil, isMapped: !reason.contains("left out"))
    }
    add(step, for: instruction)
    remark(
      instruction.line, "\(instruction.word) is run when the system starts, with no container around it",
      "a service that is restarted when it fails is a unit of systemd: write one, and enable it in a RUN line",
      isMapped: true)
  }
}
