// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
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

  @OptionGroup var stack: StackOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    for address in addresses where Address(address) == nil {
      throw ValidationError("\(address) is not an address like component/nginx or pipeline/web")
    }
  }

  func run() async throws {
    let session = Session(folder: stack.project, target: stack.target, output)
    session.console.begin()
    let project = try await session.load().project
    let stack = project.desired.stack
    try await session.withCloud(of: project.target, connection, lockTimeout: applying.lockTimeout.duration) {
      cloud in
      try await session.withLock(on: stack, reason: "forget", timeout: applying.lockTimeout.duration) {
        let owned =
          try await cloud.owned(.component, by: stack.tagValue)
          + cloud.owned(.pipeline, by: stack.tagValue)
        let found = owned.compactMap { object in
          object.address.flatMap { isNamed($0) ? Handover.forget(object, at: $0) : nil }
        }
        let console = session.console
        try check(Set(owned.compactMap(\.address).flatMap { [$0.description, $0.unversioned] }), console)
        for handover in found {
          if console.isJSON {
            console.write(event: handover.event(.planned))
          } else {
            console.write("  \(handover.address) (\(handover.object.id))\n")
          }
        }
        try session.confirm(
          "Forget \(found.count == 1 ? "this object" : "these \(found.count) objects")?",
          about: "there is something to forget", to: "to have it forgotten", isApproved: applying.autoApprove)
        try await session.carryOut(found, of: stack, through: cloud)
      }
    }
  }

  /// Tells which of the named addresses are not among the `owned` ones; ends the command where none is.
  ///
  /// A run that goes on where another has stopped names what is forgotten already.
  private func check(_ owned: Set<String>, _ console: Console) throws {
    let unknown = addresses.filter { !owned.contains($0) }
    for address in unknown {
      let message = "the stack owns nothing at \(address)"
      if unknown.count < addresses.count {
        console.warn("\(message): \(address.addressHint(among: owned))")
      } else {
        console.complain(message, hint: address.addressHint(among: owned))
      }
    }
    if unknown.count == addresses.count { throw Exit.error }
  }

  private func isNamed(_ address: Address) -> Bool {
    addresses.contains(address.description) || addresses.contains(address.unversioned)
  }
}
