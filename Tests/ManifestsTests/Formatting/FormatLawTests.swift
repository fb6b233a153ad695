// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Manifests
import TestSupport
import Testing

/// What holds of every manifest, however it is written.
struct FormatLawTests {
  @Test(arguments: SplitMix64.seeds(150))
  func nothingIsLostAndTheSecondTimeNothingChanges(seed: UInt64) throws {
    var generator = ManifestTextGenerator(seed: seed)
    let text = generator.file()
    var problems = Problems()
    let before = composeDocuments(SourceFile(path: "a.yaml", text: text), into: &problems)
    #expect(!problems.hasErrors, "seed \(seed) makes no sound manifest: \(problems.diagnostics)\n\(text)")
    let result = try #require(format(text), "seed \(seed) can't be formatted:\n\(text)")
    let after = composeDocuments(SourceFile(path: "a.yaml", text: result), into: &problems)
    #expect(
      before.map(\.root.meaning) == after.map(\.root.meaning), "seed \(seed)\n\(text)\n---- is\n\(result)")
    #expect(format(result) == result, "seed \(seed)\n\(text)\n---- is\n\(result)")
    for comment in generator.comments {
      #expect(result.contains(comment), "seed \(seed) lost \(comment)\n\(text)\n---- is\n\(result)")
    }
  }
}

extension Node {
  /// What the node says, its keys sorted.
  fileprivate var meaning: String {
    let body =
      switch content {
      case .scalar(let scalar): "\(scalar.coreValue)"
      case .sequence(let elements): "[\(elements.map(\.meaning).joined(separator: ", "))]"
      case .mapping(let entries):
        "{\(entries.map { "\($0.key): \($0.value.meaning)" }.sorted().joined(separator: ", "))}"
      }
    return "\(tag?.rawValue ?? "")\(body)"
  }
}
