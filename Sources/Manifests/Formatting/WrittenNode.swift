// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// A node as it is written: where its text stands among the bytes of the file, and what it is made of.
struct WrittenNode {
  /// How the text of a node is to be treated.
  enum Shape {
    /// Nothing is written.
    case nothing
    /// A text that is kept as it is, but for the indentation of its lines.
    case text
    /// A scalar in quotes or bare, on its own without tag and anchor.
    case bareScalar(Scalar)
    /// A block scalar: `|` or `>` and the lines below.
    case block
    /// A block mapping.
    case mapping([WrittenChild])
    /// A block list.
    case sequence([WrittenChild])
  }

  /// From the first anchor or tag to the last character.
  var range: Range<Int>
  /// Where the content begins: after anchor and tag.
  var contentStart: Int
  /// Where its anchor and tag end.
  var propertiesEnd: Int
  /// The column, from 0, of its keys or dashes; of other nodes that of the first character.
  var column: Int
  /// What it is made of.
  var shape: Shape
  /// Whether an anchor or alias stands in it.
  var hasReferences: Bool
  /// Whether it ends with the name of an alias, an anchor or a tag: a colon right behind would be part of that.
  var endsInName = false

  /// What stands under the keys or dashes; nil where the node is kept as a text.
  var children: [WrittenChild]? {
    switch shape {
    case .mapping(let children), .sequence(let children): children
    case .nothing, .text, .bareScalar, .block: nil
    }
  }

  /// The scalar of a node that is nothing but one.
  var scalar: Scalar? {
    if case .bareScalar(let scalar) = shape { scalar } else { nil }
  }
}

/// One key with its value, or one dash with its element.
struct WrittenChild {
  /// The key; nil for elements of lists.
  var key: WrittenNode?
  /// From the key or dash up to the end of the colon or dash.
  var lead: Range<Int>
  /// The value or element.
  var value: WrittenNode

  /// The text of the key.
  var name: String? { key?.scalar?.text }
  /// Where the last character of the child stands.
  var end: Int { max(lead.upperBound, value.range.upperBound) }
  /// Whether an anchor or alias stands in it.
  var hasReferences: Bool { value.hasReferences || key?.hasReferences ?? false }
}

/// A document as it is written.
struct WrittenDocument {
  /// The line of the `%` directives or of `---`; nil where it begins without either.
  var firstLine: Int?
  /// The line of `---`.
  var markerLine: Int?
  /// The line of `...`.
  var endLine: Int?
  /// Its content.
  var root: WrittenNode
}
