// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A `build:` or `test:` list, read.
struct DecodedSteps {
  private(set) var composition: Composition
  private(set) var references: [(reference: ComponentReference, place: Location)] = []
  /// Whether every step could be read.
  private(set) var isWhole = true

  /// Reads the steps of `node`, the value of `key`; what can't be read is reported and left out.
  init(_ node: Node, called key: String, file: String, into problems: inout Problems) {
    composition = Composition([])
    guard case .sequence(let elements) = node.content else {
      isWhole = false
      if node.tag != nil { return }
      problems.report(
        .wrongType(
          key, expected: "a list of steps", at: Location(file: file, range: node.range),
          hint: node.scalar == nil ? nil : "text goes under \(key)Content"))
      return
    }
    var pieces: [Composition.Piece] = []
    for element in elements {
      if let piece = piece(element, file: file, into: &problems) {
        pieces += piece
      } else {
        isWhole = false
      }
    }
    composition = Composition(pieces)
  }

  private static let verbs = ["component", "run", "restart"]

  /// What a step puts into the content, perhaps nothing; nil when it can't be read.
  private mutating func piece(
    _ node: Node, file: String, into problems: inout Problems
  ) -> [Composition.Piece]? {
    if let scalar = node.scalar, node.tag == nil, !node.isNull {
      problems.report(
        .wrongType(
          "a step", expected: "a mapping", at: Location(file: file, range: node.range),
          hint: scalar.text.count < 60 ? "write run: \(scalar.text)" : "write run: before it"))
      return nil
    }
    guard let step = MappingReader(node, what: "step", file: file, isExpanded: true, into: &problems) else {
      return nil
    }
    let verbs = step.keys.filter(DecodedSteps.verbs.contains)
    guard let verb = verbs.first else {
      step.rejectUnknown(DecodedSteps.verbs + ["version", "parameters"], into: &problems)
      if step.keys.allSatisfy(["version", "parameters"].contains) {
        problems.report(.verbMissing(DecodedSteps.verbs, at: Location(file: file, range: node.range)))
      }
      return nil
    }
    if verbs.count > 1 {
      problems.report(
        Diagnostic(
          .error, rule: "step-verb", "a step can't have both \(verb) and \(verbs[1])",
          at: step.keyLocation(of: verbs[1]), hint: "make two steps of it"))
      return nil
    }
    step.rejectUnknown(
      verb == "component" ? ["component", "version", "parameters"] : [verb], into: &problems)
    guard step[verb] != nil else {
      problems.report(
        Diagnostic(.error, rule: "missing-field", "\(verb) needs a value", at: step.keyLocation(of: verb)))
      return nil
    }
    switch verb {
    case "component": return component(step, into: &problems).map { [$0] }
    case "run": return script(step, into: &problems).map { [.command("RUN \($0)")] }
    default: return step.boolean("restart", into: &problems).map { $0 ? [.command("RESTART")] : [] }
    }
  }

  /// The argument of a RUN command, which is one line unless backslashes continue it (content language, §3.1).
  private func script(_ step: MappingReader, into problems: inout Problems) -> String? {
    guard var script = step.text("run", into: &problems)?[...] else { return nil }
    while script.last?.isWhitespace ?? false { script.removeLast() }
    script = script.drop(while: \.isWhitespace)
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    if script.isEmpty {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value", "run must not be empty", at: step.location(of: "run"),
          hint: "the service would answer EmptyCommandContent.RUN"))
      return nil
    }
    if !lines.dropLast().allSatisfy({ $0.hasSuffix("\\") }) {
      problems.report(
        Diagnostic(
          .error, rule: "several-lines", "run must be one command line", at: step.location(of: "run"),
          hint: "end lines with && \\, or make several steps of it"))
      return nil
    }
    return String(script)
  }

  private mutating func component(
    _ step: MappingReader, into problems: inout Problems
  ) -> Composition.Piece? {
    let arguments = parameters(step, into: &problems)
    guard let node = step["component"] else { return nil }
    if case .mapping = node.content {
      let handle = foreign(node, step, into: &problems)
      guard let handle, let arguments else { return nil }
      return .command("COMPONENT \(handle)" + (arguments.isEmpty ? "" : " \(arguments)"))
    }
    guard let name = step.text("component", into: &problems) else { return nil }
    var pattern: VersionPattern?
    if step["version"] != nil {
      guard let version = step.text("version", into: &problems) else { return nil }
      pattern = VersionPattern(version)
      if pattern == nil {
        problems.report(
          .wrongType(
            "version", expected: "like 1.4.0 or \"1.*.*\", not \(version)", at: step.location(of: "version")))
        return nil
      }
    }
    let reference = ComponentReference(name, version: pattern)
    references.append((reference, step.location(of: "component")))
    return arguments.map { .component(reference, arguments: $0) }
  }

  /// The id or resource name of a component that the stack does not own.
  private func foreign(_ node: Node, _ step: MappingReader, into problems: inout Problems) -> String? {
    guard
      let reader = MappingReader(
        node, what: "component", file: step.file, isExpanded: true, into: &problems)
    else { return nil }
    reader.rejectUnknown(["id", "arn"], into: &problems)
    if step["version"] != nil {
      problems.report(
        Diagnostic(
          .error, rule: "misplaced-version", "version goes with components of the stack only",
          at: step.keyLocation(of: "version"), hint: "an arn has the version at its end"))
    }
    guard let key = ["id", "arn"].first(where: { reader[$0] != nil }) else {
      if reader.keys.allSatisfy(["id", "arn"].contains) {
        problems.report(.missingField("component.id", at: step.location(of: "component")))
      }
      return nil
    }
    if key == "id", reader["arn"] != nil {
      problems.report(
        Diagnostic(
          .error, rule: "step-verb", "a component can't have both id and arn",
          at: reader.keyLocation(of: "arn")))
      return nil
    }
    guard let text = reader.text(key, into: &problems) else { return nil }
    switch (key, ComponentHandle(text)) {
    case ("id", .id?), ("arn", .arn?): return text
    default:
      let form = key == "id" ? "ic-..." : "acs:ecs:REGION:ACCOUNT:imagecomponent/NAME/VERSION"
      problems.report(
        .wrongType("component.\(key)", expected: "like \(form)", at: reader.location(of: key)))
      return nil
    }
  }

  /// The parameters as they follow a component's id, `--name value`; nil when one of them can't be read.
  private func parameters(_ step: MappingReader, into problems: inout Problems) -> String? {
    guard let node = step["parameters"] else { return "" }
    guard
      let reader = MappingReader(
        node, what: "parameters", file: step.file, isExpanded: true, into: &problems)
    else { return nil }
    var words: [String] = []
    var isWhole = true
    for name in reader.keys {
      guard reader[name]?.tag == nil else {
        isWhole = false
        continue
      }
      let value = reader[name] == nil ? "" : reader.text(name, into: &problems)
      if name.isEmpty || name.contains(where: { $0.isWhitespace || $0 == "=" }) {
        problems.report(
          Diagnostic(
            .error, rule: "parameter-name", "a parameter can't be called '\(name)'",
            at: reader.keyLocation(of: name), hint: "names have neither spaces nor ="))
        isWhole = false
      }
      if let value, !value.isEmpty, !value.hasPrefix("--"), !value.contains(where: \.isWhitespace) {
        words += ["--\(name)", value]
        continue
      }
      isWhole = false
      guard value != nil else { continue }
      problems.report(
        Diagnostic(
          .error, rule: "parameter-value", "the value of parameter \(name) can't be passed",
          at: reader.location(of: name),
          hint: "a COMPONENT line carries only values that are not empty, have no spaces and no -- in front"))
    }
    return isWhole ? words.joined(separator: " ") : nil
  }
}

extension Diagnostic {
  fileprivate static func verbMissing(_ verbs: [String], at location: Location) -> Diagnostic {
    Diagnostic(
      .error, rule: "step-verb", "a step must have one of \(verbs.joined(separator: ", "))", at: location)
  }
}
