// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import Manifests
import Planning
import Reconciliation
import Resources

struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Drop Kiln's tags from objects and leave the objects.",
    discussion: "Take the resource out of the manifests as well, or the next apply meets its name again.")

  @Argument(help: "Addresses, such as component/nginx or pipeline/web.")
  var addresses: [String]

  @Option(help: ArgumentHelp("Folder of manifests.", valueName: "folder"), completion: .directory)
  var project: String?

  @Option(help: ArgumentHelp("Target of the stack.", valueName: "name"))
  var target: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    for address in addresses where Address(address) == nil {
      throw ValidationError("\(address) is not an address like component/nginx or pipeline/web")
    }
  }

  func run() async throws {
    let session = Session(folder: project, target: target, output)
    let project = try await session.load().project
    let stack = project.desired.stack
    try await session.withCloud(of: project.target, connection, lockTimeout: applying.lockTimeout.duration) {
      cloud in
      try await session.withLock(on: stack, reason: "forget", timeout: applying.lockTimeout.duration) {
        let owned =
          try await cloud.owned(.component, by: stack.tagValue)
          + cloud.owned(.pipeline, by: stack.tagValue)
        let found = owned.filter { object in
          guard let address = object.address else { return false }
          return addresses.contains(address.description) || addresses.contains(address.unversioned)
        }
        guard !found.isEmpty else {
          session.console.complain("the stack owns nothing at \(addresses.joined(separator: ", "))")
          throw Exit.error
        }
        let console = session.console
        if console.isJSON { console.write(event: session.versionEvent) }
        for object in found {
          if console.isJSON {
            console.write(event: object.event("planned_forget"))
          } else {
            console.write("  \(object.address?.description ?? object.id) (\(object.id))\n")
          }
        }
        try session.confirm("Forget these \(found.count) objects?", isApproved: applying.autoApprove)
        let journal = session.openJournal(of: stack)
        for object in found {
          guard let address = object.address else { continue }
          let keys = object.resource.tags.keys.filter { $0.hasPrefix(OwnershipTags.prefix) }.sorted()
          journal.intend("Forget", address, ["id": .string(object.id)])
          try await cloud.untag(object.resource.kind, id: object.id, keys)
          journal.record("Forget", address, outcome: "done", ["id": .string(object.id)])
          if console.isJSON { console.write(event: object.event("forget_complete")) }
          console.say("Forgot \(object.address?.description ?? object.id) (\(object.id)).")
        }
      }
    }
  }
}

extension ObservedResource {
  fileprivate func event(_ type: String) -> JSONValue {
    var members: [String: JSONValue] = ["id": .string(id)]
    members["resource"] = address?.eventResource
    return [
      "@level": "info", "@message": .string("\(address?.description ?? id): forgotten"), "@module": "kiln.ui",
      "type": .string(type), "forget": .object(members),
    ]
  }
}
