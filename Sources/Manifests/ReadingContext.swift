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
