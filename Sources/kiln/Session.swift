// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import EmulatedCloud
import Logging
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources

/// One call of a command that needs the manifests: the place where everything is put together.
struct Session: Sendable {
  let world: World
  /// Where the session speaks.
  private(set) var console: Console
  /// The embedded service where it runs already, for several targets together.
  var embedded: EmbeddedAccess?
  /// The folder of the project, the file's own where one was named.
  let folder: ProjectFolder
  /// The file that was named, as messages show it.
  private let onlyFile: String?
  private let targetName: String?
  private let variablePairs: [String]
  private let variableFiles: [String]

  /// A session for the project that `options` name, or that lies in `folder`.
  init(_ options: ProjectOptions, _ output: OutputOptions, folder: String? = nil, world: World = .current) {
    self.init(
      folder: folder ?? options.folder, target: options.target, variables: options.variables,
      variableFiles: options.varFile, output, world: world)
  }

  /// A session for the project in `folder`, or in the usual one.
  init(
    folder: String?, target: String? = nil, variables: [String] = [], variableFiles: [String] = [],
    _ output: OutputOptions, world: World = .current
  ) {
    self.world = world
    targetName = target
    variablePairs = variables
    self.variableFiles = variableFiles
    console = Console(output, world: world)
    var path = folder ?? (Disk.isFolder("manifests") ? "manifests" : ".")
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if Disk.exists(path), !Disk.isFolder(path) {
      onlyFile = path
      self.folder = .onDisk(Session.project(around: path))
    } else {
      onlyFile = nil
      self.folder = .onDisk(path)
    }
  }

  /// The nearest folder above `file` that holds a stack; the file's own folder where none does.
  private static func project(around file: String) -> String {
    let own = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    var folder = own
    while true {
      if ProjectFolder.onDisk(folder).mentionsStack { return folder.isEmpty ? "/" : folder }
      guard !folder.hasSuffix(".."), folder != "." else { return own }
      guard let cut = folder.lastIndex(of: "/") else {
        folder = "."
        continue
      }
      // Above a repository nothing belongs to it.
      guard cut != folder.startIndex, !Disk.exists("\(folder)/.git") else { return own }
      folder = String(folder[..<cut])
    }
  }

  /// Reads the project; what is wrong with it comes by place.
  func read(_ linting: Linting) async throws -> (project: Project?, diagnostics: [Diagnostic]) {
    let (projects, diagnostics) = try await read(targets: [targetName ?? world["KILN_TARGET"]], linting)
    return (projects.first, diagnostics)
  }

  /// Reads the project; tells everything that is wrong with it and ends the command if anything is.
  func load(_ linting: Linting = Linting(.refusals)) async throws -> (project: Project, only: Set<String>?) {
    let projects = try await load(targets: [targetName ?? world["KILN_TARGET"]], linting)
    guard let project = projects.first else { throw Exit.error }
    return (project, try selection(in: project))
  }

  /// Reads the project for all its targets, in the stack's order, as ``load(_:)`` does for one.
  func loadAllTargets(_ linting: Linting) async throws -> [(project: Project, only: Set<String>?)] {
    let names = Project.targetNames(in: folder)
    return try await load(targets: names.isEmpty ? [nil] : names, linting).map { ($0, try selection(in: $0)) }
  }

  private func read(
    targets: [String?], _ linting: Linting
  ) async throws -> (projects: [Project], diagnostics: [Diagnostic]) {
    var problems = Problems()
    var projects: [Project] = []
    let inputs = try variables()
    for target in targets {
      let project = await Project.load(
        folder, target: target, variables: inputs, linting: linting, into: &problems)
      if let project { projects.append(project) }
    }
    return (projects, problems.sorted)
  }

  private func load(targets: [String?], _ linting: Linting) async throws -> [Project] {
    let (projects, diagnostics) = try await read(targets: targets, linting)
    let errors = diagnostics.count { $0.severity == .error }
    console.tell(diagnostics, source: ProjectFolder.source)
    guard projects.count == targets.count, errors == 0 else {
      console.say("\(errors) error\(errors == 1 ? "" : "s") in the manifests; nothing was sent.")
      throw Exit.error
    }
    return projects
  }

  /// The same session, speaking of `target` as one of several.
  func speaking(of target: String) -> Session {
    var session = self
    session.console = console.labelled(target)
    return session
  }

  /// The addresses of the file that was named.
  private func selection(in project: Project) throws -> Set<String>? {
    guard let onlyFile else { return nil }
    let described =
      project.desired.components.map { ($0.provenance.location.file, $0.address.description) }
      + project.desired.pipelines.map { ($0.provenance.location.file, $0.address.description) }
    let wanted = Disk.withoutLinks(onlyFile)
    let found = Set(described.filter { Disk.withoutLinks($0.0) == wanted }.map(\.1))
    guard !found.isEmpty else {
      guard SavedPlan.isIn(onlyFile) else {
        console.complain("\(onlyFile) describes nothing of the stack, and is no saved plan")
        throw Exit.error
      }
      console.complain("\(onlyFile) is a saved plan", hint: "kiln show and kiln apply take it")
      throw Exit.error
    }
    return found
  }

  /// Gives the values of variables that were given from outside.
  var givenValues: (String) -> String? {
    get throws {
      let inputs = try variables()
      return { inputs.text(of: $0) }
    }
  }

  private func variables() throws -> VariableInputs {
    var inputs = VariableInputs()
    for (name, value) in world.environment where name.hasPrefix("KILN_VAR_") {
      inputs.environment[String(name.dropFirst("KILN_VAR_".count))] = value
    }
    for path in variableFiles {
      guard let file = ProjectFolder.source(path) else {
        console.complain("--var-file \(path) can't be read")
        throw Exit.error
      }
      inputs.files.append(file)
    }
    for pair in variablePairs {
      guard let cut = pair.firstIndex(of: "=") else { continue }
      inputs.flags[String(pair[..<cut])] = String(pair[pair.index(after: cut)...])
    }
    return inputs
  }
}

extension ProjectFolder {
  /// Whether a file of the folder seems to describe a stack.
  var mentionsStack: Bool {
    let files = (try? list()) ?? []
    return files.contains { name in
      guard let bytes = try? read(name), let text = String(validating: bytes, as: UTF8.self) else {
        return false
      }
      return text.contains("kind: Stack") || text.contains("\"Stack\"")
    }
  }
}
