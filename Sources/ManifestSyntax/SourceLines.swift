// SPDX-License-Identifier: Apache-2.0

/// Where each line of a file begins: between a mark and a place among the bytes.
///
/// A line ends with whatever ends one for YAML 1.1, which is what the parser counts: line feed, carriage return, both
/// together, U+0085, U+2028 or U+2029. A byte order mark at the beginning has no column.
public struct SourceLines: Sendable {
  let bytes: [UInt8]
  /// The offset of the first byte of each line.
  private let starts: [Int]

  /// The lines of `source`.
  public init(_ source: SourceFile) {
    bytes = source.bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    var offset = 0
    while offset < bytes.count {
      let length = lineBreakLength(in: bytes, at: offset)
      offset += max(length, 1)
      if length > 0 { starts.append(offset) }
    }
    self.starts = starts
  }

  /// How many lines the file has, the one after its last line break included.
  public var count: Int { starts.count }

  /// The bytes of `line`, counted from 1, without its line break; nil where there is no such line.
  public subscript(line: Int) -> ArraySlice<UInt8>? {
    guard starts.indices.contains(line - 1) else { return nil }
    let start = starts[line - 1]
    let limit = line < starts.count ? starts[line] : bytes.count
    var end = start
    while end < limit, lineBreakLength(in: bytes, at: end) == 0 { end += 1 }
    return bytes[start..<end]
  }

  /// The mark of the byte at `offset`.
  public func mark(atOffset offset: Int) -> Mark {
    let line = starts.partitioningIndex { $0 > offset }
    guard line > 0 else { return .start }
    let before = bytes[starts[line - 1]..<min(offset, bytes.count)]
    return Mark(line: line, column: 1 + String(decoding: before, as: UTF8.self).unicodeScalars.count)
  }

  /// The offset of the byte at `mark`; the end of the line, when that is shorter.
  public func offset(of mark: Mark) -> Int? {
    guard let line = self[Int(mark.line)] else { return nil }
    var remaining = Int(mark.column) - 1
    for index in line.indices where bytes[index] & 0xC0 != 0x80 {
      if remaining == 0 { return index }
      remaining -= 1
    }
    return line.endIndex
  }

  /// The place after the last character that is not space.
  var endOfContent: Mark {
    guard let last = bytes.lastIndex(where: { !" \t\r\n".utf8.contains($0) }) else { return .start }
    return mark(atOffset: last + 1)
  }

  /// The character at `mark`; nil at the end of a line.
  public func character(at mark: Mark) -> Unicode.Scalar? {
    guard let offset = offset(of: mark), let line = self[Int(mark.line)] else { return nil }
    return String(decoding: line[offset...].prefix(4), as: UTF8.self).unicodeScalars.first
  }
}

/// How many bytes the line break at `offset` has; 0 where there is none.
func lineBreakLength(in bytes: [UInt8], at offset: Int) -> Int {
  switch bytes[offset] {
  case UInt8(ascii: "\n"): 1
  case UInt8(ascii: "\r"): offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n") ? 2 : 1
  case 0xC2: offset + 1 < bytes.count && bytes[offset + 1] == 0x85 ? 2 : 0
  case 0xE2:
    offset + 2 < bytes.count && bytes[offset + 1] == 0x80 && bytes[offset + 2] | 1 == 0xA9 ? 3 : 0
  default: 0
  }
}

extension Array {
  /// The first index whose element `belongsAfter` holds for, when the elements before it all fail and those after it don't.
  func partitioningIndex(_ belongsAfter: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if belongsAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
