// SPDX-License-Identifier: Apache-2.0

/// One node of a YAML document, with its place in the file.
///
/// Aliases and merge keys (`<<`) are resolved when the tree is composed, so a reader never meets them.
public struct Node: Hashable, Sendable {
  /// What a node holds.
  public enum Content: Hashable, Sendable {
    /// A scalar, still as text: its reader decides by the field's type what it means.
    case scalar(Scalar)
    /// A list of nodes.
    case sequence([Node])
    /// Keys and values in the order of the text; no key stands twice.
    case mapping([Entry])
  }

  /// One key of a mapping with its value.
  public struct Entry: Hashable, Sendable {
    /// The key's text.
    public let key: String
    /// Where the key stands.
    public let keyRange: SourceRange
    /// The value.
    public let value: Node

    /// The entry `key: value`.
    public init(key: String, keyRange: SourceRange, value: Node) {
      self.key = key
      self.keyRange = keyRange
      self.value = value
    }
  }

  /// What the node holds.
  public let content: Content
  /// A tag of ours; nil where the text has none.
  public let tag: LocalTag?
  /// Where the node stands, its tag included.
  public let range: SourceRange

  /// A node that holds `content`.
  public init(_ content: Content, tag: LocalTag? = nil, range: SourceRange) {
    self.content = content
    self.tag = tag
    self.range = range
  }

  /// The value of `key`, when the node is a mapping that has it.
  public subscript(key: String) -> Node? {
    guard case .mapping(let entries) = content, let index = entries.firstIndex(where: { $0.key == key })
    else {
      return nil
    }
    return entries[index].value
  }

  /// The scalar that the node holds, if it holds one.
  public var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }
}

/// The tags that mean something in a manifest.
public enum LocalTag: String, Hashable, Sendable {
  /// The text of a file stands here.
  case file = "!file"
  /// The value of a variable stands here.
  case variable = "!var"
}

extension LocalTag: CustomStringConvertible {
  /// The tag as it is written.
  public var description: String { rawValue }
}

/// A scalar's text and how it was written.
public struct Scalar: Hashable, Sendable {
  /// The five ways in which YAML writes a scalar.
  public enum Style: Hashable, Sendable {
    /// Bare: `text`.
    case plain
    /// In single quotes: `'text'`.
    case singleQuoted
    /// In double quotes, with escapes: `"text"`.
    case doubleQuoted
    /// A literal block: `|`.
    case literal
    /// A folded block: `>`.
    case folded
  }

  /// The text after unescaping and folding.
  public let text: String
  /// How it was written.
  public let style: Style
  /// The type that a tag such as `!!str` asks for; nil where the text has none.
  public let forcedType: CoreType?

  /// The scalar `text`, written in `style`.
  public init(_ text: String, style: Style, forcedType: CoreType? = nil) {
    self.text = text
    self.style = style
    self.forcedType = forcedType
  }
}
