// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A `build:` or `test:` list, read.
struct DecodedSteps {
  /// A step that names a component of the stack.
  struct Reference: Sendable {
    let reference: ComponentReference
    let arguments: [ComponentArgument]
    let place: Location
    let isTest: Bool
  }

  private(set) var composition = Composition([])
  private(set) var references: [Reference] = []
  /// Where the step of each piece stands.
  private(set) var places: [Location] = []
  let isTest: Bool

  /// Reads the steps of `node`, the value of `key`; what can't be read is reported and left out.
  init(_ node: Node, called key: String, file: String, into problems: inout Problems) {
    isTest = key == "test"
    guard case .sequence(let elements) = node.content else {
      problems.report(
        .wrongType(key, expected: "a list of steps", at: Location(file: file, range: node.range)))
      return
    }
    var pieces: [Composition.Piece] = []
    for element in elements {
      guard let reader = MappingReader(element, what: "step", file: file, into: &problems),
        let step = step(reader, into: &problems)
      else { continue }
      let place = Location(file: file, range: element.range)
      do {
        pieces.append(try step.rendered())
        places.append(place)
      } catch {
        problems.report(
          Diagnostic(
            .error, rule: "invalid-step", error.message, at: reader.location(of: step.word.verb),
            hint: error.hint))
      }
    }
    composition = Composition(pieces)
  }

  private static let verbs = [
    "component", "run", "env", "workdir", "copy", "user", "label", "cmd", "entrypoint", "restart",
  ]

  private mutating func step(_ step: MappingReader, into problems: inout Problems) -> BuildStep? {
    let verbs = step.keys.filter(DecodedSteps.verbs.contains)
    guard verbs.count == 1, let verb = verbs.first else {
      step.rejectUnknown(DecodedSteps.verbs + ["version", "parameters"], into: &problems)
      let known = DecodedSteps.verbs.joined(separator: ", ")
      problems.report(
        Diagnostic(
          .error, rule: "step-verb", "a step must have exactly one verb",
          at: Location(file: step.file, range: step.node.range), hint: "the verbs are \(known)"))
      return nil
    }
    let options = verb == "component" ? ["version", "parameters"] : []
    step.rejectUnknown([verb] + options, into: &problems)
    switch verb {
    case "component": return component(step, into: &problems)
    case "run": return step.required(verb, into: &problems).map(BuildStep.run)
    case "workdir": return step.required(verb, into: &problems).map(BuildStep.workdir)
    case "user": return step.required(verb, into: &problems).map(BuildStep.user)
    case "env": return pairs(step, verb, into: &problems).map(BuildStep.env)
    case "label": return pairs(step, verb, into: &problems).map(BuildStep.label)
    case "cmd": return start(step, verb, into: &problems).map(BuildStep.cmd)
    case "entrypoint": return start(step, verb, into: &problems).map(BuildStep.entrypoint)
    case "copy": return copy(step, into: &problems)
    default:
      guard step.boolean(verb, into: &problems) == true else {
        problems.report(
          .wrongType(
            "step.restart", expected: "true; to do without, leave the step out",
            at: step.location(of: verb)))
        return nil
      }
      return .restart
    }
  }

  private func copy(_ step: MappingReader, into problems: inout Problems) -> BuildStep? {
    guard let node = step["copy"],
      let operands = MappingReader(node, what: "copy", file: step.file, into: &problems)
    else { return nil }
    operands.rejectUnknown(["from", "to"], into: &problems)
    let source = operands.required("from", into: &problems)
    let destination = operands.required("to", into: &problems)
    guard let source, let destination else { return nil }
    return .copy(source: source, destination: destination)
  }

  private func pairs(
    _ step: MappingReader, _ verb: String, into problems: inout Problems
  ) -> [BuildStep.Pair]? {
    guard let node = step[verb],
      let reader = MappingReader(node, what: verb, file: step.file, into: &problems)
    else { return nil }
    return reader.keys.map { BuildStep.Pair($0, reader.text($0, into: &problems) ?? "") }
  }

  private func start(
    _ step: MappingReader, _ verb: String, into problems: inout Problems
  ) -> ContentCommand.Start? {
    guard let node = step[verb] else { return nil }
    guard case .sequence(let words) = node.content else {
      return step.required(verb, into: &problems).map(ContentCommand.Start.shell)
    }
    let texts = words.compactMap { $0.scalar?.text }
    guard texts.count == words.count else {
      problems.report(
        .wrongType("step.\(verb)", expected: "text or a list of texts", at: step.location(of: verb)))
      return nil
    }
    return .exec(texts)
  }

  private mutating func component(_ step: MappingReader, into problems: inout Problems) -> BuildStep? {
    let arguments = arguments(step, into: &problems)
    guard let node = step["component"] else { return nil }
    if case .mapping = node.content {
      return foreign(node, step, into: &problems).map { .component(.handle($0), arguments) }
    }
    guard let name = step.text("component", into: &problems) else { return nil }
    let version = step.text("version", into: &problems)
    let pattern = version.flatMap { VersionPattern($0) }
    if let version, pattern == nil {
      problems.report(
        .wrongType(
          "version", expected: "like 1.4.0 or 1.*.*, not \(version)", at: step.location(of: "version")))
    }
    let reference = ComponentReference(name, version: pattern)
    references.append(
      Reference(
        reference: reference, arguments: arguments, place: step.location(of: "component"), isTest: isTest))
    return .component(.stack(reference), arguments)
  }

  /// A component that the stack does not own, by id or ARN.
  private func foreign(
    _ node: Node, _ step: MappingReader, into problems: inout Problems
  ) -> ComponentHandle? {
    guard let reader = MappingReader(node, what: "component", file: step.file, into: &problems) else {
      return nil
    }
    reader.rejectUnknown(["id", "arn"], into: &problems)
    guard reader.keys.count == 1, let key = reader.keys.first, let text = reader.text(key, into: &problems)
    else {
      problems.report(
        .wrongType(
          "component", expected: "a name, {id: ...} or {arn: ...}", at: step.location(of: "component")))
      return nil
    }
    guard let handle = ComponentHandle(text) else {
      let expected =
        key == "id"
        ? "an id like ic-bp1example" : "like acs:ecs:REGION:ACCOUNT:imagecomponent/NAME/VERSION"
      problems.report(.wrongType("component.\(key)", expected: expected, at: reader.location(of: key)))
      return nil
    }
    return handle
  }

  private func arguments(_ step: MappingReader, into problems: inout Problems) -> [ComponentArgument] {
    guard let node = step["parameters"],
      let reader = MappingReader(node, what: "parameters", file: step.file, into: &problems)
    else { return [] }
    return reader.keys.compactMap { name in
      reader.text(name, into: &problems).map { ComponentArgument(name: name, value: $0) }
    }
  }
}

extension CommandWord {
  /// The key of a step that becomes this command.
  fileprivate var verb: String { rawValue.lowercased() }
}
