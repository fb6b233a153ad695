// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ManifestSyntax
import Manifests
import Resources

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a small project to begin with.",
    discussion: """
      A stack with an id of its own, a pipeline with its components, and the schema for editors. Nothing that exists is \
      written over. With --from-dockerfile the component is made of a Dockerfile, and all that a machine image has no \
      counterpart for is told; in a folder that has a stack already, only the component is added.
      """)

  @Argument(
    help: ArgumentHelp("Folder of the project. Default: manifests.", valueName: "folder"),
    completion: .directory)
  var folder = "manifests"

  @Option(
    help: ArgumentHelp("Make the component out of this Dockerfile.", valueName: "file"), completion: .file())
  var fromDockerfile: String?

  @Option(
    help: ArgumentHelp("Name of that component. Default: after the file or its folder.", valueName: "name"))
  var name: String?

  func validate() throws {
    if name != nil, fromDockerfile == nil { throw ValidationError("--name goes with --from-dockerfile") }
    if let name, !InitCommand.isName(name) {
      throw ValidationError(
        "--name must begin with a letter and go on with letters, digits, -, _, . and :, 100 characters at most"
      )
    }
  }

  /// Whether the service takes `name` for a component and a pipeline alike.
  private static func isName(_ name: String) -> Bool {
    (2...100).contains(name.count) && name.first?.isLetter ?? false
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) }
  }

  func run() throws {
    let console = Console()
    let component = try imported(console)
    var random = SystemRandomNumberGenerator()
    let starter = Starter(stackID: Starter.newStackID(using: &random), component: component)
    let hasStack = Disk.isFolder(folder) && ProjectFolder.onDisk(folder).mentionsStack
    if hasStack, component == nil {
      console.complain("\(folder) holds a stack already", hint: "name another folder")
      throw Exit.error
    }
    try write(hasStack ? [component?.file].compactMap(\.self) : starter.files, console)
    if hasStack, let component {
      console.say(
        "Name it under build: of a pipeline, as \"- component: \(component.name)\", then: kiln plan \(folder)"
      )
    } else {
      console.say("Now try: kiln plan \(folder)")
    }
  }

  /// The component of the Dockerfile that was named, once what it came to has been told.
  private func imported(_ console: Console) throws -> ImportedComponent? {
    guard let fromDockerfile else { return nil }
    guard let source = ProjectFolder.source(fromDockerfile) else {
      console.complain("\(fromDockerfile) can't be read")
      throw Exit.error
    }
    let component = ImportedComponent(source, named: name, in: Disk.withoutLinks("."))
    console.tell(component.diagnostics) { _ in source }
    guard !component.result.content.isEmpty else {
      console.complain("nothing of \(fromDockerfile) can be carried over")
      throw Exit.error
    }
    for violation in ContentText(component.result.content).violations(at: .component(.linux)) {
      console.complain(violation.message, hint: violation.hint)
    }
    return component
  }

  /// Writes all files, or none where one of them exists.
  private func write(_ files: [Starter.File], _ console: Console) throws {
    let wanted = files.filter { $0.path != ".gitignore" }
    let existing = wanted.map { "\(folder)/\($0.path)" }.filter(Disk.exists)
    guard existing.isEmpty else {
      for path in existing { console.complain("\(path) exists already and is left alone") }
      console.say("Nothing was written.")
      throw Exit.error
    }
    do {
      for file in files {
        let path = "\(folder)/\(file.path)"
        if Disk.exists(path) {
          console.say("\(path) exists already; these lines belong into it:\n\(shown: file.text)")
          continue
        }
        try Disk.makeFolder(
          path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
        try Disk.write(Array(file.text.utf8), to: path)
        console.write("\(path)\n")
      }
    } catch {
      console.complain("\(folder) can't be written to: \(error)")
      throw Exit.error
    }
  }
}
