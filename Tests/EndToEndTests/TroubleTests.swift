// SPDX-License-Identifier: Apache-2.0

import Reconciliation
import Resources
import TestSupport
import Testing

/// A service that says odd things, or nothing.
@Suite struct TroubleTests {
  private static let refusal =
    #"{"RequestId":"X\u001b[2J","Code":"Forbidden.RAM\u001b[31m","Message":"a\r\nerror: b\u001b]0;c\u0007\u202e"}"#

  @Test(arguments: ["plan", "apply", "drift"])
  func wordsOfTheServiceDontSteerTheTerminal(verb: String) async throws {
    try await withProject(.answer(status: 403, body: Self.refusal)) { project in
      let result = try await project.kiln(verb, environment: ["CI": "true"])
      #expect(result.exitCode == 1)
      #expect(result.talk.contains("␍␊error: b␛]0;c␇<U+202E> [request X␛[2J]"), "\(result)")
      #expect(!result.steersTheTerminal)
    }
  }

  @Test func codesAndRequestsAmongDebugLinesDontEither() async throws {
    try await withProject(.answer(status: 403, body: Self.refusal)) { project in
      let result = try await project.kiln("plan", "--debug")
      #expect(result.talk.contains("code=Forbidden.RAM␛[31m"), "\(result)")
      #expect(!result.steersTheTerminal)
    }
  }

  @Test func identitiesDontEither() async throws {
    let identity =
      #"{"AccountId":"1234567890123456","Arn":"acs:ram::\u001b]0;c\u0007","IdentityType":"RAM\u001b[2JUser"}"#
    try await withProject(.answer(body: identity)) { project in
      let result = try await project.kiln("whoami")
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.contains("acs:ram::␛]0;c␇\n"), "\(result)")
      #expect(!result.steersTheTerminal)
    }
  }

  /// Whoever may tag objects could write anything into the tag that names the address.
  @Test(arguments: ["plan", "apply"])
  func addressesOfTagsDontEither(verb: String) async throws {
    try await withStarter { project in
      #expect(try await project.kiln("apply", "--auto-approve").exitCode == 0)
      let address = try #require(project.address)
      let all = try await resources(at: address)
      let web = try #require(all.first { $0.address?.description == "pipeline/web" })
      let tags = [OwnershipTags.addressKey: "pipeline/web\u{1B}[31m\u{1B}]0;title\u{7}"]
      try await withCloud(at: address) { try await $0.tag(.pipeline, id: web.id, tags) }
      let result = try await project.kiln(verb, environment: ["CI": "true"])
      #expect((result.talk + result.output).contains("pipeline/web␛[31m␛]0;title␇"), "\(result)")
      #expect(!result.steersTheTerminal, "\(result)")
    }
  }

  @Test func failuresAreEventsToo() async throws {
    try await withProject(.answer(status: 403, body: Self.refusal)) { project in
      let result = try await project.kiln("plan", "--json")
      #expect(result.output.contains(#""type":"diagnostic""#), "\(result)")
      #expect(result.output.contains(#""severity":"error""#), "\(result)")
    }
  }

  @Test(arguments: ["plan", "whoami"])
  func whoWaitsForTheServiceIsToldSo(_ verb: String) async throws {
    try await withProject(.silence) { project in
      let process = try project.start(verb)
      let address = try #require(project.address).dropFirst("http://".count)
      try await poll("a line about the wait") {
        process.talk.contains("Waiting for \(address) for ")
          && process.talk.contains(" has not been answered, try 1 of ")
      }
      process.kill()
    }
  }

  @Test func aJournalThatCantBeReadIsTold() async throws {
    try await withStarter { project in
      // Whoever runs the tests may read all files; a folder nobody can read so.
      try project.binary.write("", to: "project/.kiln/journal.jsonl/file")
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(apply.talk.contains("warning: the journal can't be read: is a directory\n"), "\(apply)")
      let history = try await project.binary.kiln(["history", "--project", "project"])
      #expect(history.exitCode == 1, "\(history)")
      #expect(history.talk == "error: the journal can't be read: is a directory\n")
    }
  }

  private func withProject(
    _ answer: LoopbackAnswer, _ body: @Sendable (ProjectFixture) async throws -> Void
  ) async throws {
    try await withLoopbackServer { _ in
      answer
    } do: { port in
      try await withBinary { binary in
        try binary.copy("manifests", to: "project")
        try await body(ProjectFixture(binary: binary, address: "http://127.0.0.1:\(port)"))
      }
    }
  }
}

extension BinaryResult {
  /// Whether a character of what was written would be taken for an order.
  fileprivate var steersTheTerminal: Bool {
    (talk + output).unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E }
  }
}
