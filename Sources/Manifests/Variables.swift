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

  static func decode(
    _ node: Node?, what: String, file: String, into problems: inout Problems
  ) -> [String: Variable] {
    guard let node, let reader = MappingReader(node, what: what, file: file, into: &problems) else {
      return [:]
    }
    var variables: [String: Variable] = [:]
    for name in reader.keys {
      let value = reader[name]
      guard let value, case .mapping(let entries) = value.content, !entries.isEmpty,
        entries.allSatisfy({ ["type", "sensitive", "default", "description"].contains($0.key) }),
        let declaration = MappingReader(value, what: "\(what).\(name)", file: file, into: &problems)
      else {
        variables[name] = Variable(value: value, kind: nil, isSensitive: false)
        continue
      }
      let type = declaration.text("type", into: &problems)
      let kind = type.flatMap(Kind.init(rawValue:))
      if type != nil, kind == nil {
        problems.report(
          .wrongType(
            "\(what).\(name).type", expected: "String, Number or Boolean",
            at: declaration.location(of: "type")))
      }
      variables[name] = Variable(
        value: declaration["default"], kind: kind,
        isSensitive: declaration.boolean("sensitive", into: &problems) ?? false)
    }
    return variables
  }

  /// Whether `node` is of the declared type.
  func admits(_ node: Node) -> Bool {
    switch kind {
    case nil: true
    case .string: node.scalar != nil
    case .number: node.scalar.flatMap { Int64($0.text) } != nil
    case .boolean: node.scalar.flatMap { Bool($0.text) } != nil
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
}

extension Stack {
  /// The variables' values at `target`: the stack's, then the target's, then those from outside.
  func variables(
    at target: Target, inputs: VariableInputs, into problems: inout Problems
  ) -> [String: Variable] {
    var result = variables
    for (name, variable) in target.variables {
      let declared = result[name]
      result[name] = Variable(
        value: variable.value, kind: variable.kind ?? declared?.kind,
        isSensitive: variable.isSensitive || declared?.isSensitive ?? false)
    }
    for (name, text) in inputs.environment.sorted(by: { $0.key < $1.key }) where result[name] != nil {
      set(name, plain(text), from: "KILN_VAR_\(name)", in: &result, &problems)
    }
    for file in inputs.files {
      composeDocuments(file, into: &problems) { document, problems in
        guard
          let reader = MappingReader(document.root, what: "variables", file: file.path, into: &problems)
        else { return }
        for name in reader.keys {
          guard let value = reader[name] else { continue }
          set(name, value, from: file.path, in: &result, &problems)
        }
      }
    }
    for (name, text) in inputs.flags.sorted(by: { $0.key < $1.key }) {
      set(name, plain(text), from: "--var \(name)", in: &result, &problems)
    }
    return result
  }

  private func plain(_ text: String) -> Node {
    Node(.scalar(Scalar(text, style: .plain)), range: SourceRange(.start, .start))
  }

  private func set(
    _ name: String, _ value: Node, from source: String, in variables: inout [String: Variable],
    _ problems: inout Problems
  ) {
    guard var variable = variables[name] else {
      let hint = name.nearest(among: variables.keys).map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "undeclared-variable", "\(source) sets a variable that the stack does not declare",
          at: nil, hint: hint ?? "declare it under spec.variables of the Stack"))
      return
    }
    guard variable.admits(value) else {
      problems.report(
        Diagnostic(
          .error, rule: "wrong-type", "\(source) must be a \(variable.kind?.rawValue ?? "value")", at: nil))
      return
    }
    variable.value = value
    variables[name] = variable
  }
}
