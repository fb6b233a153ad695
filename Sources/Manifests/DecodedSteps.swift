// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A `build:` or `test:` list, read.
struct DecodedSteps {
  private(set) var composition: Composition
  private(set) var references: [(reference: ComponentReference, place: Location)] = []

  /// Reads the steps of `node`, the value of `key`; what can't be read is reported and left out.
  init(_ node: Node, called key: String, file: String, into problems: inout Problems) {
    composition = Composition([])
    guard case .sequence(let elements) = node.content else {
      problems.report(
        .wrongType(key, expected: "a list of steps", at: Location(file: file, range: node.range)))
      return
    }
    var pieces: [Composition.Piece] = []
    for element in elements {
      guard let reader = MappingReader(element, what: "step", file: file, into: &problems) else { continue }
      if let piece = piece(reader, into: &problems) { pieces.append(piece) }
    }
    composition = Composition(pieces)
  }

  private static let verbs = ["component", "run", "restart"]

  private mutating func piece(_ step: MappingReader, into problems: inout Problems) -> Composition.Piece? {
    let verbs = step.keys.filter(DecodedSteps.verbs.contains)
    guard verbs.count == 1, let verb = verbs.first else {
      step.rejectUnknown(DecodedSteps.verbs + ["version", "parameters"], into: &problems)
      problems.report(
        Diagnostic(
          .error, rule: "step-verb",
          "a step must have exactly one of \(DecodedSteps.verbs.joined(separator: ", "))",
          at: Location(file: step.file, range: step.node.range)))
      return nil
    }
    switch verb {
    case "component":
      step.rejectUnknown(["component", "version", "parameters"], into: &problems)
      return component(step, into: &problems)
    case "run":
      step.rejectUnknown(["run"], into: &problems)
      guard let script = step.required("run", into: &problems) else { return nil }
      return .command("RUN \(script)")
    default:
      step.rejectUnknown(["restart"], into: &problems)
      return step.boolean("restart", into: &problems) == true ? .command("RESTART") : nil
    }
  }

  private mutating func component(
    _ step: MappingReader, into problems: inout Problems
  ) -> Composition.Piece? {
    let arguments = parameters(step, into: &problems)
    guard let node = step["component"] else { return nil }
    if case .mapping = node.content {
      guard let foreign = MappingReader(node, what: "component", file: step.file, into: &problems) else {
        return nil
      }
      foreign.rejectUnknown(["id", "arn"], into: &problems)
      let id = foreign.text("id", into: &problems)
      guard let handle = id ?? foreign.text("arn", into: &problems) else {
        problems.report(.missingField("component.id", at: step.location(of: "component")))
        return nil
      }
      return .command("COMPONENT \(handle)" + (arguments.isEmpty ? "" : " \(arguments)"))
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
    references.append((reference, step.location(of: "component")))
    return .component(reference, arguments: arguments)
  }

  /// The parameters as they follow a component's id: `--name value`.
  private func parameters(_ step: MappingReader, into problems: inout Problems) -> String {
    guard let node = step["parameters"],
      let reader = MappingReader(node, what: "parameters", file: step.file, into: &problems)
    else { return "" }
    var words: [String] = []
    for name in reader.keys {
      guard let value = reader.text(name, into: &problems) else { continue }
      if value.isEmpty || value.hasPrefix("--") || value.contains(where: \.isWhitespace) {
        problems.report(
          Diagnostic(
            .error, rule: "parameter-value",
            "parameter \(name) can't be passed: a COMPONENT line carries only values without spaces",
            at: reader.location(of: name)))
      }
      words += ["--\(name)", value]
    }
    return words.joined(separator: " ")
  }
}
