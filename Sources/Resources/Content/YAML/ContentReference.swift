// SPDX-License-Identifier: Apache-2.0

/// A `{{ name }}` or `{{ task.output }}` in a task's property.
public struct ContentReference: Hashable, Sendable {
  /// What the service puts in its place.
  public enum Target: Hashable, Sendable {
    /// The value of a parameter.
    case parameter(String)
    /// What an earlier task gave out.
    case output(task: String, name: String)
  }

  /// What the service puts in its place.
  public let target: Target
  /// Where it stands, from the first to the last brace, in UTF-8 bytes of the content.
  public let byteRange: Range<Int>

  /// The references in `range` of `text`, in order.
  static func find(in text: [UInt8], _ range: Range<Int>) -> [ContentReference] {
    var references: [ContentReference] = []
    var index = range.lowerBound
    while let open = text.nextReferenceBrace(from: index, before: range.upperBound) {
      if let reference = ContentReference(text, at: open, before: range.upperBound) {
        references.append(reference)
        index = reference.byteRange.upperBound
      } else {
        index = open + 1
      }
    }
    return references
  }

  /// The reference whose first brace stands at `open`: a name or two with a dot between, perhaps with blanks around.
  init?(_ text: [UInt8], at open: Int, before end: Int) {
    var index = open + 2
    func skipBlanks() {
      while index < end, text[index] == Byte.space || text[index] == Byte.tab { index += 1 }
    }
    func takeName() -> String? {
      let start = index
      guard index < end, text[index].isWordByte, !text[index].isDigit else { return nil }
      while index < end, text[index].isWordByte || text[index] == Byte.dash { index += 1 }
      return text.text(start..<index)
    }
    skipBlanks()
    guard let name = takeName() else { return nil }
    var output: String?
    if index < end, text[index] == Byte.dot {
      index += 1
      output = takeName()
      if output == nil { return nil }
    }
    skipBlanks()
    guard index + 1 < end, text[index] == Byte.closeBrace, text[index + 1] == Byte.closeBrace else {
      return nil
    }
    target = output.map { .output(task: name, name: $0) } ?? .parameter(name)
    byteRange = open..<index + 2
  }
}

extension [UInt8] {
  /// The next place from `start` on where two opening braces stand.
  fileprivate func nextReferenceBrace(from start: Int, before end: Int) -> Int? {
    var index = start
    while index + 1 < end {
      if self[index] == Byte.openBrace, self[index + 1] == Byte.openBrace { return index }
      index += 1
    }
    return nil
  }
}
