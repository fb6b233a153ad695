// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax

struct VersionCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version.")

  @Flag(help: "As JSON.")
  var json = false

  func run() {
    print(
      json
        ? JSONValue.object(["kiln": .string(VersionCommand.version)]).text : "kiln \(VersionCommand.version)")
  }
}
