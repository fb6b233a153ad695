// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Puts the documents of a file one below the other, ours written anew, others as they are.
struct FileLayout {
  private let text: WrittenText
  private let documents: [WrittenDocument]
  private var output = LayoutOutput()

  /// The layout of `documents`, which stand in `text`.
  init(_ text: WrittenText, _ documents: [WrittenDocument]) {
    self.text = text
    self.documents = documents
  }

  /// The new text.
  consuming func formatted() -> [UInt8] {
    for index in documents.indices {
      let lines =
        begin(of: index)..<(index + 1 < documents.count ? begin(of: index + 1) : text.lines.count + 1)
      if let form = Form.manifest(documents[index].root), !startsOnMarker(documents[index]) {
        write(documents[index], in: lines, isFirst: index == 0, by: form)
      } else {
        keep(lines)
      }
    }
    return output.bytes
  }

  /// The first line that belongs to a document.
  private func begin(of index: Int) -> Int {
    if index == 0 { return 1 }
    return documents[index].firstLine ?? (documents[index - 1].endLine ?? 0) + 1
  }

  private func startsOnMarker(_ document: WrittenDocument) -> Bool {
    document.markerLine.map { text.line(of: document.root.range.lowerBound) == $0 } ?? false
  }

  private mutating func write(_ document: WrittenDocument, in lines: Range<Int>, isFirst: Bool, by form: Form)
  {
    let first = text.line(of: document.root.contentStart),
      last = text.line(of: document.root.range.upperBound)
    let end = document.endLine ?? lines.upperBound
    var above = Array(lines.lowerBound..<first)
    if let marker = document.markerLine {
      let isBare = text.trimmed(text.content(of: marker)).count == 3 && document.firstLine == marker
      if isFirst, isBare {
        above.removeAll { $0 == marker }
      } else {
        keep(lines.lowerBound..<marker)
        output.addLine(text.bytes[text.trimmed(text.content(of: marker))])
        above = marker + 1 < first ? Array(marker + 1..<first) : []
      }
    }
    output.close()
    var layout = DocumentLayout(text, addingTo: output)
    layout.write(document.root, above: above, below: last + 1 < end ? Array(last + 1..<end) : [], by: form)
    output = layout.output
    output.close()
    if end < lines.upperBound { keep(end..<lines.upperBound) }
  }

  /// Adds lines as they are, but for what ends them.
  private mutating func keep(_ lines: Range<Int>) {
    for line in lines {
      let content = text.bytes[text.content(of: line)]
      // The last line has no end, or it would not be the last.
      if line < text.lines.count { output.addLine(content) } else { output.add(content) }
    }
  }
}
