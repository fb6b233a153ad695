// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// What README and Documentation tell people to type works as it stands there.
struct DocumentedCommandTests {
  static let pages = {
    let root = packageRoot()
    let names = FileManager.default.enumerator(atPath: "\(root)/Documentation")?.compactMap { $0 as? String }
    return ["README.md", "CONTRIBUTING.md"]
      + (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
  }()

  /// Runs the blocks marked `sh` of a page, line by line, in one scratch folder.
  ///
  /// A line ends with 0, or as a comment `# exits N` behind it says. `make` would build what runs this test; so for
  /// such a line it is enough that the target exists, and `.ci/run` runs those of the README.
  @Test(arguments: pages)
  func everyCommandDoesWhatThePageSays(page: String) async throws {
    let text = try repositoryText(page), makefile = try repositoryText("Makefile")
    try await withScratchFolder { folder in
      for line in shellLines(in: text) {
        if line.hasPrefix("make ") {
          #expect(makefile.contains("\n\(line.dropFirst("make ".count)):"), "\(page): there is no \(line)")
          continue
        }
        let parts = line.split(separator: "# exits ")
        let expected = parts.count > 1 ? Int32(parts[1]) : 0
        let outcome = try await runShell(line, in: folder)
        #expect(outcome.status == expected, "\(page): \(line)\n\(outcome.output)")
      }
    }
  }

  /// The lines of all blocks marked `sh`, those that end with a backslash joined with the next.
  private func shellLines(in text: String) -> [String] {
    var lines: [String] = []
    var isShell = false
    var begun = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell, line.hasSuffix("\\") {
        begun += line.dropLast()
      } else if isShell, !line.isEmpty, !line.hasPrefix("#") {
        lines.append(begun + line)
        begun = ""
      }
    }
    return lines
  }

  @Test func makeTargetsOfTheFirstScreenRunInEveryCheck() throws {
    let check = try repositoryText(".ci/run")
    for target in ["demo", "test"] { #expect(check.contains("make \(target)\n")) }
  }
}

/// Documentation/cli.md shows each command's own help.
@Suite(.serialized) struct HelpPageTests {
  @Test func helpIsOnThePage() async throws {
    try await withScratchFolder { folder in
      let all = try await runShell("kiln help", in: folder).output
      let verbs = all.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
        .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See") }
        .compactMap { $0.split(separator: " ").first }
      #expect(verbs.contains("plan"))
      expectFullLines(in: all, of: "kiln")
      var sections: [String] = []
      for verb in verbs {
        let help = try await runShell("kiln help \(verb)", in: folder).output
        expectFullLines(in: help, of: verb)
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
          .map { $0.replacing(#/\s+$/#, with: "") }
        let body = lines.joined(separator: "\n").trimmingCharacters(in: .newlines)
        sections.append("## kiln \(verb)\n\n```text\n\(body)\n```")
      }
      try expectGenerated(sections.joined(separator: "\n\n"), as: "help", in: "Documentation/cli.md")
    }
  }

  /// Holds that a line of the overview ends only where the next word no longer fits, or its paragraph ends.
  private func expectFullLines(in help: String, of verb: some StringProtocol) {
    let overview = help.split(separator: "\n", omittingEmptySubsequences: false).prefix {
      !$0.hasPrefix("USAGE")
    }
    for (line, next) in zip(overview, overview.dropFirst()) {
      guard !line.isEmpty, let word = next.split(separator: " ").first else { continue }
      #expect(line.count + 1 + word.count >= 80, "\(verb): \(line)")
    }
  }
}
