// SPDX-License-Identifier: Apache-2.0

import Testing

/// What README shows as the program's answer is its answer.
@Suite struct ReadmeTests {
  @Test func answersAreThoseOfTheProgram() async throws {
    let text = try repositoryText("README.md")
    let manifest = try #require(blocks(marked: "yaml", of: text).first)
    let answers = blocks(marked: "text", of: text)
    try #require(answers.count == 2)
    try await withBinary { binary in
      let stack = """
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: Stack
        metadata: {name: golden}
        spec: {id: gi-1, targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]}

        """
      try binary.write(stack, to: "stack.yaml")
      try binary.write(manifest, to: "app.yaml")
      let plan = try await binary.kiln(["plan", "."])
      #expect(plan.output.hasSuffix("\n\(answers[0])"), "\(plan)")
      try binary.edit("app.yaml", "port: 80}", "port: eighty}")
      try binary.edit("app.yaml", "install -y", "install")
      let validate = try await binary.kiln(["validate", "."])
      #expect(validate.talk == "\(answers[1])2 errors in the manifests.\n", "\(validate)")
    }
  }

  /// The texts of the blocks of a page that bear the mark.
  private func blocks(marked mark: String, of page: String) -> [String] {
    page.split(separator: "```\(mark)\n").dropFirst().compactMap { rest in
      rest.split(separator: "```", maxSplits: 1).first.map(String.init)
    }
  }
}
