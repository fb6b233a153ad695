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
    case sequenceStart
    /// A list ends.
    case sequenceEnd
    /// A mapping begins; its keys and values follow in turn.
    case mappingStart
    /// A mapping ends.
    case mappingEnd
    /// A scalar.
    case scalar(text: String, style: Scalar.Style)
    /// `*name`: what `&name` marked stands here once more.
    case alias(name: String)
    /// Nothing more comes.
    case streamEnd
  }

  /// What may stand in front of a node; few nodes have any, so they take no more room than one word.
  package enum Properties: Sendable {
    /// Nothing does.
    case none
    /// The name after `&`, and the tag with its handle replaced by what that stands for.
    indirect case some(anchor: String?, tag: String?)
  }

  /// What the step is.
  package let kind: Kind
  /// What stands in front of the scalar, list or mapping.
  package let properties: Properties
  /// Where it stands, its properties included.
  package let range: SourceRange

  /// The event, at `key` if it is the value that a key on an earlier line lacks.
  ///
  /// The parser places such a value at whatever comes next, even behind the end of the file.
  func placed(after key: Mark) -> Event {
    guard range.start == range.end, range.start.line > key.line, case .scalar = kind else { return self }
    return Event(kind: kind, properties: properties, range: SourceRange(key, key))
  }
}
