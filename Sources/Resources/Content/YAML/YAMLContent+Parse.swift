// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension YAMLContent {
  /// Reads `text` in the YAML form; nil where it is not in that form.
  ///
  /// It is when YAML makes a mapping with the key `Tasks` of it. A text with a mistake in its YAML is taken for one
  /// when a line begins with `Tasks:`, since then its author must have meant it.
  init?(_ text: [UInt8]) {
    guard text.containsTasks else { return nil }
    let braces = BraceGuard(text)
    var problems = Problems()
    let documents = composeDocuments(SourceFile(path: "", bytes: braces.text), into: &problems)
    let errors = problems.sorted.filter { $0.severity == .error }
    let roots = documents.map(\.root).filter { $0["Tasks"] != nil }
    guard !roots.isEmpty || !errors.isEmpty && text.hasTasksLine else { return nil }

    var reader = YAMLContentReader(text: text, braces: braces)
    for error in errors { reader.report(error) }
    if documents.count > 1 {
      reader.report(
        "a content is one YAML document, not \(documents.count)", hint: "take the '---' lines away",
        at: documents[1].root.range)
    }
    if errors.isEmpty, let root = roots.first { reader.readRoot(root) }
    self = reader.content
  }
}

extension [UInt8] {
  /// Whether `Tasks` stands somewhere in the text: a quick look before the slow one.
  fileprivate var containsTasks: Bool {
    let word = Array("Tasks".utf8)
    var index = 0
    while index + 4 < count {
      // The fifth byte tells how far the word can be moved on.
      if self[index + 4] == word[4], self[index..<index + 5].elementsEqual(word) { return true }
      index += 1
    }
    return false
  }

  /// Whether a line begins with `Tasks:`.
  fileprivate var hasTasksLine: Bool {
    split(whereSeparator: { $0 == Byte.newline || $0 == Byte.carriageReturn })
      .contains { $0.starts(with: "Tasks:".utf8) || $0.starts(with: "\u{FEFF}Tasks:".utf8) }
  }
}
