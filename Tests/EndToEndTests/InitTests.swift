// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct InitTests {
  @Test func theStarterValidatesPlansAndApplies() async throws {
    try await withBinary { binary in
      let begun = try await binary.kiln(["init"])
      #expect(begun.exitCode == 0, "\(begun)")
      #expect(begun.talk.contains("kiln plan manifests"))
      for path in begun.output.split(separator: "\n") {
        #expect(FileManager.default.fileExists(atPath: "\(binary.folder)/\(path)"))
      }
      #expect(try await binary.kiln(["validate"]).exitCode == 0)
      let check = try await binary.kiln(["fmt", "--check"])
      #expect(check.exitCode == 0, "\(check)")
      let plan = try await binary.kiln(["plan", "--detailed-exitcode"])
      #expect(plan.exitCode == 2, "\(plan)")
      #expect(plan.output.contains("Plan: 3 to add, 0 to change, 0 to destroy."))
      let apply = try await binary.kiln(["apply", "--auto-approve"])
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(try await binary.kiln(["plan", "--detailed-exitcode"]).exitCode == 0)
    }
  }

  @Test func everyStackGetsAnIdOfItsOwn() async throws {
    try await withBinary { binary in
      for folder in ["a", "b"] { _ = try await binary.kiln(["init", folder]) }
      let ids = try ["a", "b"].map { folder in
        try binary.read("\(folder)/stack.yaml").firstMatch(of: #/\n  id: (gi-[0-9a-z]{6})\n/#).map {
          String($0.1)
        }
      }
      #expect(ids[0] != nil && ids[1] != nil && ids[0] != ids[1])
    }
  }

  @Test func nothingIsWrittenOver() async throws {
    try await withBinary { binary in
      try binary.write("mine", to: "p/components/nginx.yaml")
      let refused = try await binary.kiln(["init", "p"])
      #expect(refused.exitCode == 1, "\(refused)")
      #expect(refused.talk.contains("p/components/nginx.yaml exists already"))
      #expect(!FileManager.default.fileExists(atPath: "\(binary.folder)/p/stack.yaml"))
      #expect(try binary.read("p/components/nginx.yaml") == "mine")
      _ = try await binary.kiln(["init", "q"])
      let again = try await binary.kiln(["init", "q"])
      #expect(again.exitCode == 1, "\(again)")
      try binary.write("mine\n", to: "r/.gitignore")
      let kept = try await binary.kiln(["init", "r"])
      #expect(kept.exitCode == 0, "\(kept)")
      #expect(try binary.read("r/.gitignore") == "mine\n")
      #expect(kept.talk.contains("!.kiln/schema.json"))
    }
  }

  @Test func theSchemaLiesWhereTheManifestsSay() async throws {
    try await withBinary { binary in
      _ = try await binary.kiln(["init"])
      for file in ["stack.yaml", "components/nginx.yaml", "pipelines/web.yaml"] {
        let first = try binary.read("manifests/\(file)").split(separator: "\n")[0]
        let path = try #require(first.firstMatch(of: #/^# yaml-language-server: \$schema=(.*)$/#)).1
        let folder = URL(filePath: "\(binary.folder)/manifests/\(file)").deletingLastPathComponent()
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: String(path)).path))
      }
    }
  }

  @Test func aDockerfileBecomesAComponentWithAPipeline() async throws {
    try await withBinary { binary in
      try binary.write(
        "FROM debian:12\nEXPOSE 80\nRUN apt-get update && \\\n    apt-get install -y nginx\n",
        to: "shop/Dockerfile")
      let begun = try await binary.kiln(["init", "--from-dockerfile", "shop/Dockerfile"])
      #expect(begun.exitCode == 0, "\(begun)")
      #expect(begun.talk.contains("shop/Dockerfile:2:1: warning: EXPOSE is left out"))
      let manifest = try binary.read("manifests/components/shop.yaml")
      #expect(manifest.contains("# Dockerfile:2: EXPOSE is left out"))
      #expect(
        manifest.hasSuffix(
          "  content: |\n    RUN apt-get update && \\\n        apt-get install -y nginx\n"))
      #expect(try binary.read("manifests/stack.yaml").contains("baseFamily: acs:debian_12_6_x64\n"))
      let valid = try await binary.kiln(["validate"])
      #expect(valid.exitCode == 0, "\(valid)")
      #expect(try await binary.kiln(["fmt", "--check"]).exitCode == 0)
      #expect(try await binary.kiln(["apply", "--auto-approve"]).exitCode == 0)

      let second = try await binary.kiln([
        "init", "--from-dockerfile", "shop/Dockerfile", "--name", "market",
      ])
      #expect(second.exitCode == 0, "\(second)")
      #expect(second.output == "manifests/components/market.yaml\n")
      #expect(try await binary.kiln(["validate"]).exitCode == 0)
    }
  }

  @Test(arguments: ["foo:", "on", "a.b-c_d:e"])
  func namesStandAsTheyMustInYAML(name: String) async throws {
    try await withBinary { binary in
      try binary.write("FROM debian:12\nRUN apt-get update\n", to: "Dockerfile")
      let begun = try await binary.kiln(["init", "--from-dockerfile", "Dockerfile", "--name", name])
      #expect(begun.exitCode == 0, "\(begun)")
      let plan = try await binary.kiln(["plan"])
      #expect(plan.exitCode == 0, "\(plan)")
      #expect(plan.output.contains("component/\(name)@1.0.0 will be created"), "\(plan)")
      #expect(try await binary.kiln(["fmt", "--check"]).exitCode == 0)
    }
  }

  @Test func aDockerfileOfWhichNothingIsLeftMakesNothing() async throws {
    try await withBinary { binary in
      try binary.write("FROM scratch\n", to: "Dockerfile")
      let refused = try await binary.kiln(["init", "--from-dockerfile", "Dockerfile"])
      #expect(refused.exitCode == 1, "\(refused)")
      #expect(!FileManager.default.fileExists(atPath: "\(binary.folder)/manifests"))
      #expect(try await binary.kiln(["init", "--from-dockerfile", "absent"]).exitCode == 1)
      #expect(try await binary.kiln(["init", "--name", "a"]).exitCode == 64)
      for name in ["a", "größe", "a b", "a/b", "9a"] {
        let named = try await binary.kiln(["init", "--from-dockerfile", "Dockerfile", "--name", name])
        #expect(named.exitCode == 64, "\(name): \(named)")
      }
    }
  }
}
