// SPDX-License-Identifier: Apache-2.0

/// Whole documents of a file, one after the other, that can be read without the rest of it.
public struct SourcePiece: Sendable {
  /// The file.
  public let source: SourceFile
  /// Where the piece stands among the file's bytes.
  let range: Range<Int>
  /// The number of its first line, from 1.
  let firstLine: Int

  /// How many bytes it has.
  public var count: Int { range.count }

  /// Whether it is all of the file.
  public var isWhole: Bool { range == source.bytes.indices }

  /// All of `source`.
  public init(_ source: SourceFile) {
    self.init(source, source.bytes.indices, firstLine: 1)
  }

  fileprivate init(_ source: SourceFile, _ range: Range<Int>, firstLine: Int) {
    self.source = source
    self.range = range
    self.firstLine = firstLine
  }
}

/// The pieces of a file, in order, so that several cores can read it side by side.
///
/// It is cut only before lines that begin with `---`, which begin a document wherever they stand: YAML forbids them
/// inside of any scalar.
public struct SourcePieces: Sequence, IteratorProtocol {
  private let source: SourceFile
  private let size: Int
  private var upcoming: SourcePiece?

  /// The pieces of `source`, of at least `size` bytes each; only one where it can't be cut.
  public init(of source: SourceFile, atLeast size: Int) {
    self.source = source
    self.size = size
    upcoming = SourcePiece(source)
    // Directives belong to the document after them; and what keeps a file from being read is told of it as a whole.
    if source.bytes.count > size, source.directives.isEmpty, source.obstacles().isEmpty {
      upcoming = cut(from: 0, 1)
    }
  }

  /// The next piece.
  public mutating func next() -> SourcePiece? {
    guard let piece = upcoming else { return nil }
    let end = piece.range.upperBound
    upcoming =
      end < source.bytes.count ? cut(from: end, piece.firstLine + source.lineBreaks(in: piece.range)) : nil
    return piece
  }

  /// The piece from `start` on, which is the line `line`, up to the first place to cut at.
  private func cut(from start: Int, _ line: Int) -> SourcePiece {
    let bytes = source.bytes
    var end = start + size
    while end < bytes.count {
      guard let lineEnd = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      end = lineEnd + 1
      if source.beginsDocument(at: end) { return SourcePiece(source, start..<end, firstLine: line) }
    }
    return SourcePiece(source, start..<bytes.count, firstLine: line)
  }
}

extension SourceFile {
  /// Whether a line that begins at `offset` begins a document.
  fileprivate func beginsDocument(at offset: Int) -> Bool {
    let line = bytes[offset...].prefix(4)
    guard line.starts(with: "---".utf8) else { return false }
    return line.count == 3 || line.last.map(" \t\n\r".utf8.contains) == true
  }

  /// How many lines end in `range`.
  fileprivate func lineBreaks(in range: Range<Int>) -> Int {
    let part = bytes[range]
    let others: [UInt8] = [UInt8(ascii: "\r"), 0xC2, 0xE2]
    if !others.contains(where: part.contains) { return part.count { $0 == UInt8(ascii: "\n") } }
    var breaks = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let length = lineBreakLength(in: bytes, at: offset)
      if length > 0 { breaks += 1 }
      offset += max(length, 1)
    }
    return breaks
  }
}
