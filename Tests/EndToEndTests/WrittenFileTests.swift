// SPDX-License-Identifier: Apache-2.0

import Testing

/// The files that commands write where they are told to.
@Suite struct WrittenFileTests {
  @Test func linksStayAndTheirFilesChange() async throws {
    try await withScratchFolder { folder in
      let script = """
        mkdir reports && echo old > reports/plan.json && chmod 600 reports/plan.json
        ln -s reports/plan.json plan.json && ln -s reports/new.md new.md
        kiln plan manifests --out plan.json --markdown new.md > text || exit 1
        test -L plan.json -a -L new.md || exit 2
        grep -q format_version reports/plan.json && grep -q '^Plan:' text && test -s reports/new.md || exit 3
        test "$(stat -c %a reports/plan.json)" = 600 || exit 4
        """
      let outcome = try await runShell(script, in: folder)
      #expect(outcome.status == 0, "\(outcome)")
    }
  }

  @Test func pipesAndStreamsAreWrittenInto() async throws {
    try await withScratchFolder { folder in
      let script = """
        mkfifo pipe && { timeout 60 cat pipe > report.md & }
        kiln plan manifests --markdown pipe > text || exit 1
        wait && test -p pipe -a -s report.md || exit 2
        kiln plan manifests --markdown /proc/self/fd/1 > both 2> talk || exit 3
        diff <(cat text report.md) both || exit 4
        kiln plan manifests --markdown >(cat > substituted.md) > text && sleep 0.2 || exit 5
        diff report.md substituted.md || exit 6
        """
      let outcome = try await runShell(script, in: folder)
      #expect(outcome.status == 0, "\(outcome)")
    }
  }

  @Test(arguments: ["--junit none/x.xml", "--markdown manifests", "--junit report.xml --markdown none/x.md"])
  func aReportThatCannotBeWrittenIsToldBeforeAnythingIsDone(_ reports: String) async throws {
    try await withScratchFolder { folder in
      let script = """
        kiln apply manifests --auto-approve --debug \(reports) 2> talk; echo "exit $?"
        grep -c operation= talk; cat talk
        """
      let outcome = try await runShell(script, in: folder)
      #expect(outcome.output.hasPrefix("exit 1\n0\nerror: the report can't be written to "), "\(outcome)")
    }
  }

  /// A full disk shows only when it is written to: what was done is done.
  @Test func aReportThatIsLostAtTheEndLeavesTheApplyPartlyDone() async throws {
    try await withScratchFolder { folder in
      let script = """
        kiln apply manifests --auto-approve --markdown /dev/full --junit report.xml > text 2> talk
        test $? = 7 || exit 1
        grep -q 'Apply complete!' talk || exit 2
        grep -q "error: the report can't be written to /dev/full: no space left on device" talk || exit 3
        grep -q 'tests="5"' report.xml || exit 4
        kiln plan manifests --detailed-exitcode --markdown /dev/full; test $? = 1 || exit 5
        kiln apply manifests --auto-approve --markdown /dev/full; test $? = 1 || exit 6
        """
      let outcome = try await runShell(script, in: folder)
      #expect(outcome.status == 0, "\(outcome)")
    }
  }

  @Test(
    arguments: [
      ("plan manifests --markdown none/x.md", "the report can't be written to none/x.md: no such file"),
      ("plan manifests --out none/x.json", "the plan can't be written to none/x.json: no such file"),
      ("plan manifests --out .", "the plan can't be written to .: is a directory"),
      (
        "plan manifests --out circle",
        "the plan can't be written to circle: too many levels of symbolic links"
      ),
      ("init manifests/README.md", "manifests/README.md can't be written to: file exists"),
      ("plan occupied", "occupied/.kiln can't be made: file exists"),
    ])
  func theSystemsReasonIsToldInWords(arguments: String, message: String) async throws {
    try await withScratchFolder { folder in
      let outcome = try await runShell(
        """
        ln -s circle circle; touch manifests/README.md
        cp -r manifests occupied && touch occupied/.kiln
        kiln \(arguments)
        """, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("error: \(message)"), "\(outcome)")
      #expect(!outcome.output.contains("Domain="), "\(outcome)")
    }
  }
}
