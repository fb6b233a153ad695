// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// The canonical text of a file of manifests.
///
/// Keys come in the order of the field tables, two blanks indent a level, lists are indented, quotes stay only where
/// they are needed, lines end with LF. Comments stay, and so do values, byte for byte. Documents that are not
/// Kiln's stay as they are. The same text comes out when it is formatted again.
///
/// - Parameters:
///   - source: The file.
///   - problems: Takes what is wrong in it.
/// - Returns: The text; nil where the file has errors, or where the new text would not say the same.
public func formattedManifests(_ source: SourceFile, into problems: inout Problems) -> [UInt8]? {
  var found = Problems()
  let before = composeDocuments(source, into: &found)
  problems.report(contentsOf: found.diagnostics)
  guard !found.hasErrors else { return nil }
  let text = WrittenText(source)
  guard let documents = try? WrittenDocuments(text).read() else { return nil }
  guard documents.contains(where: { Form.manifest($0.root) != nil }) else { return source.bytes }
  let formatted = FileLayout(text, documents).formatted()
  let after = composeDocuments(SourceFile(path: source.path, bytes: formatted), into: &found)
  let isSame =
    !found.hasErrors && before.count == after.count
    && zip(before, after).allSatisfy { $0.root.means($1.root) }
  guard isSame else {
    problems.report(
      Diagnostic(
        .error, rule: "format-unsafe", "\(source.path) can't be formatted without changing what it says",
        at: nil, hint: "it is left as it is; formatting it by hand and a report of the file would help"))
    return nil
  }
  return formatted
}

extension Node {
  /// Whether both say the same to every reader, wherever they stand and in whatever order keys come.
  fileprivate func means(_ other: Node) -> Bool {
    guard tag == other.tag else { return false }
    switch (content, other.content) {
    case (.scalar(let left), .scalar(let right)):
      return left.text.utf8.elementsEqual(right.text.utf8) && left.forcedType == right.forcedType
        && left.isText == right.isText
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
    case (.mapping(let left), .mapping(let right)):
      guard left.count == right.count else { return false }
      let others = Dictionary(right.map { ($0.key, $0.value) }) { first, _ in first }
      return left.allSatisfy { entry in others[entry.key].map(entry.value.means) ?? false }
    default: return false
    }
  }
}

extension Scalar {
  /// Whether the scalar is a text to whoever asks what it looks like.
  fileprivate var isText: Bool {
    if case .string = coreValue { true } else { false }
  }
}
