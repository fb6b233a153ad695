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
}
