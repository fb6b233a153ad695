// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Which project, at which target, with which variables.
struct ProjectOptions: ParsableArguments {
  @Argument(
    help: "Folder of manifests, or one file of it. Default: manifests if it exists, else the current folder.",
    completion: .file())
  var folder: String?

  @Option(
    help: ArgumentHelp("Target of the stack. Default: KILN_TARGET, or the stack's own.", valueName: "name"))
  var target: String?

  @Option(name: .customLong("var"), help: ArgumentHelp("Set a variable.", valueName: "name=value"))
  var variables: [String] = []

  @Option(help: ArgumentHelp("YAML file with values of variables.", valueName: "file"), completion: .file())
  var varFile: [String] = []

  func validate() throws {
    for variable in variables where !variable.contains("=") || variable.hasPrefix("=") {
      throw ValidationError("--var \(variable) is not of the form name=value")
    }
  }
}

/// How the service is reached.
struct ConnectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("URL of the service, or embedded. Default: the target's.", valueName: "url"))
  var endpoint: String?

  @Option(help: ArgumentHelp("Region. Default: the target's.", valueName: "id"))
  var region: String?

  @Option(
    help: ArgumentHelp("Credential profile, and no other source. Default: the target's.", valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp("PEM file of certificates to trust besides the system's.", valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(help: ArgumentHelp("How many calls run at once.", valueName: "n"))
  var parallelism = 10

  @Flag(help: "Allow plain http to other machines.")
  var insecureHTTP = false

  @Flag(help: "Tell of every call on standard error, without secrets.")
  var debug = false

  func validate() throws {
    guard (1...256).contains(parallelism) else {
      throw ValidationError("--parallelism must be from 1 to 256")
    }
  }
}

/// How the command speaks.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Write one JSON event a line to standard output.")
  var json = false

  @Flag(help: "No colours; NO_COLOR does the same.")
  var noColor = false
}

/// What a plan looks at.
struct PlanningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Plan only this address and what it needs; deletes nothing.", valueName: "address"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Replace this pipeline even if nothing differs.", valueName: "address"))
  var replace: [String] = []

  @Option(help: ArgumentHelp("How many objects may go without a successor.", valueName: "n"))
  var maxDeletes = 10

  @Option(
    help: ArgumentHelp(
      "How long to wait for an execution to end before its pipeline is deleted; else that is put off.",
      valueName: "duration"))
  var waitExecutions: DurationText?
}
