// SPDX-License-Identifier: Apache-2.0

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
      let steering = (result.talk + result.output).unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E
      }
      #expect(steering.isEmpty)
    }
  }

  @Test func failuresAreEventsToo() async throws {
    try await withProject(.answer(status: 403, body: Self.refusal)) { project in
      let result = try await project.kiln("plan", "--json")
      #expect(result.output.contains(#""type":"diagnostic""#), "\(result)")
      #expect(result.output.contains(#""severity":"error""#), "\(result)")
    }
  }

  @Test func whoWaitsForTheServiceIsToldSo() async throws {
    try await withProject(.silence) { project in
      let process = try project.start("plan")
      let address = try #require(project.address).dropFirst("http://".count)
      try await poll("a line about the wait") {
        process.talk.contains("Waiting for \(address) for ")
          && process.talk.contains(" has not been answered, try 1.\n")
      }
      process.kill()
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
