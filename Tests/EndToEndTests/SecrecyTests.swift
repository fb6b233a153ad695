// SPDX-License-Identifier: Apache-2.0

import Testing

/// No output and no file of a whole run holds a secret.
@Suite struct SecrecyTests {
  private static let secret = "sKq93nVw7TzL0pXc2RbY"
  private static let password = "hunter2-Qx81"

  @Test func noOutputAndNoFileHoldsASecret() async throws {
    try await withBinary { binary in
      try binary.copy("manifests", to: "project")
      try binary.edit(
        "project/stack.yaml", "    team: sandbox",
        "    team: sandbox\n    password: {type: String, sensitive: true}")
      try binary.edit(
        "project/pipelines/base.yaml", "description: Hardened Alibaba Cloud Linux",
        "description: !var password")
      let address = try await binary.emulator(accessKeys: ["reader:\(Self.secret)"])
      let environment = [
        "ALIBABA_CLOUD_ACCESS_KEY_ID": "reader", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": Self.secret,
        "KILN_VAR_password": Self.password,
      ]
      var everything = ""
      let plan = ["plan", "project", "--endpoint", address, "--debug"]
      for arguments in [
        plan, plan + ["--json"], plan + ["--out", "plan.json"],
        ["apply", "project", "--endpoint", address, "--debug", "--auto-approve"],
        ["drift", "project", "--endpoint", address, "--debug"],
        ["whoami", "--endpoint", address, "--debug"],
        ["plan", "project", "--endpoint", address, "--var", "team=other", "--debug"],
        ["destroy", "project", "--endpoint", address, "--debug", "--auto-approve"],
      ] {
        let result = try await binary.kiln(arguments, environment: environment)
        everything += result.output + result.talk
      }
      everything += try binary.read("project/.kiln/journal.jsonl")
      #expect(everything.contains("reader"))
      #expect(everything.contains("(sensitive"))
      #expect(!everything.contains(Self.secret))
      #expect(!everything.contains(Self.password))
      #expect(!everything.contains("Signature="))
      let file = try binary.read("plan.json")
      #expect(file.contains("\"sensitive\""))
      #expect(!file.contains(Self.password))
    }
  }

  @Test func whatManifestsNoLongerTakeFromAVariableStaysSecret() async throws {
    try await withStarter { project in
      let plain = "description: Hardened Alibaba Cloud Linux"
      try project.binary.edit(
        "project/stack.yaml", "    team: sandbox",
        "    team: sandbox\n    password: {type: String, sensitive: true}")
      try project.binary.edit("project/pipelines/base.yaml", plain, "description: !var password")
      let environment = ["KILN_VAR_password": Self.password]
      let apply = try await project.kiln("apply", "--auto-approve", environment: environment)
      #expect(apply.exitCode == 0, "\(apply)")

      var everything = ""
      func plan(_ more: String...) async throws {
        let arguments = project.arguments("plan", more + ["--out", "plan.json", "--markdown", "plan.md"])
        let keys = ProjectFixture.keys.merging(environment) { _, new in new }
        for output in [["--json"], []] {
          let plan = try await project.binary.kiln(arguments + output, environment: keys)
          #expect(plan.exitCode == 0, "\(plan)")
          everything += plan.output + plan.talk
        }
        everything += try project.binary.read("plan.md") + project.binary.read("plan.json")
        let shown = try await project.binary.kiln(["show", "plan.json"])
        #expect(shown.output.contains("pipeline/base"), "\(shown)")
        everything += shown.output
      }
      try await plan("--destroy")
      try project.binary.edit("project/pipelines/base.yaml", "description: !var password", plain)
      try await plan()
      #expect(everything.contains("description = (sensitive"))
      try project.binary.delete("project/pipelines/base.yaml")
      try await plan()
      #expect(!everything.contains(Self.password))
    }
  }
}
