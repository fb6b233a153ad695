// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Resources
import Testing

/// The examples of the rules for contents, put before the service over the wire: what it refuses, and with which code.
///
/// ResourcesTests hold the same examples against what Kiln says of them, so neither side is judged by the other.
@Suite struct ContentRules {
  /// The service's answer where it is not 400.
  private static let statuses = ["NotSupportedCommand.FROM": 404]

  /// What the service takes, though it is a mistake: the rules that are Kiln's own.
  private static let ours = ContentRule.all.filter { !$0.isService }

  @Test(arguments: ContentRule.all.filter(\.isService).map(\.id))
  func theServiceRefusesWhatARuleOfItsOwnCallsWrong(id: String) async throws {
    let rule = try #require(ContentRule.named(id))
    try await withCloud(.socket) { cloud in
      for example in rule.wrong {
        let code = try #require(example.code)
        let outcome = try await cloud.create(example)
        #expect(
          outcome.verdict == "\(Self.statuses[code] ?? 400) \(code)",
          "\(id): \(example.text.prefix(80)) at \(example.context.place)")
      }
      for example in rule.right where !example.text.contains("COMPONENT ") {
        let outcome = try await cloud.create(example)
        #expect(outcome.verdict == "200", "\(id): \(example.text.prefix(80)): \(outcome.text)")
      }
    }
  }

  @Test func theServiceTakesWhatOnlyKilnWarnsOf() async throws {
    try await withCloud(.socket) { cloud in
      for rule in Self.ours {
        for example in rule.wrong {
          let outcome = try await cloud.create(example)
          #expect(outcome.verdict == "200", "\(rule.id): \(example.text.prefix(80)): \(outcome.text)")
        }
      }
    }
  }

  /// The two rows of the table that hang on what the account has.
  @Test(arguments: [
    ("COMPONENT ic-unknown", "404 ImageComponent.NotFound"),
    ("COMPONENT ic-sys00000000000000003", "400 InvalidImageComponent.NotSupported"),
  ])
  func aComponentThatIsNamedExistsAndFits(content: String, verdict: String) async throws {
    try await withCloud(.socket) { cloud in
      let outcome = try await cloud.create(content, at: .build)
      #expect(outcome.verdict == verdict)
    }
  }
}

extension TestClient {
  fileprivate func create(_ example: ContentRule.Example) async throws -> Outcome {
    try await create(example.text, at: example.context.place)
  }

  /// Creates something with `content`, which is used at `place`.
  fileprivate func create(_ content: String, at place: ContentPlace) async throws -> Outcome {
    switch place {
    case .component(let system):
      try await call(
        "CreateImageComponent",
        ["Name": "example-\(Self.nonce())", "SystemType": system.rawValue, "Content": content])
    case .build, .test:
      try await call(
        "CreateImagePipeline",
        [
          "Name": "example-\(Self.nonce())", "BaseImageType": "IMAGE_FAMILY",
          "BaseImage": "acs:ubuntu_22_04_x64", place == .build ? "BuildContent" : "TestContent": content,
        ])
    }
  }
}
