// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Reads one step of a `build:` or `test:` list.
struct StepReader {
  let mapping: MappingReader
  let isTest: Bool
  /// Which piece of the content the step makes.
  let index: Int
  /// The component of the stack that the step names, once it is read.
  var reference: DecodedSteps.Reference?

  static let verbs = ManifestGrammar.verbs.map(\.name)
  static let options = ManifestGrammar.componentOptions.map(\.name)
  private static let componentKeys = ["component"] + options

  /// A reader of the step `node`, which makes the piece `piece`; nil with a report where it is no mapping.
  init?(_ node: Node, file: String, isTest: Bool, piece index: Int, into problems: inout Problems) {
    if let scalar = node.scalar, node.tag == nil, !node.isNull {
      problems.report(
        .wrongType(
          "a step", expected: "a mapping", at: Location(file: file, range: node.range),
          hint: scalar.text.count < 60 ? "write run: \(scalar.text)" : "write run: before it"))
      return nil
    }
    let mapping = MappingReader(node, what: "step", file: file, isExpanded: true, into: &problems)
    guard let mapping else { return nil }
    (self.mapping, self.isTest, self.index) = (mapping, isTest, index)
  }

  /// What the step makes of the content; nil with a report where it can't be read.
  mutating func piece(into problems: inout Problems) -> Composition.Piece? {
    guard let step = step(into: &problems) else { return nil }
    if let reference, reference.inlinePiece != nil { return .component(reference.reference, arguments: "") }
    do {
      return try step.rendered()
    } catch {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-step", error.message, at: mapping.location(of: step.word.verb),
          hint: error.hint))
      return nil
    }
  }

  private mutating func step(into problems: inout Problems) -> BuildStep? {
    let verbs = mapping.keys(in: StepReader.verbs)
    guard let verb = verbs.first else {
      mapping.rejectUnknown(ManifestGrammar.step.names, into: &problems)
      if mapping.keys.allSatisfy(StepReader.options.contains) {
        let known = StepReader.verbs.joined(separator: ", ")
        problems.report(
          Diagnostic(
            .error, rule: "step-verb", "a step must have a verb",
            at: Location(file: mapping.file, range: mapping.range), hint: "the verbs are \(known)"))
      }
      return nil
    }
    if verbs.count > 1 {
      problems.report(
        Diagnostic(
          .error, rule: "step-verb", "a step can't have both \(verb) and \(verbs[1])",
          at: mapping.keyLocation(of: verbs[1]), hint: "make two steps of it"))
      return nil
    }
    mapping.rejectUnknown(verb == "component" ? StepReader.componentKeys : [verb], into: &problems)
    guard mapping[verb] != nil else {
      problems.report(
        Diagnostic(.error, rule: "missing-field", "\(verb) needs a value", at: mapping.keyLocation(of: verb)))
      return nil
    }
    switch verb {
    case "component": return component(into: &problems)
    case "run": return mapping.required(verb, into: &problems).map(BuildStep.run)
    case "workdir": return mapping.required(verb, into: &problems).map(BuildStep.workdir)
    case "user": return mapping.required(verb, into: &problems).map(BuildStep.user)
    case "env": return pairs(verb, into: &problems).map(BuildStep.env)
    case "label": return pairs(verb, into: &problems).map(BuildStep.label)
    case "cmd": return start(verb, into: &problems).map(BuildStep.cmd)
    case "entrypoint": return start(verb, into: &problems).map(BuildStep.entrypoint)
    case "copy": return copy(into: &problems)
    default:
      guard let isWanted = mapping.boolean(verb, into: &problems) else { return nil }
      if isWanted { return .restart }
      problems.report(
        .wrongType(
          "restart", expected: "true", at: mapping.location(of: verb),
          hint: "to do without, leave the step out"))
      return nil
    }
  }

  private func copy(into problems: inout Problems) -> BuildStep? {
    guard let node = mapping["copy"] else { return nil }
    if node.scalar != nil, node.tag == nil {
      problems.report(
        .wrongType(
          "copy", expected: "a mapping", at: mapping.location(of: "copy"),
          hint: "write copy: {from: URL or path, to: folder}"))
      return nil
    }
    guard
      let operands = MappingReader(node, what: "copy", file: mapping.file, isExpanded: true, into: &problems)
    else { return nil }
    operands.rejectUnknown(ManifestGrammar.copy.names, into: &problems)
    let source = operands.required("from", into: &problems)
    let destination = operands.required("to", into: &problems)
    guard let source, let destination else { return nil }
    return .copy(source: source, destination: destination)
  }

  private func pairs(_ verb: String, into problems: inout Problems) -> [BuildStep.Pair]? {
    guard let node = mapping[verb],
      let reader = MappingReader(node, what: verb, file: mapping.file, isExpanded: true, into: &problems)
    else { return nil }
    var pairs: [BuildStep.Pair] = []
    for name in reader.keys {
      if reader[name] == nil {
        pairs.append(BuildStep.Pair(name, ""))
      } else if let value = reader.text(name, into: &problems) {
        pairs.append(BuildStep.Pair(name, value))
      }
    }
    return pairs.count == reader.keys.count ? pairs : nil
  }

  private func start(_ verb: String, into problems: inout Problems) -> ContentCommand.Start? {
    guard let node = mapping[verb] else { return nil }
    if case .mapping = node.content, node.tag == nil {
      problems.report(.wrongType(verb, expected: "text or a list of texts", at: mapping.location(of: verb)))
      return nil
    }
    guard case .sequence(let words) = node.content else {
      return mapping.required(verb, into: &problems).map(ContentCommand.Start.shell)
    }
    let texts = words.compactMap { $0.scalar?.text }
    if node.tag != nil || words.contains(where: { $0.tag != nil }) { return nil }
    guard texts.count == words.count else {
      problems.report(
        .wrongType(verb, expected: "text or a list of texts", at: mapping.location(of: verb)))
      return nil
    }
    return .exec(texts)
  }
}

extension CommandWord {
  /// The key of a step that becomes this command.
  fileprivate var verb: String { rawValue.lowercased() }
}
