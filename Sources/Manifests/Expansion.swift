// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Puts files and variables in the places that name them.
///
/// What can't be had is told, and stays in the tree with its tag, so that readers know of it and keep silent.
struct Expansion {
  /// What is said of variables that are not there.
  enum Reports {
    /// A variable that the stack does not declare, and one without value.
    case everything
    /// Only one that is not declared: no target is chosen, so values may be missing.
    case undeclared
    /// Nothing: the stack itself can't be read.
    case nothing
    /// That there are none here: these are values of variables themselves.
    case misplaced
  }

  private let folder: ProjectFolder
  private let variables: [String: Variable]
  /// Path of the manifest's file, relative to the folder.
  private let relativePath: String
  /// The manifest's file in messages.
  private let file: String
  /// The manifest's file.
  let source: SourceFile
  /// The same file with its lines.
  let index: IndexedSource
  private let reports: Reports
  /// Where values of sensitive variables were put.
  private(set) var sensitive: Set<SourceRange> = []
  /// Where values of variables were put.
  private(set) var variableUses: Set<SourceRange> = []
  /// Where texts of files were put, and the files as messages show them.
  private(set) var files: [SourceRange: String] = [:]

  init(
    folder: ProjectFolder, variables: [String: Variable], relativePath: String, source: SourceFile,
    index: IndexedSource? = nil, reports: Reports = .everything
  ) {
    self.source = source
    self.index = index ?? IndexedSource(source)
    self.reports = reports
    self.folder = folder
    self.variables = variables
    self.relativePath = relativePath
    self.file = folder.displayPath(of: relativePath)
  }

  /// `node` with every `!file`, `!var`, `{fromFile: }` and `{fromVar: }` replaced by what it names.
  mutating func expand(_ node: Node, into problems: inout Problems) -> Node {
    if let tag = node.tag { return value(of: tag, named: node, at: node.range, into: &problems) }
    switch node.content {
    case .scalar:
      return node
    case .sequence(let elements):
      guard elements.contains(where: \.mayExpand) else { return node }
      return Node(.sequence(elements.map { expand($0, into: &problems) }), range: node.range)
    case .mapping(let entries):
      if entries.count == 1, let entry = entries.first, let tag = LocalTag(key: entry.key) {
        let name = entry.value.tag == nil ? entry.value : expand(entry.value, into: &problems)
        return value(of: tag, named: name, at: node.range, into: &problems)
      }
      guard entries.contains(where: \.value.mayExpand) else { return node }
      let expanded = entries.map {
        Node.Entry(key: $0.key, keyRange: $0.keyRange, value: expand($0.value, into: &problems))
      }
      return Node(.mapping(expanded), range: node.range)
    }
  }

  private mutating func value(
    of tag: LocalTag, named name: Node, at range: SourceRange, into problems: inout Problems
  ) -> Node {
    let unresolved = Node(.scalar(Scalar("", style: .plain)), tag: tag, range: range)
    guard let scalar = name.scalar, !scalar.text.isEmpty else {
      problems.report(
        Diagnostic(
          .error, rule: "wrong-type",
          "\(tag) must be followed by a \(tag == .file ? "path" : "variable's name")",
          at: Location(file: file, range: range)))
      return unresolved
    }
    // The name of the file or variable could itself not be had.
    if name.tag != nil, name.range != range { return unresolved }
    let found =
      switch tag {
      case .file: content(of: scalar.text, at: range, into: &problems)
      case .variable: variable(scalar.text, at: range, into: &problems)
      }
    return found ?? unresolved
  }

  private mutating func content(of path: String, at range: SourceRange, into problems: inout Problems)
    -> Node?
  {
    let place = Location(file: file, range: range)
    guard let relative = path.resolved(against: relativePath), folder.contains(relative) else {
      problems.report(
        Diagnostic(
          .error, rule: "file-outside-project", "\(path) is outside the project", at: place,
          hint: "the file must lie in \(folder.path) or below, links included"))
      return nil
    }
    do {
      let bytes = try folder.read(relative)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        problems.report(
          Diagnostic(
            .error, rule: "not-utf8", "\(path) is not a text in UTF-8", at: place,
            hint: "save the file as UTF-8"))
        return nil
      }
      files[range] = folder.displayPath(of: relative)
      return Node(.scalar(Scalar(text, style: .literal)), range: range)
    } catch {
      let hint = error is FileMissing ? "paths are relative to the manifest, \(file)" : nil
      problems.report(
        Diagnostic(.error, rule: "unreadable-file", "\(path) can't be read: \(error)", at: place, hint: hint))
      return nil
    }
  }

  private mutating func variable(
    _ name: String, at range: SourceRange, into problems: inout Problems
  ) -> Node? {
    let place = Location(file: file, range: range)
    guard let variable = variables[name] else {
      if reports == .nothing { return nil }
      if reports == .misplaced {
        problems.report(
          Diagnostic(
            .error, rule: "misplaced-tag", "a variable can't have another variable as its value", at: place,
            hint: "write the value here"))
        return nil
      }
      let hint = name.nearest(among: variables.keys).map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "unknown-variable", "unknown variable \(name)", at: place,
          hint: hint ?? "declare it under spec.variables of the Stack"))
      return nil
    }
    guard let value = variable.value else {
      guard reports == .everything else { return nil }
      problems.report(
        Diagnostic(
          .error, rule: "variable-without-value", "variable \(name) has no value", at: place,
          hint: "give it with --var \(name)=..., KILN_VAR_\(name) or --var-file"))
      return nil
    }
    variableUses.insert(range)
    if variable.isSensitive { sensitive.insert(range) }
    // What is wrong with the value is told where it is used.
    return value.placed(at: range)
  }
}

extension LocalTag {
  /// The tag that a mapping of the one key `key` stands for, in files that can't have tags.
  fileprivate init?(key: String) {
    switch key {
    case "fromFile": self = .file
    case "fromVar": self = .variable
    default: return nil
    }
  }
}

extension Node {
  /// Whether there is something to replace in the node: a look that saves most copies.
  fileprivate var mayExpand: Bool {
    if tag != nil { return true }
    switch content {
    case .scalar: return false
    case .sequence(let elements): return elements.contains(where: \.mayExpand)
    case .mapping(let entries):
      if entries.count == 1, LocalTag(key: entries[0].key) != nil { return true }
      return entries.contains { $0.value.mayExpand }
    }
  }

  /// The node as if all of it stood at `range`.
  fileprivate func placed(at range: SourceRange) -> Node {
    switch content {
    case .scalar: Node(content, tag: tag, range: range)
    case .sequence(let elements):
      Node(.sequence(elements.map { $0.placed(at: range) }), tag: tag, range: range)
    case .mapping(let entries):
      Node(
        .mapping(entries.map { Entry(key: $0.key, keyRange: range, value: $0.value.placed(at: range)) }),
        tag: tag, range: range)
    }
  }
}

extension Expansion {
  /// Takes over what is known of values that stand in `patch`.
  mutating func absorb(_ patch: PreparedPatch) {
    sensitive.formUnion(patch.sensitive)
    variableUses.formUnion(patch.variableUses)
    files.merge(patch.files) { own, _ in own }
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
