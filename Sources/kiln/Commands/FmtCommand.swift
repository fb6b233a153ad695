// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ManifestSyntax
import Manifests
import Planning

struct FmtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Bring manifests into their canonical form.",
    discussion: """
      Rewrites files of manifests and names those that it changed. Comments stay, values stay byte for byte, documents \
      that are not Kiln's stay as they are. A file with an error is left alone, and the exit code is 1.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, or folders with all their .yaml and .yml files; - reads standard input and writes standard output. "
        + "Default: manifests if it exists, else the current folder.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @Flag(help: "Write nothing; name the files that would change, and exit with 1 if there are any.")
  var check = false

  @Flag(help: "Write nothing; show what would change.")
  var diff = false

  @OptionGroup var colour: ColourOptions

  func run() throws {
    let console = Console(noColour: colour.noColor)
    var (changed, failed) = (false, false)
    for path in try files(console) {
      switch format(path, console) {
      case .left: failed = true
      case .changed: changed = true
      case .same: break
      }
    }
    if failed || check && changed { throw Exit.error }
  }

  private enum Outcome { case same, changed, left }

  /// The files to look at, each once; paths that name nothing are told.
  private func files(_ console: Console) throws -> [String] {
    let paths = paths.isEmpty ? [Disk.isFolder("manifests") ? "manifests" : "."] : paths
    var files: [String] = []
    for path in paths {
      if path == "-" {
        files.append(path)
      } else if Disk.isFolder(path) {
        let folder = ProjectFolder.onDisk(path)
        let found = try folder.list().sorted().filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        files += found.map(folder.displayPath)
      } else if Disk.exists(path) {
        files.append(path)
      } else {
        console.complain("there is no \(path)")
        throw Exit.error
      }
    }
    var seen = Set<String>()
    return files.filter { seen.insert($0).inserted }
  }

  private func format(_ path: String, _ console: Console) -> Outcome {
    do {
      guard let bytes = path == "-" ? Disk.standardInput() : try Disk.bytes(of: path) else { return .same }
      let source = SourceFile(path: path == "-" ? "standard input" : path, bytes: bytes)
      var problems = Problems()
      let formatted = formattedManifests(source, into: &problems)
      console.tell(problems.sorted.filter { $0.severity == .error }) { _ in source }
      guard let formatted else { return .left }
      try put(formatted, for: source, path, console)
      return formatted == bytes ? .same : .changed
    } catch {
      console.complain("\(path): \(error)")
      return .left
    }
  }

  private func put(_ formatted: [UInt8], for source: SourceFile, _ path: String, _ console: Console) throws {
    let isChanged = formatted != source.bytes
    if diff { console.write(shown: unifiedDiff(of: source.path, from: source.bytes, to: formatted)) }
    if check, isChanged, !diff { console.write("\(source.path)\n") }
    guard !check, !diff else { return }
    if path == "-" {
      console.write(shown: String(decoding: formatted, as: UTF8.self))
    } else if isChanged {
      try Disk.write(formatted, to: path)
      console.write("\(path)\n")
    }
  }
}
