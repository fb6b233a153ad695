// SPDX-License-Identifier: Apache-2.0

/// Writes one document anew: keys in their order, two blanks a level, comments with what they stand at.
struct DocumentLayout {
  let text: WrittenText
  var output: LayoutOutput

  /// A layout that adds to `output`.
  init(_ text: WrittenText, addingTo output: LayoutOutput) {
    self.text = text
    self.output = output
  }

  /// Writes the block `root` by `form`; lines of comments stand `above` and `below` it.
  mutating func write(_ root: WrittenNode, above: [Int], below: [Int], by form: Form) {
    // What stands above the first key is about the document, whichever key comes first.
    write(above, at: 0)
    writeChildren(of: root, at: 0, above: [], below: below, by: form)
  }

  /// Writes the children of a block at `indentation`.
  ///
  /// - Parameters:
  ///   - above: Lines between what opens the block and its first key or dash.
  ///   - below: Lines after the last child that belong to the block.
  private mutating func writeChildren(
    of block: WrittenNode, at indentation: Int, above: [Int], below: [Int], by form: Form
  ) {
    guard let children = block.children else { return }
    let remarks = Remarks(of: children, at: block.column, above: above, below: below, in: text)
    writeChildren(children, remarks, in: form.order(of: children), at: indentation, by: form)
  }

  /// Writes `children` in `order`; where `isCompact`, the first one goes on with the line of a dash.
  private mutating func writeChildren(
    _ children: [WrittenChild], _ remarks: Remarks, in order: [Int], at indentation: Int, by form: Form,
    isCompact: Bool = false
  ) {
    for (position, index) in order.enumerated() {
      if position > 0 || !isCompact { write(remarks.heads[index], at: indentation) }
      write(
        children[index], at: indentation, below: remarks.insides[index],
        by: form.form(of: children[index]))
      write(remarks.feet[index], at: indentation)
    }
    write(remarks.tail, at: indentation)
  }

  private func isComment(_ line: Int) -> Bool { !text.isBlank(line) }

  /// Writes lines that are blank or hold comments.
  private mutating func write(_ lines: [Int], at indentation: Int) {
    for line in lines {
      if text.isBlank(line) {
        output.blankLine()
      } else {
        output.begin(at: indentation)
        output.add(text.bytes[text.trimmed(text.content(of: line))].drop(while: \.isBlankByte))
        output.end()
      }
    }
  }

  private mutating func write(_ child: WrittenChild, at indentation: Int, below: [Int], by form: Form) {
    let value = child.value
    if value.children != nil {
      writeBlock(child, at: indentation, below: below, by: form)
      return
    }
    output.begin(at: indentation)
    writeLead(child)
    if case .nothing = value.shape {
      addComment(after: child.lead.upperBound)
      output.end()
      return
    }
    let leadLine = text.line(of: child.lead.upperBound), valueLine = text.line(of: value.range.lowerBound)
    if leadLine == valueLine {
      output.add([Ascii.space])
    } else {
      addComment(after: child.lead.upperBound)
      output.end(refusingBlank: true)
      write(Array(leadLine + 1..<valueLine), at: indentation + 2)
      output.begin(at: indentation + 2)
    }
    writeText(of: value, below: child.lead.lowerBound, inside: indentation)
  }

  private mutating func writeLead(_ child: WrittenChild) {
    guard let key = child.key else { return output.add([Ascii.dash]) }
    output.add(key.withoutNeedlessQuotes(in: text))
    if key.endsInName { output.add([Ascii.space]) }
    output.add([Ascii.colon])
  }

  private mutating func writeBlock(
    _ child: WrittenChild, at indentation: Int, below: [Int], by form: Form
  ) {
    let value = child.value
    guard let children = value.children else { return }
    let leadLine = text.line(of: child.lead.upperBound), firstLine = text.line(of: value.contentStart)
    let properties = value.range.lowerBound..<value.propertiesEnd
    let leadEnd = properties.isEmpty ? child.lead.upperBound : properties.upperBound
    let above = leadLine + 1 < firstLine ? Array(leadLine + 1..<firstLine) : []
    let hasComment = leadLine != firstLine && text.comment(after: leadEnd)?.isEmpty == false
    let remarks = Remarks(of: children, at: value.column, above: above, below: below, in: text)
    var order = form.order(of: children)
    var isCompact = child.key == nil && properties.isEmpty && !hasComment
    // Into a line that is begun no comments can be put.
    if isCompact, output.isInLine, remarks.hasComment(above: order.first, in: text) {
      order = Array(children.indices)
      isCompact = !remarks.hasComment(above: order.first, in: text)
    }
    // What stood above a key that now comes first goes above the dash.
    if isCompact, let first = order.first {
      write(remarks.heads[first].filter(isComment), at: indentation)
    }
    output.begin(at: indentation)
    writeLead(child)
    if !properties.isEmpty { output.add([Ascii.space] + text.bytes[properties]) }
    if isCompact {
      output.add([Ascii.space])
    } else {
      if leadLine != firstLine { addComment(after: leadEnd) }
      output.end(refusingBlank: true)
    }
    writeChildren(children, remarks, in: order, at: indentation + 2, by: form, isCompact: isCompact)
  }
}
