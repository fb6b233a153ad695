// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// A node with the places that the parser tells of it.
indirect enum PlacedNode {
  case alias(Range<Int>)
  case scalar(Scalar, Range<Int>, hasProperties: Bool, hasAnchor: Bool)
  /// A list or mapping; the keys and values of the latter take turns. Of a block, `opening` ends where its first key or
  /// dash stands, or just behind that dash.
  case collection(
    isMapping: Bool, opening: Range<Int>, members: [PlacedNode], end: Int, hasProperties: Bool,
    hasAnchor: Bool)

  /// From the first character to the last.
  var range: Range<Int> {
    switch self {
    case .alias(let range), .scalar(_, let range, _, _): range
    case .collection(_, let opening, _, let end, _, _): opening.lowerBound..<max(end, opening.upperBound)
    }
  }
}

/// Reads the documents of a file as they are written.
struct WrittenDocuments {
  let text: WrittenText

  /// A reader of `text`.
  init(_ text: WrittenText) {
    self.text = text
  }

  /// The documents; what is wrong with the grammar is thrown.
  func read() throws(SyntaxError) -> [WrittenDocument] {
    try withEventReader(text.bytes) { reader throws(SyntaxError) in
      var documents: [WrittenDocument] = []
      while true {
        let event = try reader.next()
        switch event.kind {
        case .streamEnd: return documents
        case .documentStart:
          let isMarked = event.range.start != event.range.end
          guard let root = try node(try reader.next(), from: &reader) else { continue }
          documents.append(
            WrittenDocument(
              firstLine: isMarked ? Int(event.range.start.line) : nil,
              markerLine: isMarked ? Int(event.range.end.line) : nil,
              root: text.written(root, after: nil, parentColumn: -1)))
        case .documentEnd where event.range.start != event.range.end:
          if !documents.isEmpty { documents[documents.count - 1].endLine = Int(event.range.start.line) }
        default: continue
        }
      }
    }
  }

  /// The node that begins with `event`; nil where that ends something.
  private func node(_ event: Event, from reader: inout EventReader) throws(SyntaxError) -> PlacedNode? {
    let range = text.range(event.range)
    var (hasProperties, hasAnchor) = (false, false)
    if case .some(let anchor, _) = event.properties { (hasProperties, hasAnchor) = (true, anchor != nil) }
    switch event.kind {
    case .alias: return .alias(range)
    case .scalar(let value, let style):
      return .scalar(
        Scalar(value, style: style), range, hasProperties: hasProperties, hasAnchor: hasAnchor)
    case .sequenceStart, .mappingStart:
      var members: [PlacedNode] = []
      var end = range.upperBound
      while true {
        let next = try reader.next()
        guard let member = try node(next, from: &reader) else {
          // Flow collections end with a bracket; blocks end where their last member did.
          if next.range.start != next.range.end { end = text.range(next.range).upperBound }
          break
        }
        members.append(member)
        end = max(end, member.range.upperBound)
      }
      let isMapping = if case .mappingStart = event.kind { true } else { false }
      return .collection(
        isMapping: isMapping, opening: range, members: members, end: end, hasProperties: hasProperties,
        hasAnchor: hasAnchor)
    case .documentStart, .documentEnd, .sequenceEnd, .mappingEnd, .streamEnd: return nil
    }
  }
}
