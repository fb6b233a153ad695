// SPDX-License-Identifier: Apache-2.0

/// A content with what is read from it: the text of a component's `Content`, a pipeline's `BuildContent` or `TestContent`.
public struct ContentText: Hashable, Sendable {
  /// The two forms of the content language.
  public enum Body: Hashable, Sendable {
    /// Command lines, `RUN …`.
    case dockerfile(DockerfileContent)
    /// Parameters and tasks in YAML.
    case yaml(YAMLContent)
  }

  /// The text, byte for byte.
  public let text: String
  /// The number of its bytes in UTF-8.
  public let size: Int
  /// What the text says.
  public let body: Body

  /// Reads `text`; whatever it is, something is made of it.
  public init(_ text: String) {
    self.text = text
    let bytes = Array(text.utf8)
    size = bytes.count
    body = YAMLContent(bytes).map(Body.yaml) ?? .dockerfile(DockerfileContent(bytes))
  }
}
