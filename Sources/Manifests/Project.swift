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

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - folder: Holds exactly one `Stack`.
  ///   - targetName: The target, where the stack's default is not meant.
  ///   - inputs: Values of variables from outside.
  ///   - problems: Takes everything that is wrong in any of the files, in one run.
  /// - Returns: The project, or nil when not even stack and target could be read. Where `problems` has
  ///   errors, the desired state is incomplete and must not be planned.
  public static func load(
    _ folder: ProjectFolder, target targetName: String?, variables inputs: VariableInputs = VariableInputs(),
    into problems: inout Problems
  ) async -> Project? {
    let sources = readSources(folder, into: &problems)
    guard let stack = findStack(sources, in: folder, into: &problems) else {
      // The other manifests are still read, so that all their mistakes come in the same run.
      let reading = ManifestReading(folder: folder, variables: [:], patches: [], checksVariables: false)
      _ = await reading.describe(sources, into: &problems)
      return nil
    }
    let target: Target
    switch stack.target(named: targetName) {
    case .success(let found): target = found
    case .failure(let problem):
      problems.report(
        Diagnostic(.error, rule: "no-target", problem.description, at: stack.location, hint: problem.hint))
      return nil
    }
    let variables = stack.variables(at: target, inputs: inputs, into: &problems)
    let reading = ManifestReading(
      folder: folder, variables: variables, patches: target.patches, checksVariables: true)
    let described = await reading.describe(sources, into: &problems)
    let kept = described.filter { !target.excluded.contains($0.unversionedAddress) }
    ReferenceResolver(kept).check(into: &problems)
    var components: [DesiredComponent] = []
    var pipelines: [DesiredPipeline] = []
    for resource in kept {
      switch resource {
      case .component(let component): components.append(component)
      case .pipeline(let pipeline, _): pipelines.append(pipeline)
      }
    }
    let identity = StackIdentity(id: stack.id, name: stack.name, target: target.name)
    return Project(
      stack: stack, target: target,
      desired: DesiredState(
        stack: identity, components: components, pipelines: pipelines, prunes: stack.prunes,
        moves: stack.moves))
  }
}

struct ManifestSource: Sendable {
  let relativePath: String
  let file: SourceFile
}

private func readSources(_ folder: ProjectFolder, into problems: inout Problems) -> [ManifestSource] {
  do {
    return try folder.list().sorted().compactMap { relative in
      let path = folder.displayPath(of: relative)
      do {
        return ManifestSource(
          relativePath: relative, file: SourceFile(path: path, bytes: try folder.read(relative)))
      } catch {
        problems.report(
          Diagnostic(.error, rule: "unreadable-file", "\(path) can't be read: \(error)", at: nil))
        return nil
      }
    }
  } catch {
    problems.report(
      Diagnostic(.error, rule: "unreadable-folder", "\(folder.path) can't be read: \(error)", at: nil))
    return []
  }
}

/// The one stack among the files; only files that have the word in them are parsed for it.
private func findStack(
  _ sources: [ManifestSource], in folder: ProjectFolder, into problems: inout Problems
) -> Stack? {
  var found: [ManifestDocument] = []
  for source in sources where source.file.bytes.contains(word: "Stack") {
    var ignored = Problems()
    composeDocuments(source.file, into: &ignored) { document, ignored in
      found += manifestDocuments(in: document.root, file: source.file.path, into: &ignored)
        .filter { $0.kind == .stack }
    }
  }
  guard let first = found.first else {
    problems.report(
      Diagnostic(
        .error, rule: "no-stack", "there is no Stack document in \(folder.path)", at: nil,
        hint: "a folder of manifests holds exactly one document of kind: Stack"))
    return nil
  }
  for other in found.dropFirst() {
    problems.report(
      Diagnostic(
        .error, rule: "several-stacks", "a folder holds exactly one Stack; this is another",
        at: other.nameLocation,
        related: [Diagnostic.Related("the first is \(first.name)", at: first.nameLocation)]))
  }
  return Stack(first, into: &problems)
}

extension DescribedResource {
  fileprivate var unversionedAddress: String {
    switch self {
    case .component(let component): component.address.unversioned
    case .pipeline(let pipeline, _): pipeline.address.unversioned
    }
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
