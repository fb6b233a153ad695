// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Resources

struct UnlockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock", abstract: "Take the lock from a process that hangs.",
    discussion: "A process that has ended, however it ended, holds no lock.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let session = Session(project, output)
    let stack = try await session.load().project.desired.stack
    let path = session.lockPath(of: stack)
    guard StackLock.isHeld(path) else {
      session.console.say("Stack \(stack.name), target \(stack.target) is not locked.")
      return
    }
    let holder = StackLock.holder(of: path).map(Session.describe) ?? "another process"
    // Those who come now make a new file, on which the old process has no lock.
    do {
      try Disk.remove(path)
    } catch {
      session.console.complain("\(path) can't be removed: \(error)")
      throw Exit.error
    }
    session.console.say("Took the lock of stack \(stack.name), target \(stack.target) from \(holder).")
  }
}
