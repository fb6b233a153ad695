// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import ManifestSyntax
import Manifests
public import Resources

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the manifests and contents without calling the service.",
    discussion: """
      Exits with 1 where there are errors, with --strict also where there are warnings. kiln explain tells what a \
      rule is about.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp("How the findings are written: text to standard error, others to standard output."))
  var format = DiagnosticReport.Format.text

  @Flag(help: "Let warnings fail the command too.")
  var strict = false

  func validate() throws {
    guard !output.json || format == .text else {
      throw ValidationError("--json writes events where --format writes a report: use one of them")
    }
  }

  func run() async throws {
    let session = Session(project, output)
    session.console.begin()
    let linting = Linting(.everything, checkShell: checkShellSyntax)
    let (project, diagnostics) = try await session.read(linting)
    let report = DiagnosticReport(
      diagnostics, folder: session.folder.path, version: VersionCommand.version, isStrict: strict)
    // The annotations of a log are cut short, so the log has the whole text too.
    if format == .text || format == .github {
      session.console.tell(diagnostics, source: ProjectFolder.source)
    }
    if format != .text {
      session.console.write(shown: report.rendered(as: format, source: ProjectFolder.source))
    }
    session.console.say("\(ValidateCommand.summary(of: report, project?.desired))")
    if report.isFailure || project == nil { throw Exit.error }
  }

  private static func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }

  private static func summary(of report: DiagnosticReport, _ desired: DesiredState?) -> String {
    let (errors, warnings) = (report.count(.error), report.count(.warning))
    let found = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
      .map { counted($0.0, $0.1) }.joined(separator: ", ")
    guard errors == 0, let desired else { return "\(found) in the manifests." }
    let valid =
      "\(counted(desired.components.count, "component")) and \(counted(desired.pipelines.count, "pipeline")) "
      + "for stack \(desired.stack.name), target \(desired.stack.target)."
    return warnings == 0
      ? "Valid: \(valid)"
      : "\(report.isStrict ? "Not valid, as warnings count" : "Valid"), "
        + "with \(found): \(valid)"
  }
}

extension DiagnosticReport.Format: ExpressibleByArgument {}
