// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Puts files and variables in the places that name them.
struct Expansion {
  let folder: ProjectFolder
  let variables: [String: Variable]
  /// Path of the manifest's file, relative to the folder.
  let relativePath: String
  /// The manifest's file in messages.
  let file: String
  /// False while the stack itself can't be read: then no variable is known, and saying so would be noise.
  let reportsUnknownVariables: Bool
  /// The manifest's file.
  let source: SourceFile
  /// Where values of sensitive variables were put.
  private(set) var sensitive: Set<SourceRange> = []
  /// Where values of variables were put.
  private(set) var variableUses: Set<SourceRange> = []
  /// Where texts of files were put, and the files as messages show them.
  private(set) var files: [SourceRange: String] = [:]

  init(
    folder: ProjectFolder, variables: [String: Variable], relativePath: String, source: SourceFile,
    reportsUnknownVariables: Bool
  ) {
    self.source = source
    self.reportsUnknownVariables = reportsUnknownVariables
    self.folder = folder
    self.variables = variables
    self.relativePath = relativePath
    self.file = folder.displayPath(of: relativePath)
  }

  /// `node` with every `!file`, `!var`, `{fromFile: }` and `{fromVar: }` replaced by what it names.
  mutating func expand(_ node: Node, into problems: inout Problems) -> Node {
    if let tag = node.tag, let scalar = node.scalar {
      switch tag {
      case "!file": return fileContent(scalar.text, at: node.range, into: &problems)
      case "!var": return variableValue(scalar.text, at: node.range, into: &problems)
      default: return node
      }
    }
    switch node.content {
    case .scalar:
      return node
    case .sequence(let elements):
      guard elements.contains(where: \.mayExpand) else { return node }
      return Node(.sequence(elements.map { expand($0, into: &problems) }), tag: node.tag, range: node.range)
    case .mapping(let entries):
      if entries.count == 1, let entry = entries.first, let name = entry.value.scalar?.text {
        if entry.key == "fromFile" { return fileContent(name, at: node.range, into: &problems) }
        if entry.key == "fromVar" { return variableValue(name, at: node.range, into: &problems) }
      }
      guard entries.contains(where: \.value.mayExpand) else { return node }
      let expanded = entries.map {
        Node.Entry(key: $0.key, keyRange: $0.keyRange, value: expand($0.value, into: &problems))
      }
      return Node(.mapping(expanded), tag: node.tag, range: node.range)
    }
  }

  private mutating func fileContent(
    _ path: String, at range: SourceRange, into problems: inout Problems
  ) -> Node {
    let place = Location(file: file, range: range)
    guard let relative = path.resolved(against: relativePath), folder.contains(relative) else {
      problems.report(
        Diagnostic(
          .error, rule: "file-outside-project", "\(path) is outside the project", at: place,
          hint: "a file must lie in \(folder.path) or below, links included"))
      return Node(.scalar(Scalar("", style: .literal)), range: range)
    }
    do {
      let bytes = try folder.read(relative)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        problems.report(
          Diagnostic(.error, rule: "not-utf8", "\(path) is not a text in UTF-8", at: place))
        return Node(.scalar(Scalar("", style: .literal)), range: range)
      }
      files[range] = folder.displayPath(of: relative)
      return Node(.scalar(Scalar(text, style: .literal)), range: range)
    } catch {
      problems.report(
        Diagnostic(.error, rule: "unreadable-file", "\(path) can't be read: \(error)", at: place))
      return Node(.scalar(Scalar("", style: .literal)), range: range)
    }
  }

  private mutating func variableValue(
    _ name: String, at range: SourceRange, into problems: inout Problems
  ) -> Node {
    let place = Location(file: file, range: range)
    guard let variable = variables[name] else {
      guard reportsUnknownVariables else { return Node(.scalar(Scalar(name, style: .plain)), range: range) }
      let hint = name.nearest(among: variables.keys).map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "unknown-variable", "unknown variable \(name)", at: place,
          hint: hint ?? "declare it under spec.variables of the Stack"))
      return Node(.scalar(Scalar("", style: .plain)), range: range)
    }
    guard let value = variable.value else {
      problems.report(
        Diagnostic(
          .error, rule: "variable-without-value", "variable \(name) has no value", at: place,
          hint: "give it with --var \(name)=..., KILN_VAR_\(name) or --var-file"))
      return Node(.scalar(Scalar("", style: .plain)), range: range)
    }
    variableUses.insert(range)
    if variable.isSensitive { sensitive.insert(range) }
    return Node(value.content, range: range)
  }
}

extension Node {
  /// Whether there may be something to replace in the node: a cheap look that saves most copies.
  fileprivate var mayExpand: Bool {
    switch content {
    case .scalar: tag != nil
    case .sequence, .mapping: true
    }
  }
}

extension String {
  /// The path of a file named in the file at `base`, both relative to one folder; nil when it leaves the folder.
  fileprivate func resolved(against base: String) -> String? {
    guard !hasPrefix("/"), !isEmpty else { return nil }
    var parts = base.split(separator: "/").dropLast().map(String.init)
    for part in split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        guard parts.popLast() != nil else { return nil }
      default: parts.append(String(part))
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
