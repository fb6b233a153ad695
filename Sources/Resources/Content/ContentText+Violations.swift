// SPDX-License-Identifier: Apache-2.0

extension ContentText {
  /// For what the service refuses the content at `place`, the one that it would tell first.
  ///
  /// The order is: presence, size, number of commands, form, then line by line. Whether the components that the
  /// text names exist, and take the parameters that it hands them, is not looked at.
  public func violations(at place: ContentPlace) -> [ContentViolation] {
    var violations = wholeViolations(at: place)
    guard !violations.contains(where: { $0.check == .present || $0.check == .form }) else {
      return violations
    }
    switch body {
    case .dockerfile(let content): content.addViolations(at: place, to: &violations)
    case .yaml(let content): content.addViolations(at: place, to: &violations)
    }
    return Array(violations.prefix(ContentViolation.limit))
  }

  /// What is wrong with the content as a whole.
  private func wholeViolations(at place: ContentPlace) -> [ContentViolation] {
    var violations: [ContentViolation] = []
    if isBlank {
      if case .component = place {
        violations.append(
          ContentViolation(.present, at: place, "the component has no content", 0..<size))
      }
      return violations
    }
    if size > ContentCheck.maximumSize {
      violations.append(
        ContentViolation(
          .size, at: place, "the content has \(size) bytes; \(ContentCheck.maximumSize) are allowed",
          hint: "move scripts to files that the build fetches, or split it", ContentCheck.maximumSize..<size))
    }
    if let first = commandRanges.dropFirst(ContentCheck.maximumCommands).first {
      violations.append(
        ContentViolation(
          .commandCount, at: place,
          "the content has \(commandRanges.count) commands; \(ContentCheck.maximumCommands) are allowed",
          hint: "join RUN lines with &&, or split it", first))
    }
    return violations + formViolations(at: place)
  }

  private func formViolations(at place: ContentPlace) -> [ContentViolation] {
    switch (body, place) {
    case (.dockerfile(let content), .component(.windows)):
      [
        ContentViolation(
          .form, at: place, "a Windows component can't be in the Dockerfile form",
          hint: "write it in the YAML form, with RunPowerShellCommand tasks",
          content.lines.first?.range ?? 0..<size)
      ]
    case (.dockerfile(let content), .component) where content.lines.isEmpty:
      [ContentViolation(.form, at: place, "the component has no command", 0..<size)]
    case (.yaml, .build), (.yaml, .test):
      [
        ContentViolation(
          .form, at: place, "a pipeline's content can't be in the YAML form",
          hint: "put the tasks into a component and name that with COMPONENT", 0..<size)
      ]
    case (.dockerfile, _), (.yaml, .component): []
    }
  }

  /// Where the commands stand: the logical lines, or the tasks.
  private var commandRanges: [Range<Int>] {
    switch body {
    case .dockerfile(let content): content.lines.map(\.range)
    case .yaml(let content): content.tasks.map(\.range)
    }
  }

  private var isBlank: Bool { text.utf8.allSatisfy { $0.isBlank || $0 == Byte.newline } }
}
