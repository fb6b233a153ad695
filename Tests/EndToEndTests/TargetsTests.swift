// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import TestSupport
import Testing

/// One stack at several targets.
@Suite struct TargetsTests {
  /// Runs `body` with the starter at two embedded targets of two accounts, and at one that cannot be reached.
  private func withTargets(_ more: String = "", _ body: (BinaryFixture) async throws -> Void) async throws {
    try await withBinary { binary in
      try binary.copy("manifests", to: "project")
      try binary.write(
        """
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: Stack
        metadata: {name: golden-images}
        spec:
          id: gi-starter
          targets:
            - {name: east, region: cn-shanghai, endpoint: embedded, accountId: "1000000000000007"}
            - {name: local, region: cn-hangzhou, endpoint: embedded, default: true, variables: {team: own}}
        \(more)
          variables: {baseFamily: "acs:alibaba_cloud_linux_3_2104_lts_x64", team: sandbox}

        """, to: "project/stack.yaml")
      try await body(binary)
    }
  }

  private static let unreachable = """
        - {name: far, region: cn-beijing, endpoint: "http://127.0.0.1:9", accountId: "1000000000000008"}
    """

  @Test func allTargetsArePlannedInTheStacksOrder() async throws {
    try await withTargets { binary in
      let plan = try await binary.kiln(["plan", "project", "--all-targets", "--detailed-exitcode"])
      #expect(plan.exitCode == 2, "\(plan)")
      let headings = plan.output.split(separator: "\n").filter { $0.hasPrefix("==") || $0.hasPrefix("Plan:") }
      let count = "Plan: 5 to add, 0 to change, 0 to destroy."
      #expect(
        headings == [
          "== Target east ==", Substring(count), "== Target local ==", Substring(count), "== All targets ==",
        ])
      #expect(plan.talk == "")
    }
  }

  @Test func targetsNeverTouchEachOther() async throws {
    try await withTargets { binary in
      let first = try await binary.kiln(["apply", "project", "--target", "local", "--auto-approve"])
      #expect(first.exitCode == 0, "\(first)")
      let plan = try await binary.kiln(["plan", "project", "--all-targets"])
      #expect(
        plan.output.contains("  east   5 to add, 0 to change, 0 to destroy\n  local  no changes\n"), "\(plan)"
      )
      let drift = try await binary.kiln(["drift", "project", "--all-targets"])
      #expect(drift.exitCode == 0, "what another target's journal tells is no drift: \(drift)")
      let second = try await binary.kiln(["apply", "project", "--all-targets", "--auto-approve"])
      #expect(second.exitCode == 0, "\(second)")
      let again = try await binary.kiln(["plan", "project", "--all-targets", "--detailed-exitcode"])
      #expect(again.exitCode == 0, "\(again)")
    }
  }

  @Test func oneTargetsFailureStopsNoOther() async throws {
    try await withTargets(Self.unreachable) { binary in
      let apply = try await binary.kiln(
        [
          "apply", "project", "--all-targets", "--auto-approve", "--markdown", "report.md", "--junit",
          "report.xml",
        ], environment: ProjectFixture.keys)
      #expect(apply.exitCode == 1, "\(apply)")
      #expect(apply.output.contains("  east   5 added, 0 changed, 0 destroyed\n"), "\(apply)")
      #expect(apply.output.contains("  local  5 added, 0 changed, 0 destroyed\n"), "\(apply)")
      #expect(apply.talk.contains("[far] error: "))
      for line in apply.talk.split(separator: "\n") {
        #expect(["[far] ", "[east] ", "[local] "].contains { line.hasPrefix($0) }, "\(line)")
      }
      let comment = try binary.read("report.md")
      #expect(comment.hasPrefix("<!-- kiln:apply stack=gi-starter target=* -->\n"))
      for target in ["east", "local", "far"] { #expect(comment.contains("target `\(target)`")) }
      let suites = try binary.read("report.xml")
      #expect(suites.contains("<testsuites name=\"kiln apply\" tests=\"11\" failures=\"1\""), "\(suites)")
    }
  }

  @Test func eventsNameTheirTarget() async throws {
    try await withTargets { binary in
      let apply = try await binary.kiln(["apply", "project", "--all-targets", "--auto-approve", "--json"])
      #expect(apply.exitCode == 0, "\(apply)")
      var targets: [String: Int] = [:]
      var last: JSONValue?
      for line in apply.output.split(separator: "\n") {
        let event = try JSONValue(parsing: Array(line.utf8))
        if event["type"]?.string == "apply_complete" {
          targets[event["target"]?.string ?? "", default: 0] += 1
        }
        last = event
      }
      #expect(targets == ["east": 5, "local": 5])
      #expect(last?["type"]?.string == "targets_summary")
      #expect(last?["exit_code"]?.integer == 0)
    }
  }

  @Test func nothingIsDoneAnywhereWhereNobodyAgreed() async throws {
    try await withTargets { binary in
      let apply = try await binary.kiln(["apply", "project", "--all-targets"])
      #expect(apply.exitCode != 0, "\(apply)")
      #expect(apply.talk.contains("--auto-approve"))
      let plan = try await binary.kiln(["plan", "project", "--all-targets"])
      #expect(plan.output.contains("  local  5 to add, 0 to change, 0 to destroy"), "\(plan)")
    }
  }

  @Test func aMistakeForOneTargetIsToldOnceAndNothingIsSent() async throws {
    try await withTargets { binary in
      try binary.edit("project/pipelines/web.yaml", "systemDiskSize: 40", "systemDiskSize: 10")
      let plan = try await binary.kiln(["plan", "project", "--all-targets"])
      #expect(plan.exitCode == 1, "\(plan)")
      #expect(plan.talk.contains("1 error in the manifests; nothing was sent."), "\(plan)")
    }
  }

  @Test(arguments: [
    ["plan", "--all-targets", "--target", "local"], ["plan", "--target", "local", "--target", "east"],
    ["plan", "--all-targets", "--out", "p.json"], ["plan", "--all-targets", "--region", "cn-hangzhou"],
    ["apply", "--all-targets", "--profile", "x"], ["destroy", "--all-targets"],
    ["plan", "--only", "pipeline/web", "--except", "pipeline/base"],
    ["plan", "--refresh-only", "--only", "pipeline/web"], ["plan", "--destroy", "--except", "pipeline/web"],
    ["plan", "--expires", "1h"], ["apply", "--allow", "everything"],
    ["plan", "--replace", "component/nginx"],
    ["apply", "--replace", "pipeline/web", "--except", "pipeline/web"],
    ["plan", "--replace", "pipeline/web", "--only", "pipeline/base"], ["plan", "--max-deletes=-1"],
    ["plan", "--destroy", "--preflight"], ["plan", "--refresh-only", "--preflight"],
    ["destroy", "--max-deletes=-1"], ["validate", "--json", "--format", "sarif"],
  ])
  func optionsThatContradictEachOtherAreRefused(_ arguments: [String]) async throws {
    try await withTargets { binary in
      let result = try await binary.kiln([arguments[0], "project"] + arguments.dropFirst())
      #expect(result.exitCode == 64, "\(result)")
      #expect(result.output == "")
      #expect(result.talk.hasPrefix("Error: "), "\(result)")
    }
  }
}
