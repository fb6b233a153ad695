// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax
import Resources

/// A variable of a stack: its value and what is known of it.
public struct Variable: Sendable {
  /// The types that a variable may be declared with.
  public enum Kind: String, Sendable, CaseIterable {
    /// A text.
    case string = "String"
    /// A whole number.
    case number = "Number"
    /// `true` or `false`.
    case boolean = "Boolean"
  }

  /// The value; nil where it must come from outside.
  public var value: Node?
  /// The declared type, if any.
  public let kind: Kind?
  /// Whether the value must not be shown.
  public let isSensitive: Bool

  /// The variables that the mapping `node` declares.
  ///
  /// A value that is a mapping with `default`, `type` or `sensitive` is a declaration; any other value is the value.
  static func decode(
    _ node: Node?, what: String, file: String, into problems: inout Problems
  ) -> [String: Variable] {
    guard let node, let reader = MappingReader(node, what: what, file: file, into: &problems) else {
      return [:]
    }
    var variables: [String: Variable] = [:]
    for name in reader.keys {
      let value = reader[name]
      if let value, ManifestGrammar.declaringKeys.contains(where: { value[$0] != nil }) {
        variables[name] = declaration(value, what: "\(what).\(name)", file: file, into: &problems)
      } else {
        variables[name] = Variable(value: value, kind: nil, isSensitive: false)
      }
    }
    return variables
  }

  private static func declaration(
    _ node: Node, what: String, file: String, into problems: inout Problems
  ) -> Variable? {
    guard let reader = MappingReader(node, what: what, file: file, into: &problems) else { return nil }
    reader.rejectUnknown(ManifestGrammar.variable.names, into: &problems)
    let type = reader.text("type", into: &problems)
    let kind = type.flatMap(Kind.init(rawValue:))
    if let type, kind == nil {
      let nearest = type.nearest(among: Kind.allCases.map(\.rawValue))
      problems.report(
        .wrongType(
          "\(what).type", expected: "String, Number or Boolean", at: reader.location(of: "type"),
          hint: nearest.map { "did you mean \($0)?" }))
    }
    let declared = Variable(
      value: nil, kind: kind, isSensitive: reader.boolean("sensitive", into: &problems) ?? false)
    guard let value = reader["default"] else { return declared }
    let place = reader.location(of: "default")
    return declared.set(to: value, called: "\(what).default", at: place, into: &problems) ?? declared
  }

  /// The variable with `node` as its value; nil with a report where that is not of the declared type.
  func set(
    to node: Node, called what: String, at place: Location?, into problems: inout Problems
  ) -> Variable? {
    var variable = self
    variable.value = typed(node)
    if variable.value == nil {
      problems.report(
        Diagnostic(.error, rule: "wrong-type", "\(what) must be \(kind?.wording ?? "a value")", at: place))
      return nil
    }
    return variable
  }

  /// `node` as a value of the declared type, whatever its quotes; nil where it is none.
  private func typed(_ node: Node) -> Node? {
    guard let kind, node.tag == nil else { return node }
    guard let text = node.scalar?.text else { return nil }
    let style: Scalar.Style
    switch kind {
    case .string: style = .doubleQuoted
    case .number where Int64(text) != nil: style = .plain
    case .boolean where Bool(text) != nil: style = .plain
    case .number, .boolean: return nil
    }
    return Node(.scalar(Scalar(text, style: style)), range: node.range)
  }
}

extension Variable.Kind {
  fileprivate var wording: String {
    switch self {
    case .string: "text"
    case .number: "a whole number"
    case .boolean: "true or false"
    }
  }
}

/// Values of variables that come from outside the manifests, the strongest last.
public struct VariableInputs: Sendable {
  /// From `KILN_VAR_name` in the environment.
  public var environment: [String: String] = [:]
  /// From `--var-file`: YAML mappings, in the order given.
  public var files: [SourceFile] = []
  /// From `--var name=value`.
  public var flags: [String: String] = [:]

  /// No values.
  public init() {}

  /// The text that is given for the variable `name`, whether any manifest declares it or not.
  public func text(of name: String) -> String? {
    if let text = flags[name] { return text }
    var found = environment[name]
    for file in files {
      var problems = Problems()
      composeDocuments(file, into: &problems) { document, _ in
        found = document.root[name]?.scalar?.text ?? found
      }
    }
    return found
  }
}

extension Stack {
  /// The variables' values at `target`: the stack's, then the target's, then those from outside.
  func variables(
    at target: Target, inputs: VariableInputs, into problems: inout Problems
  ) -> [String: Variable] {
    var result = variables
    for (name, variable) in target.variables.sorted(by: { $0.key < $1.key }) {
      let declared = result[name]
      let merged = Variable(
        value: nil, kind: variable.kind ?? declared?.kind,
        isSensitive: variable.isSensitive || declared?.isSensitive ?? false)
      guard let value = variable.value ?? declared?.value else {
        result[name] = merged
        continue
      }
      result[name] =
        merged.set(
          to: value, called: "variable \(name) of target \(target.name)",
          at: Location(file: location.file, range: value.range), into: &problems) ?? merged
    }
    for (name, text) in inputs.environment.sorted(by: { $0.key < $1.key }) where result[name] != nil {
      set(name, plain(text), from: "KILN_VAR_\(name)", in: &result, &problems)
    }
    for file in inputs.files { set(from: file, in: &result, &problems) }
    for (name, text) in inputs.flags.sorted(by: { $0.key < $1.key }) {
      set(name, plain(text), from: "--var \(name)", in: &result, &problems)
    }
    return result
  }

  private func set(
    from file: SourceFile, in variables: inout [String: Variable], _ problems: inout Problems
  ) {
    composeDocuments(file, into: &problems) { document, problems in
      guard
        let reader = MappingReader(document.root, what: "a variable file", file: file.path, into: &problems)
      else { return }
      for name in reader.keys {
        guard let value = reader[name] else { continue }
        guard value.tag == nil else {
          problems.report(.misplacedTag(on: "variable \(name)", at: reader.location(of: name)))
          continue
        }
        set(
          name, value, from: name, at: reader.location(of: name), key: reader.keyLocation(of: name),
          in: &variables, &problems)
      }
    }
  }

  private func plain(_ text: String) -> Node {
    Node(.scalar(Scalar(text, style: .plain)), range: SourceRange(.start, .start))
  }

  private func set(
    _ name: String, _ value: Node, from source: String, at place: Location? = nil, key: Location? = nil,
    in variables: inout [String: Variable], _ problems: inout Problems
  ) {
    guard let variable = variables[name] else {
      let hint = name.nearest(among: variables.keys).map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "undeclared-variable", "\(source) is not a variable of the stack", at: key,
          hint: hint ?? "declare it under spec.variables of the Stack"))
      return
    }
    if let set = variable.set(to: value, called: source, at: place, into: &problems) { variables[name] = set }
  }
}
