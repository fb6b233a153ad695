// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// A text of commands with what Docker's own parser makes of it.
struct DockerShape: Sendable, CustomTestStringConvertible {
  /// The text.
  let text: String
  /// The commands: the word in capitals, then its values, with their quotes.
  let commands: [[String]]

  init(_ text: String, _ commands: [[String]]) {
    self.text = text
    self.commands = commands
  }

  var testDescription: String { String(text.prefix(60)).debugDescription }
}

/// Contents are split as Docker splits them: the expectations were written by Docker's parser (the PyPI package
/// `dockerfile` 3.4.0, which contains it), not by hand.
struct DockerShapeTests {
  @Test(arguments: DockerShape.run + DockerShape.env + DockerShape.other)
  func isSplitAsDockerSplitsIt(_ shape: DockerShape) {
    #expect(DockerfileContent(shape.text).lines.map(split) == shape.commands)
  }

  @Test func thereAreEnough() {
    #expect((DockerShape.run + DockerShape.env + DockerShape.other).count >= 300)
  }

  private func split(_ line: DockerfileContent.Line) -> [String] {
    let word = line.word.uppercased()
    switch line.command {
    case .env(let pairs), .label(let pairs): return [word] + pairs.flatMap { [$0.name, $0.written] }
    case .copy(let source, let destination): return [word, source, destination]
    case .cmd(.exec(let words)), .entrypoint(.exec(let words)): return [word] + words
    case .none: return [word, "?", "\(line.reading)"]
    default: return [word, line.argument]
    }
  }
}
