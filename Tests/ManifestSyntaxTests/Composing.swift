// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// The documents of `text` and what is wrong with it.
func compose(_ text: String) -> (documents: [Document], diagnostics: [Diagnostic]) {
  compose(Array(text.utf8))
}

/// The documents of `bytes` and what is wrong with them.
func compose(_ bytes: [UInt8]) -> (documents: [Document], diagnostics: [Diagnostic]) {
  var problems = Problems()
  let documents = composeDocuments(SourceFile(path: "test.yaml", bytes: bytes), into: &problems)
  return (documents, problems.diagnostics)
}

/// What is wrong with `text`.
func problems(of text: String) -> [Diagnostic] { compose(text).diagnostics }

extension Node {
  /// The tree on one line: lists and mappings as in flow style, scalars in single quotes unless they are plain.
  var outline: String {
    let body =
      switch content {
      case .scalar(let scalar): scalar.style == .plain ? scalar.text : "'\(scalar.text)'"
      case .sequence(let elements): "[\(elements.map(\.outline).joined(separator: ", "))]"
      case .mapping(let entries):
        "{\(entries.map { "\($0.key): \($0.value.outline)" }.joined(separator: ", "))}"
      }
    return tag.map { "\($0) \(body)" } ?? body
  }
}

extension SourceRange {
  /// The range as `line:column-line:column`.
  var outline: String { "\(start.line):\(start.column)-\(end.line):\(end.column)" }
}
