// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Resources

/// Which project, at which target, with which variables.
struct ProjectOptions: ParsableArguments {
  @Argument(
    help: "Folder of manifests, or one file of it. Default: manifests if it exists, else the current folder.",
    completion: .file())
  var folder: String?

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp("Target of the stack. Default: KILN_TARGET, or the stack's own.", valueName: "name"))
  var targets: [String] = []

  @Option(name: .customLong("var"), help: ArgumentHelp("Set a variable.", valueName: "name=value"))
  var variables: [String] = []

  @Option(help: ArgumentHelp("YAML file with values of variables.", valueName: "file"), completion: .file())
  var varFile: [String] = []

  /// The target that was named.
  var target: String? { targets.first }

  func validate() throws {
    guard targets.count <= 1 else {
      throw ValidationError("--target names one target; plan, apply and drift take --all-targets")
    }
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

  @OptionGroup var colour: ColourOptions

  /// Whether colours are unwanted.
  var noColor: Bool { colour.noColor }
}

/// How a command speaks that has no events to tell.
struct ColourOptions: ParsableArguments {
  @Flag(help: "No colours; NO_COLOR does the same.")
  var noColor = false
}

/// What a plan looks at.
struct PlanningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Plan only this address and what it needs; deletes nothing.", valueName: "address"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave this address as it is, and the pipelines that name it.", valueName: "address"))
  var except: [String] = []

  @Flag(
    help:
      "Bring only Kiln's own records about objects up to date; tell what was changed outside the manifests.")
  var refreshOnly = false

  @Option(help: ArgumentHelp("Replace this pipeline even if nothing differs.", valueName: "address"))
  var replace: [String] = []

  @Option(
    help: ArgumentHelp(
      "How many objects may go without a successor. Default: 10, but for plan --destroy.", valueName: "n"))
  var maxDeletes: Int?

  @OptionGroup var executions: ExecutionOptions

  @Flag(
    inversion: .prefixedNo,
    help: """
      Ask the service whether base images, regions, instance types and components of others exist. What is missing is \
      warned of; with --preflight it bars the plan.
      """)
  var preflight: Bool?

  func validate() throws {
    guard only.isEmpty || except.isEmpty else {
      throw ValidationError("--only and --except can't be used together")
    }
    guard !refreshOnly || (only.isEmpty && except.isEmpty && replace.isEmpty) else {
      throw ValidationError("--refresh-only is about the whole stack: not with --only, --except or --replace")
    }
    if let component = replace.first(where: { Address($0)?.kind == .component }) {
      throw ValidationError(
        "--replace \(component) names a component, of which a version never changes: give it another version")
    }
    if let left = replace.first(where: except.contains) {
      throw ValidationError("--replace \(left) and --except \(left) contradict each other")
    }
    if !only.isEmpty, let left = replace.first(where: { !only.contains($0) }) {
      throw ValidationError("--replace \(left) names what --only leaves as it is: add --only \(left)")
    }
    guard !refreshOnly || preflight != true else {
      throw ValidationError("--refresh-only creates nothing that --preflight could ask about")
    }
    try checkLimit(of: maxDeletes)
  }
}

/// Which stack, for commands whose arguments are something else than its folder.
struct StackOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Folder of manifests.", valueName: "folder"), completion: .directory)
  var project: String?

  @Option(help: ArgumentHelp("Target of the stack.", valueName: "name"))
  var target: String?
}

/// Whether executions are waited for.
struct ExecutionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long to wait for an execution to end before its pipeline is deleted; else that is put off.",
      valueName: "duration"))
  var waitExecutions: DurationText?

  /// How long to wait; nil for not at all.
  var patience: Duration? { waitExecutions?.duration }
}

/// Refuses a number for `--max-deletes` that is none of objects.
func checkLimit(of maxDeletes: Int?) throws {
  guard maxDeletes ?? 0 < 0 else { return }
  throw ValidationError("--max-deletes must be 0 or more")
}

/// Which targets of the stack.
struct TargetsOptions: ParsableArguments {
  @Flag(help: "All targets of the stack, side by side; exits with the worst of their codes.")
  var allTargets = false

  /// Refuses options that would make all targets one.
  func check(_ project: ProjectOptions, _ connection: ConnectionOptions) throws {
    guard allTargets else { return }
    guard project.target == nil else {
      throw ValidationError("--target and --all-targets contradict each other")
    }
    guard connection.region == nil, connection.profile == nil else {
      throw ValidationError("--all-targets takes region and profile from each target, not from a flag")
    }
  }
}

/// Files that a command writes besides what it says.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write a comment for a pull request, in Markdown.", valueName: "file"),
    completion: .file())
  var markdown: String?

  func validate() throws { try refuseDash(markdown, as: "--markdown", whichWrites: "a report") }
}

/// Refuses `-` as the name of a file that `option` writes: standard output has the plan.
func refuseDash(_ path: String?, as option: String, whichWrites what: String) throws {
  guard path == "-" else { return }
  throw ValidationError("\(option) writes \(what) to a file, and - is none: standard output has the plan")
}
