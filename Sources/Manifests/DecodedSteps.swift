// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A `build:` or `test:` list, read.
struct DecodedSteps {
  /// What a step hands its component, and where it stands.
  struct Argument: Sendable {
    let argument: ComponentArgument
    var key: Location
    var value: Location
  }

  /// A step that names a component of the stack.
  struct Reference: Sendable {
    let reference: ComponentReference
    let arguments: [Argument]
    /// Whether all of the arguments could be read.
    let isWhole: Bool
    let place: Location
    /// Where the version stands that the step asks for.
    var versionPlace: Location?
    let isTest: Bool
    /// The piece that the component's commands take the place of; nil where the component is named.
    var inlinePiece: Int?
  }

  private(set) var composition = Composition([])
  private(set) var references: [Reference] = []
  /// Where the step of each piece stands.
  private(set) var places: [Location] = []
  /// The step of each piece.
  private(set) var nodes: [Node] = []
  let isTest: Bool
  /// Whether every step could be read.
  private(set) var isWhole = true

  /// Reads the steps of `node`, the value of `key`; what can't be read is reported and left out.
  init(_ node: Node, called key: String, file: String, into problems: inout Problems) {
    isTest = key == "test"
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
    pieces.reserveCapacity(elements.count)
    places.reserveCapacity(elements.count)
    nodes.reserveCapacity(elements.count)
    for element in elements {
      let known = references.count
      guard let reader = reader(of: element, file: file, into: &problems),
        let step = step(reader, into: &problems)
      else {
        isWhole = false
        continue
      }
      let place = Location(file: file, range: element.range)
      do {
        if references.count > known, references[known].inlinePiece != nil {
          references[known].inlinePiece = pieces.count
          pieces.append(.component(references[known].reference, arguments: ""))
        } else {
          pieces.append(try step.rendered())
        }
        places.append(place)
        nodes.append(element)
      } catch {
        isWhole = false
        problems.report(
          Diagnostic(
            .error, rule: "invalid-step", error.message, at: reader.location(of: step.word.verb),
            hint: error.hint))
      }
    }
    composition = Composition(pieces)
  }

  /// The line of each piece; an id is as long as the service's own, so that the size is the one that is sent.
  var lines: [String] {
    composition.pieces.map { Composition([$0]).rendered { _ in DecodedSteps.exampleID } }
  }

  /// An id as long as those of the service.
  static let exampleID = "ic-00000000000000000000"

  private static let verbs = ManifestGrammar.verbs.map(\.name)
  private static let options = ManifestGrammar.componentOptions.map(\.name)
  private static let componentKeys = ["component"] + options

  private func reader(of node: Node, file: String, into problems: inout Problems) -> MappingReader? {
    if let scalar = node.scalar, node.tag == nil, !node.isNull {
      problems.report(
        .wrongType(
          "a step", expected: "a mapping", at: Location(file: file, range: node.range),
          hint: scalar.text.count < 60 ? "write run: \(scalar.text)" : "write run: before it"))
      return nil
    }
    return MappingReader(node, what: "step", file: file, isExpanded: true, into: &problems)
  }

  private mutating func step(_ step: MappingReader, into problems: inout Problems) -> BuildStep? {
    let verbs = step.keys(in: DecodedSteps.verbs)
    guard let verb = verbs.first else {
      step.rejectUnknown(ManifestGrammar.step.names, into: &problems)
      if step.keys.allSatisfy(DecodedSteps.options.contains) {
        let known = DecodedSteps.verbs.joined(separator: ", ")
        problems.report(
          Diagnostic(
            .error, rule: "step-verb", "a step must have a verb",
            at: Location(file: step.file, range: step.range), hint: "the verbs are \(known)"))
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
    step.rejectUnknown(verb == "component" ? DecodedSteps.componentKeys : [verb], into: &problems)
    guard step[verb] != nil else {
      problems.report(
        Diagnostic(.error, rule: "missing-field", "\(verb) needs a value", at: step.keyLocation(of: verb)))
      return nil
    }
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
      guard let isWanted = step.boolean(verb, into: &problems) else { return nil }
      if isWanted { return .restart }
      problems.report(
        .wrongType(
          "restart", expected: "true", at: step.location(of: verb),
          hint: "to do without, leave the step out"))
      return nil
    }
  }

  private func copy(_ step: MappingReader, into problems: inout Problems) -> BuildStep? {
    guard let node = step["copy"] else { return nil }
    if node.scalar != nil, node.tag == nil {
      problems.report(
        .wrongType(
          "copy", expected: "a mapping", at: step.location(of: "copy"),
          hint: "write copy: {from: URL or path, to: folder}"))
      return nil
    }
    guard
      let operands = MappingReader(node, what: "copy", file: step.file, isExpanded: true, into: &problems)
    else { return nil }
    operands.rejectUnknown(ManifestGrammar.copy.names, into: &problems)
    let source = operands.required("from", into: &problems)
    let destination = operands.required("to", into: &problems)
    guard let source, let destination else { return nil }
    return .copy(source: source, destination: destination)
  }

  private func pairs(
    _ step: MappingReader, _ verb: String, into problems: inout Problems
  ) -> [BuildStep.Pair]? {
    guard let node = step[verb],
      let reader = MappingReader(node, what: verb, file: step.file, isExpanded: true, into: &problems)
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

  private func start(
    _ step: MappingReader, _ verb: String, into problems: inout Problems
  ) -> ContentCommand.Start? {
    guard let node = step[verb] else { return nil }
    if case .mapping = node.content, node.tag == nil {
      problems.report(.wrongType(verb, expected: "text or a list of texts", at: step.location(of: verb)))
      return nil
    }
    guard case .sequence(let words) = node.content else {
      return step.required(verb, into: &problems).map(ContentCommand.Start.shell)
    }
    let texts = words.compactMap { $0.scalar?.text }
    if node.tag != nil || words.contains(where: { $0.tag != nil }) { return nil }
    guard texts.count == words.count else {
      problems.report(
        .wrongType(verb, expected: "text or a list of texts", at: step.location(of: verb)))
      return nil
    }
    return .exec(texts)
  }

  private mutating func component(_ step: MappingReader, into problems: inout Problems) -> BuildStep? {
    let isInline = isInline(step, into: &problems)
    let (arguments, isWhole) = arguments(step, isInline: isInline, into: &problems)
    guard let node = step["component"] else { return nil }
    if case .mapping = node.content {
      let handle = foreign(node, step, into: &problems)
      return isWhole ? handle.map { .component(.handle($0), arguments.map(\.argument)) } : nil
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
    let follows = step.boolean("follow", into: &problems) ?? false
    if follows, let pattern, pattern.isExact {
      problems.report(
        Diagnostic(
          .error, rule: "nothing-to-follow", "version \(pattern) leaves nothing open to follow",
          at: step.location(of: "version"),
          hint: "write a pattern such as \"\(pattern.openPatch)\", or leave out follow"))
    }
    let reference = ComponentReference(name, version: pattern, follows: follows)
    references.append(
      Reference(
        reference: reference, arguments: arguments, isWhole: isWhole, place: step.location(of: "component"),
        versionPlace: step["version"] == nil ? nil : step.location(of: "version"), isTest: isTest,
        inlinePiece: isInline ? 0 : nil))
    return isWhole ? .component(.stack(reference), arguments.map(\.argument)) : nil
  }

  /// Whether the component's commands are to stand in place of the step.
  private func isInline(_ step: MappingReader, into problems: inout Problems) -> Bool {
    guard step["compose"] != nil, let text = step.text("compose", into: &problems) else { return false }
    guard ManifestGrammar.compositions.contains(text) else {
      problems.report(
        .wrongType(
          "compose", expected: ManifestGrammar.compositions.joined(separator: " or "),
          at: step.location(of: "compose"),
          hint: text.nearest(among: ManifestGrammar.compositions).map { "did you mean \($0)?" }))
      return false
    }
    guard text == "inline" else { return false }
    if step["follow"] != nil {
      problems.report(
        Diagnostic(
          .error, rule: "nothing-to-follow", "commands that stand in place of the step follow nothing",
          at: step.keyLocation(of: "follow"), hint: "leave out follow, or compose: inline"))
    }
    return true
  }

  /// A component that the stack does not own, by id or ARN.
  private func foreign(
    _ node: Node, _ step: MappingReader, into problems: inout Problems
  ) -> ComponentHandle? {
    guard
      let reader = MappingReader(
        node, what: "component", file: step.file, isExpanded: true, into: &problems)
    else { return nil }
    if let name = reader["name"]?.scalar?.text {
      problems.report(
        Diagnostic(
          .error, rule: "unknown-field", "unknown field name", at: reader.keyLocation(of: "name"),
          hint: "for a component of the stack write component: \(name)"))
      return nil
    }
    reader.rejectUnknown(ManifestGrammar.handle.names, into: &problems)
    for option in ["version", "follow", "compose"] where step[option] != nil {
      problems.report(
        Diagnostic(
          .error, rule: "misplaced-version", "\(option) goes with components of the stack only",
          at: step.keyLocation(of: option),
          hint: option == "compose"
            ? "the commands of others are not known here" : "an arn has the version, or a pattern, at its end"
        ))
    }
    let given = ["id", "arn"].filter { reader[$0] != nil }
    guard given.count == 1, let key = given.first else {
      if given.count > 1 || reader.keys.allSatisfy(["id", "arn"].contains) {
        problems.report(
          .wrongType(
            "component", expected: "a name, {id: ...} or {arn: ...}", at: step.location(of: "component")))
      }
      return nil
    }
    guard let text = reader.text(key, into: &problems) else { return nil }
    switch (key, ComponentHandle(text)) {
    case ("id", .id?), ("arn", .arn?): return ComponentHandle(text)
    default:
      let form = key == "id" ? "ic-bp1example" : "acs:ecs:REGION:ACCOUNT:imagecomponent/NAME/VERSION"
      problems.report(
        .wrongType("component.\(key)", expected: "like \(form)", at: reader.location(of: key)))
      return nil
    }
  }

  /// What the step hands its component, and whether all of it could be read.
  private func arguments(
    _ step: MappingReader, isInline: Bool, into problems: inout Problems
  ) -> (arguments: [Argument], isWhole: Bool) {
    guard let node = step["parameters"] else { return ([], true) }
    guard
      let reader = MappingReader(
        node, what: "parameters", file: step.file, isExpanded: true, into: &problems)
    else { return ([], false) }
    var arguments: [Argument] = []
    for name in reader.keys {
      guard let value = reader[name] == nil ? "" : reader.text(name, into: &problems) else { continue }
      if !name.isCarriedName {
        problems.report(
          Diagnostic(
            .error, rule: "parameter-name", "a parameter can't be called '\(name)'",
            at: reader.keyLocation(of: name), hint: "names have neither spaces nor ="))
      } else if !isInline, !value.isCarriedValue {
        problems.report(
          Diagnostic(
            .error, rule: "parameter-value", "the value of parameter \(name) can't be passed",
            at: reader.location(of: name),
            hint: "a COMPONENT line carries no spaces, no empty values and none that begin with --"))
      } else {
        arguments.append(
          Argument(
            argument: ComponentArgument(name: name, value: value), key: reader.keyLocation(of: name),
            value: reader.location(of: name)))
      }
    }
    return (arguments, arguments.count == reader.keys.count)
  }
}

extension String {
  /// Whether the text can be a parameter's name on a COMPONENT line.
  fileprivate var isCarriedName: Bool { !isEmpty && !hasSpace && !utf8.contains(UInt8(ascii: "=")) }

  /// Whether the text can be a parameter's value on a COMPONENT line.
  fileprivate var isCarriedValue: Bool { !isEmpty && !hasPrefix("--") && !hasSpace }

  private var hasSpace: Bool { contains(where: \.isWhitespace) }
}

extension VersionPattern {
  /// The pattern with the last number left open.
  fileprivate var openPatch: VersionPattern { VersionPattern(major, minor, nil) }
}

extension CommandWord {
  /// The key of a step that becomes this command.
  fileprivate var verb: String { rawValue.lowercased() }
}
