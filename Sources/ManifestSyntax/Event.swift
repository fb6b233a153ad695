// SPDX-License-Identifier: Apache-2.0

/// One step of reading YAML: a scalar, or the beginning or end of something larger.
package struct Event: Sendable {
  /// What the step is.
  package enum Kind: Sendable {
    /// A document begins; `version` is what its `%YAML` line says.
    case documentStart(version: String?)
    /// A document ends.
    case documentEnd
    /// A list begins.
    case sequenceStart(Properties, isFlow: Bool)
    /// A list ends.
    case sequenceEnd
    /// A mapping begins; its keys and values follow in turn.
    case mappingStart(Properties, isFlow: Bool)
    /// A mapping ends.
    case mappingEnd
    /// A scalar.
    case scalar(Properties, text: String, style: Scalar.Style)
    /// `*name`: what `&name` marked stands here once more.
    case alias(name: String)
    /// Nothing more comes.
    case streamEnd
  }

  /// What may stand in front of a node.
  package struct Properties: Sendable {
    /// The name after `&`.
    package let anchor: String?
    /// The tag, its handle replaced by what it stands for.
    package let tag: String?
  }

  /// What the step is.
  package let kind: Kind
  /// Where it stands, its properties included.
  package let range: SourceRange
}
