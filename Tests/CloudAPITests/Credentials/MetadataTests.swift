// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import CloudAPI

/// The metadata service with and without tokens, and services that do not do as they should.
struct MetadataTests {
  @Test func withoutTokenTheOlderProtocolServes() async throws {
    let double = CloudDouble(CloudDouble.Behaviour(givesMetadataToken: false))
    try await withSurroundings(double) { surroundings in
      let source = MetadataCredentials(roleName: nil, surroundings: surroundings).source
      try await #expect(source.credentials().accessKeyID == "STS.1")
      #expect(double.requests.allSatisfy { $0.header("x-aliyun-ecs-metadata-token") == nil })
    }
  }

  @Test func tokenIsSentWhereThereIsOne() async throws {
    let double = CloudDouble(CloudDouble.Behaviour(wantsMetadataToken: true))
    try await withSurroundings(double) { surroundings in
      let source = MetadataCredentials(roleName: nil, surroundings: surroundings).source
      try await #expect(source.credentials().accessKeyID == "STS.1")
    }
  }

  @Test(arguments: [
    (
      CloudDouble.Behaviour(givesMetadataToken: false), ["ALIBABA_CLOUD_IMDSV1_DISABLED": "True"],
      "forbids to do without"
    ),
    (CloudDouble.Behaviour(roleOfMachine: nil), [:], "HTTP 404"),
    (CloudDouble.Behaviour(roleOfMachine: " "), [:], "this machine has no role"),
    (CloudDouble.Behaviour(metadataCode: "Failed"), [:], "answers Failed for role builder"),
    (CloudDouble.Behaviour(expiration: "soon"), [:], "Expiration is not of the form"),
    (CloudDouble.Behaviour(expiration: "2020-01-01T00:00:00Z"), [:], "ended at 2020-01-01T00:00:00Z"),
  ])
  func machineThatCannotServeSaysWhy(
    behaviour: CloudDouble.Behaviour, environment: [String: String], part: String
  ) async throws {
    try await withSurroundings(CloudDouble(behaviour), environment: environment) { surroundings in
      let source = MetadataCredentials(roleName: nil, surroundings: surroundings).source
      let failure = await #expect(throws: CredentialFailure.self) { try await source.credentials() }
      let text = failure?.description ?? ""
      #expect(text.contains(part), "\(text)")
    }
  }

  @Test func uriThatFailsSaysSo() async throws {
    try await withSurroundings(
      CloudDouble(CloudDouble.Behaviour(uriStatus: 503)),
      environment: ["URI": "http://127.0.0.1:{port}/keys?for=kiln"]
    ) { surroundings in
      let uri = surroundings.environment["URI"] ?? ""
      let failure = await #expect(throws: CredentialFailure.self) {
        try await URICredentials(uri: uri, surroundings: surroundings).source.credentials()
      }
      #expect(failure?.description == "credential_uri: the URI answers HTTP 503")
    }
  }
}

struct ShellWordsTests {
  @Test(arguments: [
    ("a b", ["a", "b"]), ("  a   b ", ["a", "b"]), ("'a b' c", ["a b", "c"]), ("\"a 'b'\"", ["a 'b'"]),
    ("a\\ b", ["a b"]), ("\"a\\\"b\"", ["a\"b"]), ("\"a\\n\"", ["a\\n"]), ("''", [""]), ("a''b", ["ab"]),
    ("'\\'", ["\\"]), ("", []),
  ])
  func splitsAsAShellDoes(line: String, words: [String]) {
    #expect(shellWords(line) == words)
  }

  @Test(arguments: ["'a", "\"a", "a\\"])
  func openQuotesAreRefused(line: String) { #expect(shellWords(line) == nil) }
}
