// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension WrittenText {
  /// What `node` is made of; `lead` is where the colon or dash before it ends, and `parentColumn` where the key or dash
  /// stands.
  ///
  /// Everything between the parts of a node must be blanks, line ends and comments. Where it is not, as with keys that
  /// begin with `?`, the node around it is kept as a text.
  func written(_ node: PlacedNode, after lead: Int?, parentColumn: Int) -> WrittenNode {
    switch node {
    case .alias(let range): return leaf(.text, range, hasReferences: true, endsInName: true)
    case .scalar(let scalar, let range, let hasProperties, let hasAnchor):
      switch scalar.style {
      case .literal, .folded:
        return leaf(
          .block, withoutLastBreaks(range, parentColumn: parentColumn), hasReferences: hasAnchor)
      case .plain where scalar.text.isEmpty && range.isEmpty:
        let place = lead ?? range.lowerBound
        return leaf(.nothing, place..<place, hasReferences: false)
      case .plain, .singleQuoted, .doubleQuoted:
        return leaf(
          hasProperties ? .text : .bareScalar(scalar), range, hasReferences: hasAnchor,
          endsInName: scalar.style == .plain && scalar.text.isEmpty)
      }
    case .collection(_, let opening, let members, let end, _, let hasAnchor):
      let hasReferences = hasAnchor || members.contains(where: \.hasReferences)
      return blocks(node, lead)
        ?? leaf(
          .text, opening.lowerBound..<lastContent(before: end), hasReferences: hasReferences)
    }
  }

  private func leaf(
    _ shape: WrittenNode.Shape, _ range: Range<Int>, hasReferences: Bool, endsInName: Bool = false
  ) -> WrittenNode {
    WrittenNode(
      range: range, contentStart: range.lowerBound, propertiesEnd: range.lowerBound,
      column: column(of: range.lowerBound), shape: shape, hasReferences: hasReferences,
      endsInName: endsInName)
  }

  /// A block mapping or list whose keys are simple; nil for any other.
  private func blocks(_ node: PlacedNode, _ lead: Int?) -> WrittenNode? {
    guard
      case .collection(let isMapping, let opening, let members, _, let hasProperties, let hasAnchor) = node,
      !members.isEmpty, let start = firstLead(opening, isMapping: isMapping)
    else { return nil }
    var propertiesEnd = opening.lowerBound
    if hasProperties {
      propertiesEnd = endOfProperties(from: opening.lowerBound)
      guard let lead, line(of: lead - 1) == line(of: opening.lowerBound),
        line(of: start) > line(of: opening.lowerBound), afterTrivia(from: propertiesEnd) == start
      else { return nil }
    }
    let column = column(of: start)
    guard
      let children = isMapping
        ? entries(members, from: start, column: column) : elements(members, from: start, column: column),
      let end = children.last?.end
    else { return nil }
    return WrittenNode(
      range: opening.lowerBound..<end, contentStart: start, propertiesEnd: propertiesEnd, column: column,
      shape: isMapping ? .mapping(children) : .sequence(children),
      hasReferences: hasAnchor || children.contains(where: \.hasReferences))
  }

  /// Where the first key or dash of a block stands; nil for flow collections.
  private func firstLead(_ opening: Range<Int>, isMapping: Bool) -> Int? {
    let end = opening.upperBound
    if opening.isEmpty || isMapping {
      guard opening.isEmpty || ![Ascii.openBrace, Ascii.openBracket].contains(bytes[end - 1]) else {
        return nil
      }
      return end
    }
    if bytes[end - 1] == Ascii.openBracket { return nil }
    // A list that is not indented opens with its first dash.
    if end < bytes.count, bytes[end] == Ascii.dash, bytes[end - 1] != Ascii.dash { return end }
    return bytes[end - 1] == Ascii.dash ? end - 1 : nil
  }

  private func endOfProperties(from start: Int) -> Int {
    var (index, end) = (start, start)
    while index < bytes.count, bytes[index] == Ascii.ampersand || bytes[index] == Ascii.exclamation {
      while index < bytes.count, !bytes[index].isBlankByte, !bytes[index].isBreakByte { index += 1 }
      end = index
      while index < bytes.count, bytes[index].isBlankByte { index += 1 }
    }
    return end
  }

  private func entries(_ members: [PlacedNode], from start: Int, column: Int) -> [WrittenChild]? {
    var children: [WrittenChild] = []
    var place = start
    for index in stride(from: 0, to: members.count - 1, by: 2) {
      let key = written(members[index], after: nil, parentColumn: column)
      guard afterTrivia(from: place) == key.range.lowerBound, key.column == column, key.children == nil,
        let end = endOfLead(after: key.range)
      else { return nil }
      let value = written(members[index + 1], after: end, parentColumn: column)
      guard value.range.isEmpty || afterTrivia(from: end) == value.range.lowerBound else { return nil }
      children.append(WrittenChild(key: key, lead: key.range.lowerBound..<end, value: value))
      place = children[children.count - 1].end
    }
    return children
  }

  /// Where the colon behind a key ends, which must stand in the key's own line.
  private func endOfLead(after key: Range<Int>) -> Int? {
    guard line(of: key.lowerBound) == line(of: key.upperBound) else { return nil }
    var index = key.upperBound
    while index < bytes.count, bytes[index].isBlankByte { index += 1 }
    return index < bytes.count && bytes[index] == Ascii.colon ? index + 1 : nil
  }

  private func elements(_ members: [PlacedNode], from start: Int, column: Int) -> [WrittenChild]? {
    var children: [WrittenChild] = []
    var place = start
    for member in members {
      let dash = afterTrivia(from: place)
      guard dash < bytes.count, bytes[dash] == Ascii.dash, self.column(of: dash) == column else { return nil }
      let value = written(member, after: dash + 1, parentColumn: column)
      guard value.range.isEmpty || afterTrivia(from: dash + 1) == value.range.lowerBound else { return nil }
      children.append(WrittenChild(key: nil, lead: dash..<(dash + 1), value: value))
      place = children[children.count - 1].end
    }
    return children
  }

  /// Where the last line of a block that is kept as a text ends.
  private func lastContent(before end: Int) -> Int {
    var end = end
    while end > 0, bytes[end - 1].isBlankByte || bytes[end - 1].isBreakByte { end -= 1 }
    return end
  }
}

extension WrittenText {
  /// The range of a block scalar without the lines at its end that say nothing, and without its last line end.
  fileprivate func withoutLastBreaks(_ range: Range<Int>, parentColumn: Int) -> Range<Int> {
    let header = BlockHeader(bytes[range.lowerBound..<endOfLine(range.lowerBound)])
    let first = line(of: range.lowerBound)
    var last = line(of: range.upperBound)
    if last > first, content(of: last).lowerBound == range.upperBound { last -= 1 }
    if header.chomping != .keep {
      let indentation = header.digit.map { max(parentColumn, 0) + $0 } ?? blockIndentation(first + 1, last)
      while last > first, isBlank(last), content(of: last).count <= indentation { last -= 1 }
    }
    return range.lowerBound..<content(of: last).upperBound
  }

  /// The indentation of the first of the lines that is not blank.
  func blockIndentation(_ first: Int, _ last: Int) -> Int {
    guard first <= last, let line = (first...last).first(where: { !isBlank($0) }) else { return .max }
    return bytes[content(of: line)].prefix { $0 == Ascii.space }.count
  }
}

/// What stands behind `|` or `>`.
struct BlockHeader {
  enum Chomping { case clip, strip, keep }

  /// How line ends at the end count.
  private(set) var chomping = Chomping.clip
  /// The indentation, where it is said.
  private(set) var digit: Int?
  /// Where the indicators end, counted from the first byte.
  private(set) var end = 0

  /// The header in `line`, which begins with the node's anchor or tag, if any.
  init(_ line: ArraySlice<UInt8>) {
    var rest = line
    while let first = rest.first, first == Ascii.ampersand || first == Ascii.exclamation {
      rest = rest.drop { !$0.isBlankByte }.drop(while: \.isBlankByte)
    }
    rest = rest.dropFirst()
    while let byte = rest.first {
      switch byte {
      case Ascii.dash: chomping = .strip
      case UInt8(ascii: "+"): chomping = .keep
      case UInt8(ascii: "1")...UInt8(ascii: "9"): digit = Int(byte - UInt8(ascii: "0"))
      default:
        end = rest.startIndex - line.startIndex
        return
      }
      rest = rest.dropFirst()
    }
    end = rest.startIndex - line.startIndex
  }
}

extension PlacedNode {
  /// Whether an anchor or alias stands in it.
  fileprivate var hasReferences: Bool {
    switch self {
    case .alias: true
    case .scalar(_, _, _, let hasAnchor): hasAnchor
    case .collection(_, _, let members, _, _, let hasAnchor):
      hasAnchor || members.contains(where: \.hasReferences)
    }
  }
}
