// SPDX-License-Identifier: Apache-2.0

/// The here-documents that a `RUN` or `COPY` line opens.
///
/// The service does not take them; they are read so that their text is not mistaken for commands.
struct HereDocument {
  /// What ends a here-document.
  struct Terminator {
    /// The whole line, without its end.
    var name: [UInt8]
    /// Whether tabs before it are passed over (`<<-`).
    var stripsTabs: Bool
  }

  /// Where the first one is opened.
  var range: Range<Int>
  /// What ends them, in the order of the line.
  var terminators: [Terminator] = []

  /// The here-documents that the logical line `line` of `bytes` opens; nil where it opens none.
  init?(in bytes: [UInt8], _ line: Range<Int>) {
    guard HereDocument.mayHave(bytes, line) else { return nil }
    range = line.lowerBound..<line.lowerBound
    var index = line.lowerBound
    var quote: UInt8?
    var isWordStart = true
    while index < line.upperBound {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
        if byte == Byte.backslash, open == Byte.quote { index += 1 }
      } else if byte == Byte.backslash {
        index += 1
      } else if byte == Byte.quote || byte == Byte.apostrophe {
        quote = byte
      } else if isWordStart, byte == Byte.less,
        let (terminator, end) = HereDocument.terminator(in: bytes, index..<line.upperBound)
      {
        if terminators.isEmpty { range = index..<end }
        terminators.append(terminator)
        index = end
        continue
      }
      isWordStart = byte.isBlank || isWordStart && byte.isDigit
      index += 1
    }
    if terminators.isEmpty { return nil }
  }

  /// Whether the line is a `RUN` or a `COPY` with `<<` in it.
  private static func mayHave(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var end = line.lowerBound
    while end < line.upperBound, !bytes[end].isBlank { end += 1 }
    guard let word = CommandWord(bytes, line.lowerBound..<end), word == .run || word == .copy else {
      return false
    }
    var index = end
    while index + 1 < line.upperBound {
      if bytes[index] == Byte.less, bytes[index + 1] == Byte.less { return true }
      index += 1
    }
    return false
  }

  /// The terminator that `<<NAME`, `<<-NAME` or `<<"NAME"` at the start of `range` states, and where it ends.
  private static func terminator(in bytes: [UInt8], _ range: Range<Int>) -> (Terminator, Int)? {
    var index = range.lowerBound + 1
    guard index < range.upperBound, bytes[index] == Byte.less else { return nil }
    index += 1
    let stripsTabs = index < range.upperBound && bytes[index] == Byte.dash
    if stripsTabs { index += 1 }
    let start = index
    while index < range.upperBound, !bytes[index].isBlank { index += 1 }
    var name = start..<index
    if name.count > 2, let first = bytes[name].first, first == Byte.quote || first == Byte.apostrophe,
      bytes[name].last == first
    {
      name = name.dropFirst().dropLast()
    }
    guard !name.isEmpty,
      bytes[name].allSatisfy({ $0.isWordByte || $0 == Byte.dash || $0 == UInt8(ascii: ".") })
    else { return nil }
    return (Terminator(name: Array(bytes[name]), stripsTabs: stripsTabs), index)
  }
}
