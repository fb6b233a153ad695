// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension DocumentLayout {
  /// Adds the comment that stands behind `offset`, as far from the text as it was.
  mutating func addComment(after offset: Int) {
    guard let comment = text.comment(after: offset), !comment.isEmpty else { return }
    let blanks = text.bytes[comment].prefix(while: \.isBlankByte)
    output.add(blanks.allSatisfy { $0 == Ascii.space } ? Array(blanks) : [Ascii.space, Ascii.space])
    output.add(text.bytes[comment].dropFirst(blanks.count))
  }

  /// Writes the text of a node that is no block mapping or list, and ends its last line.
  ///
  /// - Parameters:
  ///   - lead: Where its key or dash stood.
  ///   - indentation: Where that stands now.
  mutating func writeText(of node: WrittenNode, below lead: Int, inside indentation: Int) {
    let first = text.line(of: node.range.lowerBound), last = text.line(of: node.range.upperBound)
    let parentColumn = text.column(of: lead)
    if case .block = node.shape {
      return writeBlockScalar(node, first, last, parentColumn: parentColumn, inside: indentation)
    }
    guard first != last else {
      output.add(node.withoutNeedlessQuotes(in: text))
      addComment(after: node.range.upperBound)
      output.end()
      return
    }
    var shift = indentation - parentColumn
    // Of keys and dashes that are kept as a text, the lines must stay below one another.
    if case .text = node.shape { shift = output.column - node.column }
    // A bracket may close where its key stands; everything else must stand further in.
    let isFlow = [Ascii.openBrace, Ascii.openBracket].contains(text.bytes[node.contentStart])
    let least = indentation + (isFlow ? 0 : 2)
    output.add(text.bytes[node.range.lowerBound..<text.content(of: first).upperBound])
    output.end()
    for line in first + 1...last {
      let content = text.content(of: line)
      let end = line == last ? node.range.upperBound : content.upperBound
      let indented = text.indentation(of: line)
      let start = min(content.lowerBound + indented, end)
      output.begin(at: start < end ? max(least, indented + shift) : 0)
      output.add(text.bytes[start..<end])
      if line == last { addComment(after: end) }
      output.end()
    }
  }

  private mutating func writeBlockScalar(
    _ node: WrittenNode, _ first: Int, _ last: Int, parentColumn: Int, inside indentation: Int
  ) {
    let head = text.trimmed(node.range.lowerBound..<text.content(of: first).upperBound)
    let header = BlockHeader(text.bytes[head])
    if node.range.upperBound == text.bytes.count, header.chomping != .strip, first < last {
      // The last line has no end, so the text has none either: with a line end behind it, this must be said.
      output.add(text.bytes[head].prefix(header.end).filter { $0 != UInt8(ascii: "+") })
      output.add([Ascii.dash])
      output.add(text.bytes[head].dropFirst(header.end))
    } else {
      output.add(text.bytes[head])
    }
    output.end()
    guard first < last else { return }
    let old = header.digit.map { parentColumn + $0 } ?? text.blockIndentation(first + 1, last)
    for line in first + 1...last {
      let content = text.content(of: line)
      let spaces = text.bytes[content].prefix { $0 == Ascii.space }.count
      let start = content.lowerBound + min(spaces, old)
      // Spaces in a line that has no more of them than the text is indented by mean nothing.
      let isEmpty = start == content.upperBound
      output.addLine(
        text.bytes[start..<content.upperBound],
        indentedBy: isEmpty ? 0 : indentation + (header.digit ?? 2))
    }
    // A blank line more would be part of the text.
    if header.chomping == .keep { output.close() } else { output.open() }
  }
}

extension WrittenNode {
  /// The text of a node of one line; a scalar without its quotes where it means the same to every reader.
  func withoutNeedlessQuotes(in text: WrittenText) -> [UInt8] {
    let written = text.bytes[range]
    guard let scalar, scalar.style != .plain,
      text.line(of: range.lowerBound) == text.line(of: range.upperBound),
      YAMLText.isPlain(scalar.text),
      // Without its quotes a text would take in the # right behind it.
      !text.bytes[range.upperBound...].starts(with: [Ascii.hash])
    else { return Array(written) }
    return Array(scalar.text.utf8)
  }
}
