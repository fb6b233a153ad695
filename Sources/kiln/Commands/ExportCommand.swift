// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import Manifests
import Planning
import Reconciliation
import Resources

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write manifests of what the service holds.",
    discussion: """
      Connects as the stack in --project does, and writes one file per object; adopt then takes them over.
      """)

  @Argument(help: "Ids to export, such as ic-... and ip-...; none with --all.")
  var ids: [String] = []

  @Flag(help: "Export every component and pipeline of the account in the region that no stack owns.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "With --all, only objects of which all this holds: kind=pipeline,name=web-*,tag:team=web.",
      valueName: "terms"), transform: ObjectQuery.init(argument:))
  var query: ObjectQuery?

  @Option(help: ArgumentHelp("Folder to write to; files that exist are left alone.", valueName: "folder"))
  var out: String

  @OptionGroup var stack: StackOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard all != !ids.isEmpty else { throw ValidationError("name ids, or use --all") }
    guard all || query == nil else { throw ValidationError("--query goes with --all") }
  }

  func run() async throws {
    let session = Session(folder: stack.project, target: stack.target, output)
    session.console.begin()
    let project = try await session.load().project
    let objects = try await session.withCloud(of: project.target, connection) { cloud in
      try await find(through: cloud)
    }
    let missing = Set(ids).subtracting(objects.map(\.id))
    guard missing.isEmpty else {
      session.console.complain("there is no \(missing.sorted().joined(separator: ", "))")
      throw Exit.error
    }
    let written = write(objects, session.console)
    guard written == objects.count else { throw written == 0 ? Exit.error : Exit.partly }
  }

  /// Writes a file for each object; gives how many were written.
  private func write(_ objects: [ObservedResource], _ console: Console) -> Int {
    var files = Set<String>()
    var written = 0
    for object in objects {
      let name = object.exportName(avoiding: &files)
      let path = "\(out)/\(object.exportFile(name))"
      guard !Disk.exists(path) else {
        console.complain("\(path) exists already and is left alone")
        continue
      }
      do {
        try Disk.makeFolder(out)
        try Disk.write(Array(object.manifestYAML(named: name).utf8), to: path)
      } catch {
        console.complain("\(path) can't be written: \(error)")
        continue
      }
      written += 1
      console.say("Wrote \(path) (\(object.id)).")
      if console.isJSON { console.write(event: object.exportEvent(path)) }
    }
    return written
  }

  private func find(through cloud: ImageBuilder) async throws -> [ObservedResource] {
    if all {
      let objects = try await cloud.all(.component) + cloud.all(.pipeline)
      return objects.filter { $0.resource.tags[OwnershipTags.stackKey] == nil && query?.matches($0) ?? true }
        .sorted(by: ObservedResource.isOlder)
    }
    let components = try await cloud.described(.component, ids: ids.filter { $0.hasPrefix("ic-") })
    let pipelines = try await cloud.described(.pipeline, ids: ids.filter { $0.hasPrefix("ip-") })
    return (Array(components.values) + Array(pipelines.values)).sorted(by: ObservedResource.isOlder)
  }
}

extension ObservedResource {
  /// A `metadata.name` for the object: the service's name, made fit for an address, and such that no file is another's.
  fileprivate func exportName(avoiding files: inout Set<String>) -> String {
    let wished = String((resource.wireName ?? id).prefix(100).map { Address.isName("\($0)") ? $0 : "-" })
    var name = wished
    var number = 2
    while !files.insert(exportFile(name)).inserted {
      name = "\(wished.prefix(95))-\(number)"
      number += 1
    }
    return name
  }

  fileprivate func exportEvent(_ path: String) -> JSONValue {
    EventType.exportComplete.event(
      "\(id) is in \(path)", ["export": ["id": .string(id), "file": .string(path)]])
  }

  /// The name of its file; not all file systems take a colon.
  fileprivate func exportFile(_ name: String) -> String {
    let version = version.map { "-\($0)" } ?? ""
    return "\(resource.kind.rawValue)-\(name.replacing(":", with: "_"))\(version).yaml"
  }
}
