// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct FmtTests {
  private static let untidy =
    "kind: Stack\napiVersion: kiln.imagebuilder/v1alpha1\nmetadata:\n    name: a # kept\n"
  private static let tidy =
    "apiVersion: kiln.imagebuilder/v1alpha1\nkind: Stack\nmetadata:\n  name: a # kept\n"

  @Test func filesAreRewrittenAndNamed() async throws {
    try await withBinary { binary in
      try binary.write(Self.untidy, to: "manifests/sub/a.yaml")
      try binary.write(Self.tidy, to: "manifests/b.yml")
      let result = try await binary.kiln(["fmt"])
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output == "manifests/sub/a.yaml\n")
      #expect(try binary.read("manifests/sub/a.yaml") == Self.tidy)
      #expect(try await binary.kiln(["fmt"]).output == "")
    }
  }

  @Test func checkingNamesAndWritesNothing() async throws {
    try await withBinary { binary in
      try binary.write(Self.untidy, to: "a.yaml")
      let check = try await binary.kiln(["fmt", "--check", "a.yaml"])
      #expect(check.exitCode == 1, "\(check)")
      #expect(check.output == "a.yaml\n")
      let diff = try await binary.kiln(["fmt", "--diff", "a.yaml"])
      #expect(diff.exitCode == 0, "\(diff)")
      #expect(
        diff.output == """
          --- a.yaml
          +++ a.yaml
          @@ -1,4 +1,4 @@
          -kind: Stack
           apiVersion: kiln.imagebuilder/v1alpha1
          +kind: Stack
           metadata:
          -    name: a # kept
          +  name: a # kept

          """)
      #expect(try binary.read("a.yaml") == Self.untidy)
      try binary.write(Self.tidy, to: "a.yaml")
      #expect(try await binary.kiln(["fmt", "--check", "a.yaml"]).exitCode == 0)
    }
  }

  @Test func aFileWithAMistakeIsLeftWhileOthersAreWritten() async throws {
    try await withBinary { binary in
      try binary.write("kind: [", to: "bad.yaml")
      try binary.write(Self.untidy, to: "good.yaml")
      let result = try await binary.kiln(["fmt", "."])
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.talk.contains("bad.yaml:1:"))
      #expect(result.output == "good.yaml\n")
      #expect(try binary.read("bad.yaml") == "kind: [")
      #expect(try await binary.kiln(["fmt", "absent.yaml"]).exitCode == 1)
    }
  }

  @Test func whoMayReadAFileStaysAndALinkStaysALink() async throws {
    try await withBinary { binary in
      try binary.write(Self.untidy, to: "a.yaml")
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(binary.folder)/a.yaml")
      try manager.createSymbolicLink(
        atPath: "\(binary.folder)/link.yaml", withDestinationPath: "a.yaml")
      let result = try await binary.kiln(["fmt", "link.yaml"])
      #expect(result.exitCode == 0, "\(result)")
      #expect(try binary.read("a.yaml") == Self.tidy)
      let permissions =
        try manager.attributesOfItem(atPath: "\(binary.folder)/a.yaml")[.posixPermissions] as? Int
      #expect(permissions == 0o600)
      #expect(try manager.destinationOfSymbolicLink(atPath: "\(binary.folder)/link.yaml") == "a.yaml")
    }
  }

  @Test func standardInputGoesToStandardOutput() async throws {
    try await withScratchFolder { folder in
      let outcome = try await runShell("printf 'kind:   x\\n' | kiln fmt -", in: folder)
      #expect(outcome.output == "kind:   x\n")
      let untidy = Self.untidy.replacing("\n", with: "\\n")
      let formatted = try await runShell("printf '\(untidy)' | kiln fmt -", in: folder)
      #expect(formatted.output == Self.tidy)
    }
  }

  @Test func theStarterIsInItsCanonicalForm() async throws {
    try await withScratchFolder { folder in
      let outcome = try await runShell("kiln fmt --check manifests", in: folder)
      #expect(outcome.status == 0)
    }
  }
}
