// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What all files are read with.
struct ReadingContext: Sendable {
  let folder: ProjectFolder
  let variables: [String: Variable]
  let patches: [PreparedPatch]
  let reports: Expansion.Reports
  /// What holds at the target for resources that don't say otherwise.
  let lifecycle: Lifecycle
  let policy: LintPolicy

  /// The context of a stack and target, as far as they are known.
  init(
    folder: ProjectFolder, stack: Stack?, target: Target?, inputs: VariableInputs, linting: Linting,
    into problems: inout Problems
  ) {
    self.folder = folder
    lifecycle = target?.lifecycle ?? Lifecycle()
    policy = LintPolicy(linting: linting, settings: stack?.ruleSettings ?? [])
    guard let stack else {
      (variables, patches, reports) = ([:], [], .nothing)
      return
    }
    guard let target else {
      let all = stack.targets.reduce(into: stack.variables) { all, target in
        all.merge(target.variables) { first, _ in first }
      }
      (variables, patches, reports) = (all, [], .undeclared)
      return
    }
    // Of these only the nodes matter: places inside of them are led to the stack's file or to where they are used.
    let file = SourceFile(path: stack.location.file, bytes: [])
    var inVariables = Expansion(
      folder: folder, variables: [:], relativePath: stack.relativePath, source: file, reports: .misplaced)
    let variables = stack.variables(at: target, inputs: inputs, into: &problems).sorted { $0.key < $1.key }
      .map { name, variable in
        var variable = variable
        variable.value = variable.value.map { inVariables.expand($0, into: &problems) }
        return (name, variable)
      }
    self.variables = Dictionary(uniqueKeysWithValues: variables)
    let inPatches = Expansion(
      folder: folder, variables: self.variables, relativePath: stack.relativePath, source: file)
    patches = target.patches.map {
      PreparedPatch($0, stack: stack, expandedBy: inPatches, into: &problems)
    }
    reports = .everything
  }
}

/// What the files of a folder describe, and what is known of the parts that could not be read.
struct Reading: Sendable {
  /// The components and pipelines, in the order of files and documents.
  fileprivate(set) var described: [DescribedResource] = []
  /// Addresses, without versions, of manifests that could be told apart but not be used.
  private var unusable: Set<String> = []
  /// Words of files that describe more than could be read.
  private var brokenWords: Set<String> = []
  private(set) var addresses: Set<String> = []
  /// What is kept of contents until all has been read.
  private(set) var notes = LintNotes()

  /// Whether the resource at `address` is described, in any version where it names none.
  func describes(_ address: Address) -> Bool { addresses.contains(address.description) }

  /// Whether something called `name` may be described in what could not be read: then it can't be said to be missing.
  func mayDescribe(_ name: String) -> Bool {
    unusable.contains(name) || brokenWords.contains(name)
  }

  /// Whether the stack may be described in what could not be read.
  var mayDescribeStack: Bool {
    brokenWords.contains { $0 == "Stack" || $0.nearest(among: ["Stack"]) != nil }
  }

  fileprivate mutating func add(_ part: FilePart, from file: SourceFile) {
    described += part.described
    for resource in part.described {
      addresses.insert(resource.address.unversioned)
      addresses.insert(resource.address.description)
    }
    unusable.formUnion(part.unusable)
    notes.add(part.notes)
    if part.isBroken { brokenWords.formUnion(file.words) }
  }
}

/// What one file describes.
private struct FilePart: Sendable {
  var described: [DescribedResource] = []
  /// Names of manifests that can't be used.
  var unusable: Set<String> = []
  /// Whether the file may describe more.
  var isBroken = false
  var problems = Problems()
  var notes = LintNotes()
}

/// Reads all components and pipelines, the files side by side, each document's tree dropped once it is read.
func read(
  _ sources: [ManifestSource], in context: ReadingContext, _ problems: inout Problems
) async -> Reading {
  await withTaskGroup(of: (Int, FilePart).self) { group in
    var parts = Array(repeating: FilePart(), count: sources.count)
    var next = 0
    let width = 4
    while next < min(width, sources.count) {
      let index = next
      group.addTask { (index, await read(sources[index], in: context)) }
      next += 1
    }
    while let (index, part) = await group.next() {
      parts[index] = part
      if next < sources.count {
        let index = next
        group.addTask { (index, await read(sources[index], in: context)) }
        next += 1
      }
    }
    var reading = Reading()
    for (source, part) in zip(sources, parts) {
      problems.report(contentsOf: part.problems.diagnostics)
      reading.add(part, from: source.file)
    }
    return reading
  }
}

/// How many manifests of one file are decoded together while its parser goes on.
private let batchSize = 256

/// Reads one file; a tree is dropped once its batch is decoded.
private func read(_ source: ManifestSource, in context: ReadingContext) async -> FilePart {
  await withTaskGroup(of: (Int, FilePart).self) { group in
    var whole = FilePart()
    var syntax = Problems()
    var batch: [(manifest: ManifestDocument, isIntact: Bool)] = []
    var batches = 0
    composeDocuments(source.file, into: &syntax) { document, _ in
      var structure = Problems()
      for manifest in manifestDocuments(in: document.root, file: source.file.path, into: &structure) {
        batch.append((manifest, document.isIntact))
      }
      if structure.hasErrors { whole.isBroken = true }
      whole.problems.report(contentsOf: structure.diagnostics)
      guard batch.count >= batchSize else { return }
      let full = batch, place = batches
      group.addTask { (place, decode(full, of: source, in: context)) }
      batch.removeAll()
      batches += 1
    }
    let last = decode(batch, of: source, in: context)
    var parts = Array(repeating: FilePart(), count: batches)
    for await (place, part) in group { parts[place] = part }
    for part in parts + [last] { whole.add(part) }
    if syntax.hasErrors { whole.isBroken = true }
    whole.problems.report(contentsOf: syntax.diagnostics)
    return whole
  }
}

private func decode(
  _ batch: [(manifest: ManifestDocument, isIntact: Bool)], of source: ManifestSource,
  in context: ReadingContext
) -> FilePart {
  var part = FilePart()
  part.described.reserveCapacity(batch.count)
  var linter = ContentLinter(context.policy)
  for (manifest, isIntact) in batch {
    var expansion = Expansion(
      folder: context.folder, variables: context.variables, relativePath: source.relativePath,
      source: source.file, index: source.index, reports: context.reports)
    let resource = manifest.described(
      expandedBy: &expansion, patches: context.patches, lifecycle: context.lifecycle, isIntact: isIntact,
      linter: &linter, into: &part.problems)
    if let resource {
      part.described.append(resource)
    } else {
      part.unusable.insert(manifest.name)
    }
  }
  part.notes = linter.notes
  return part
}

extension FilePart {
  mutating func add(_ other: FilePart) {
    described += other.described
    unusable.formUnion(other.unusable)
    isBroken = isBroken || other.isBroken
    notes.add(other.notes)
    problems.report(contentsOf: other.problems.diagnostics)
  }
}

extension SourceFile {
  /// The words of the text, as far as they could be names.
  fileprivate var words: Set<String> {
    let ends = Set(" \t\r\n\"'{}[],".utf8)
    return Set(bytes.split { ends.contains($0) }.map { String(decoding: $0, as: UTF8.self) })
  }
}

extension DescribedResource {
  /// The address, with a component's pinned version.
  var address: Address {
    switch self {
    case .component(let component): component.address
    case .pipeline(let pipeline, _): pipeline.address
    }
  }
}
