// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension StepReader {
  mutating func component(into problems: inout Problems) -> BuildStep? {
    let isInline = isInline(into: &problems)
    let (arguments, isWhole) = arguments(isInline: isInline, into: &problems)
    guard let node = mapping["component"] else { return nil }
    if case .mapping = node.content {
      let handle = foreign(node, into: &problems)
      return isWhole ? handle.map { .component(.handle($0), arguments.map(\.argument)) } : nil
    }
    guard let name = mapping.text("component", into: &problems) else { return nil }
    var pattern: VersionPattern?
    if mapping["version"] != nil {
      guard let version = mapping.text("version", into: &problems) else { return nil }
      pattern = VersionPattern(version)
      if pattern == nil {
        problems.report(
          .wrongType(
            "version", expected: "like 1.4.0 or \"1.*.*\", not \(version)",
            at: mapping.location(of: "version")))
        return nil
      }
    }
    let follows = mapping.boolean("follow", into: &problems) ?? false
    if follows, let pattern, pattern.isExact {
      problems.report(
        Diagnostic(
          .error, rule: "nothing-to-follow", "version \(pattern) leaves nothing open to follow",
          at: mapping.location(of: "version"),
          hint: "write a pattern such as \"\(pattern.openPatch)\", or leave out follow"))
    }
    let reference = ComponentReference(name, version: pattern, follows: follows)
    self.reference = DecodedSteps.Reference(
      reference: reference, arguments: arguments, isWhole: isWhole, place: mapping.location(of: "component"),
      versionPlace: mapping["version"] == nil ? nil : mapping.location(of: "version"), isTest: isTest,
      inlinePiece: isInline ? index : nil)
    return isWhole ? .component(.stack(reference), arguments.map(\.argument)) : nil
  }

  /// Whether the component's commands are to stand in place of the step.
  private func isInline(into problems: inout Problems) -> Bool {
    guard mapping["compose"] != nil, let text = mapping.text("compose", into: &problems) else { return false }
    guard ManifestGrammar.compositions.contains(text) else {
      problems.report(
        .wrongType(
          "compose", expected: ManifestGrammar.compositions.joined(separator: " or "),
          at: mapping.location(of: "compose"),
          hint: text.nearest(among: ManifestGrammar.compositions).map { "did you mean \($0)?" }))
      return false
    }
    guard text == "inline" else { return false }
    if mapping["follow"] != nil {
      problems.report(
        Diagnostic(
          .error, rule: "nothing-to-follow", "commands that stand in place of the step follow nothing",
          at: mapping.keyLocation(of: "follow"), hint: "leave out follow, or compose: inline"))
    }
    return true
  }

  /// A component that the stack does not own, by id or ARN.
  private func foreign(_ node: Node, into problems: inout Problems) -> ComponentHandle? {
    guard
      let reader = MappingReader(
        node, what: "component", file: mapping.file, isExpanded: true, into: &problems)
    else { return nil }
    if let name = reader["name"]?.scalar?.text {
      problems.report(
        Diagnostic(
          .error, rule: "unknown-field", "unknown field name", at: reader.keyLocation(of: "name"),
          hint: "for a component of the stack write component: \(name)"))
      return nil
    }
    reader.rejectUnknown(ManifestGrammar.handle.names, into: &problems)
    for option in ["version", "follow", "compose"] where mapping[option] != nil {
      problems.report(
        Diagnostic(
          .error, rule: "misplaced-version", "\(option) goes with components of the stack only",
          at: mapping.keyLocation(of: option),
          hint: option == "compose"
            ? "the commands of others are not known here" : "an arn has the version, or a pattern, at its end"
        ))
    }
    let given = ["id", "arn"].filter { reader[$0] != nil }
    guard given.count == 1, let key = given.first else {
      if given.count > 1 || reader.keys.allSatisfy(["id", "arn"].contains) {
        problems.report(
          .wrongType(
            "component", expected: "a name, {id: ...} or {arn: ...}", at: mapping.location(of: "component")))
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
    isInline: Bool, into problems: inout Problems
  ) -> (arguments: [DecodedSteps.Argument], isWhole: Bool) {
    guard let node = mapping["parameters"] else { return ([], true) }
    guard
      let reader = MappingReader(
        node, what: "parameters", file: mapping.file, isExpanded: true, into: &problems)
    else { return ([], false) }
    var arguments: [DecodedSteps.Argument] = []
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
          DecodedSteps.Argument(
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
