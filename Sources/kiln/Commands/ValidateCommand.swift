// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Resources

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the manifests without calling the service.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let session = Session(project, output)
    let desired = try await session.load().project.desired
    session.console.say(
      "Valid: \(desired.components.count) components and \(desired.pipelines.count) pipelines "
        + "for stack \(desired.stack.name), target \(desired.stack.target).")
  }
}
