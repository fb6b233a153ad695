// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct Kiln: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kiln",
    abstract: "Golden images as code for Alibaba Cloud.",
    discussion: """
      Describe ECS Image Builder components and pipelines in YAML; Kiln shows what it will do, does it exactly \
      once, and needs no state file. Exit codes: 0 done, 1 error, 2 changes (plan --detailed-exitcode), \
      3 drift, 4 refused by a guard, 5 stale plan, 6 lock not got, 7 partly done, 64 usage, 130 interrupted.
      """,
    version: VersionCommand.version,
    subcommands: [
      InitCommand.self, ValidateCommand.self, FmtCommand.self, SchemaCommand.self, PlanCommand.self,
      ApplyCommand.self, DestroyCommand.self, ShowCommand.self, DriftCommand.self,
      HistoryCommand.self, AdoptCommand.self, ExportCommand.self, ForgetCommand.self,
      UnlockCommand.self, WhoAmICommand.self, EmulatorCommand.self, ExplainCommand.self, VersionCommand.self,
    ])

  static func main() async {
    do {
      do {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
          try await command.run()
        } else {
          try command.run()
        }
      } catch {
        try Console.checkOutput()
        throw error
      }
      try Console.checkOutput()
    } catch {
      exit(withError: error)
    }
  }
}
