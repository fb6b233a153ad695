// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax
public import Resources

/// What a folder of manifests says about one target.
public struct Project: Sendable {
  /// The folder's one stack.
  public let stack: Stack
  /// The chosen target.
  public let target: Target
  /// The state that the manifests ask for.
  public let desired: DesiredState
  /// Values of the sensitive variables, by name; only of those that are a text.
  public let secrets: [String: String]

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - folder: Holds exactly one `Stack`.
  ///   - targetName: The target, where the stack's default is not meant.
  ///   - inputs: Values of variables from outside.
  ///   - linting: How far contents are looked at.
  ///   - problems: Takes everything that is wrong in any of the files, in one run.
  /// - Returns: The project, or nil when not even stack and target could be read. Where `problems` has
  ///   errors, the desired state is incomplete and must not be planned.
  public static func load(
    _ folder: ProjectFolder, target targetName: String?, variables inputs: VariableInputs = VariableInputs(),
    linting: Linting = Linting(.refusals), into problems: inout Problems
  ) async -> Project? {
    // Of a folder that can't be read nothing else is to be said.
    guard let sources = folder.manifestSources(into: &problems) else { return nil }
    let search = StackSearch(sources, into: &problems)
    let target = search.stack.flatMap { $0.chosenTarget(targetName, into: &problems) }
    // Without stack or target all else is still read, so that every mistake comes in the same run.
    let context = ReadingContext(
      folder: folder, stack: search.stack, target: target, inputs: inputs, linting: linting, into: &problems)
    let reading = await read(sources, in: context, &problems)
    if search.isMissing, !reading.mayDescribeStack {
      problems.report(
        Diagnostic(
          .error, rule: "no-stack", "there is no Stack document in \(folder.path)", at: nil,
          hint: "a folder of manifests holds exactly one document of kind: Stack"))
    }
    search.stack?.checkAddresses(in: reading, into: &problems)
    search.stack?.moves.check(against: reading.described, into: &problems)
    let kept = reading.described.without(target)
    let resolver = ReferenceResolver(kept, target: target, reading: reading)
    let composed = resolver.inlining(kept, into: &problems)
    let secrets = context.variables.filter(\.value.isSensitive).compactMapValues { $0.value?.scalar?.text }
    // Each of these goes through all that is described, and none needs what another finds.
    async let duplicates = Duplicates(in: kept).problems()
    async let clashes = resolver.systemProblems()
    async let misuses = resolver.problems()
    async let cycles = FamilyCycles(kept).problems()
    async let project = Project(composed, of: search.stack, at: target, secrets: secrets)
    var lint = ProjectLint(reading.notes, of: sources, context.policy)
    await lint.report(kept, into: &problems)
    for found in await [duplicates, clashes, misuses, cycles] {
      problems.report(contentsOf: found.diagnostics)
    }
    return await project
  }

  private init?(
    _ described: [DescribedResource], of stack: Stack?, at target: Target?, secrets: [String: String]
  ) {
    guard let stack, let target else { return nil }
    self.stack = stack
    self.target = target
    self.secrets = secrets
    desired = DesiredState(described, of: stack, at: target)
  }
}

extension [DescribedResource] {
  /// Without what `target` leaves out.
  fileprivate func without(_ target: Target?) -> [DescribedResource] {
    guard let target, !target.excluded.isEmpty else { return self }
    return filter { !target.excludes($0.address) }
  }
}

extension Project {
  /// The names of the targets of the folder's stack, in its order; none where no stack can be read.
  ///
  /// What is wrong with the stack is told when a target of it is loaded.
  public static func targetNames(in folder: ProjectFolder) -> [String] {
    var ignored = Problems()
    guard let sources = folder.manifestSources(into: &ignored) else { return [] }
    return StackSearch(sources, into: &ignored).stack?.targets.map(\.name) ?? []
  }
}

extension DesiredState {
  fileprivate init(_ described: [DescribedResource], of stack: Stack, at target: Target) {
    var components: [DesiredComponent] = []
    var pipelines: [DesiredPipeline] = []
    for resource in described {
      switch resource {
      case .component(let component): components.append(component)
      case .pipeline(let pipeline, _): pipelines.append(pipeline)
      }
    }
    self.init(
      stack: StackIdentity(id: stack.id, name: stack.name, target: target.name), components: components,
      pipelines: pipelines, prunes: stack.prunes,
      moves: stack.moves.destinations, tagging: target.tagging ?? stack.tagging)
  }
}

/// A file of the folder.
struct ManifestSource: Sendable {
  let relativePath: String
  let index: IndexedSource

  var file: SourceFile { index.file }

  init(relativePath: String, file: SourceFile) {
    self.relativePath = relativePath
    index = IndexedSource(file)
  }
}

extension ProjectFolder {
  /// The folder's files, those left out that can't be read; nil where the folder itself can't be.
  fileprivate func manifestSources(into problems: inout Problems) -> [ManifestSource]? {
    let names: [String]
    do {
      names = try list()
    } catch {
      problems.report(
        Diagnostic(.error, rule: "unreadable-folder", "\(path) can't be read: \(error)", at: nil))
      return nil
    }
    return names.sorted().compactMap { relative in
      let path = displayPath(of: relative)
      guard contains(relative) else {
        problems.report(
          Diagnostic(
            .error, rule: "file-outside-project", "\(path) is outside the project", at: nil,
            hint: "it is a link; copy the file into \(self.path)"))
        return nil
      }
      do {
        return ManifestSource(relativePath: relative, file: SourceFile(path: path, bytes: try read(relative)))
      } catch {
        problems.report(
          Diagnostic(.error, rule: "unreadable-file", "\(path) can't be read: \(error)", at: nil))
        return nil
      }
    }
  }
}

/// The one stack among the files; only files that have the word in them are parsed for it.
private struct StackSearch {
  private(set) var stack: Stack?
  /// Whether no document of kind `Stack` was found.
  let isMissing: Bool

  init(_ sources: [ManifestSource], into problems: inout Problems) {
    var found: [(document: ManifestDocument, isIntact: Bool, relativePath: String)] = []
    for source in sources where source.file.bytes.contains(word: "Stack") {
      // What is wrong with the documents themselves is told when all of them are read.
      var ignored = Problems()
      composeDocuments(source.file, into: &ignored) { document, ignored in
        let documents = manifestDocuments(in: document.root, file: source.file.path, into: &ignored)
        for stack in documents where stack.kind == .stack {
          found.append((stack, document.isIntact, source.relativePath))
        }
      }
    }
    isMissing = found.isEmpty
    guard let first = found.first else { return }
    for other in found.dropFirst() {
      problems.report(
        Diagnostic(
          .error, rule: "several-stacks", "a folder holds exactly one Stack; this is another",
          at: other.document.nameLocation,
          related: [
            Diagnostic.Related("the first is \(first.document.name)", at: first.document.nameLocation)
          ]))
    }
    stack = Stack(
      first.document, isIntact: first.isIntact, relativePath: first.relativePath, into: &problems)
  }
}

extension Stack {
  fileprivate func chosenTarget(_ name: String?, into problems: inout Problems) -> Target? {
    switch target(named: name) {
    case .success(let target): return target
    case .failure(let problem):
      problems.report(
        Diagnostic(.error, rule: "no-target", problem.description, at: location, hint: problem.hint))
      return nil
    }
  }

  /// Tells of patches, exclusions and settings of rules, of any target, that are for nothing that the manifests describe.
  fileprivate func checkAddresses(in reading: Reading, into problems: inout Problems) {
    let exclusions = targets.flatMap(\.exclusions) + ruleSettings.flatMap(\.only)
    if exclusions.isEmpty, targets.allSatisfy(\.patches.isEmpty) { return }
    let addresses = reading.addresses
    for exclusion in exclusions
    where !addresses.contains(exclusion.address.description)
      && !reading.mayDescribe(exclusion.address.name)
    {
      let hint = exclusion.address.description.nearest(among: addresses)
        .map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "unknown-address", "no manifest describes \(exclusion.address)",
          at: exclusion.place, hint: hint))
    }
    for target in targets {
      for patch in target.patches where !reading.mayDescribe(patch.name) {
        let address = Address(patch.kind, patch.name).description
        guard !addresses.contains(address) else { continue }
        let hint = address.nearest(among: addresses)
          .flatMap { Address($0)?.name }.map { "did you mean \($0)?" }
        problems.report(
          Diagnostic(
            .error, rule: "unknown-address", "no manifest describes \(patch.kind.manifestKind) \(patch.name)",
            at: patch.location, hint: hint))
      }
    }
  }
}

extension Target {
  /// Whether the target leaves out the resource at `address`, by it or by its name alone.
  func excludes(_ address: Address) -> Bool {
    !excluded.isEmpty && (excluded.contains(address.unversioned) || excluded.contains(address.description))
  }
}

extension [UInt8] {
  fileprivate func contains(word: StaticString) -> Bool {
    let wanted = Array(word.description.utf8)
    guard let first = wanted.first, count >= wanted.count else { return false }
    var index = startIndex
    while let hit = self[index...].firstIndex(of: first) {
      if self[hit...].starts(with: wanted) { return true }
      index = hit + 1
    }
    return false
  }
}
