// SPDX-License-Identifier: Apache-2.0

/// Where each character of a scalar's text stands in the file.
///
/// Text that has a language of its own, such as a script in a block scalar, is parsed after YAML is done with it: with
/// indentation, quotes, escapes and folds gone. The map leads a place in that text back to the file.
public struct ScalarSourceMap: Sendable {
  private let trace: ScalarTrace
  private let bytes: [UInt8]

  /// The map of the scalar `node`, which stands in the file whose lines are `lines`.
  ///
  /// It is nil when `node` is no scalar, or when its text does not stand in that file.
  public init?(_ node: Node, in lines: SourceLines) {
    guard let scalar = node.scalar, var tracer = ScalarTracer(at: node.range, in: lines) else { return nil }
    let trace = tracer.trace(scalar)
    guard String(trace.text) == scalar.text else { return nil }
    self.trace = trace
    self.bytes = Array(scalar.text.utf8)
  }

  /// Where the character at `offset` stands, an offset into the text's UTF-8.
  ///
  /// A character that was written as an escape stands at its backslash; a space or line break that comes from folding, where
  /// the line ends. The offset after the last character is the place after it.
  public func mark(atUTF8Offset offset: Int) -> Mark {
    guard offset < bytes.count, let piece = trace.piece(at: offset) else { return trace.end }
    let before = bytes[piece.offset...max(offset, piece.offset)].count { $0 & 0xC0 != 0x80 } - 1
    return Mark(line: Int(piece.mark.line), column: Int(piece.mark.column) + max(before, 0))
  }

  /// The stretch of the file that writes the part `offsets` of the text's UTF-8.
  public func range(ofUTF8 offsets: Range<Int>) -> SourceRange {
    let start = mark(atUTF8Offset: offsets.lowerBound)
    guard !offsets.isEmpty else { return SourceRange(start, start) }
    let last = mark(atUTF8Offset: offsets.upperBound - 1)
    let next = mark(atUTF8Offset: offsets.upperBound)
    // What follows on the same line tells how long an escape is; at the end of a line there is nothing to tell.
    let end =
      next.line == last.line && next > last ? next : Mark(line: Int(last.line), column: Int(last.column) + 1)
    return SourceRange(start, end)
  }
}

/// Text as it grows, with the place of each character.
struct ScalarTrace {
  /// Characters that stand one column apart on one line.
  struct Piece {
    let offset: Int
    let mark: Mark
  }

  private(set) var text = String.UnicodeScalarView()
  private(set) var end: Mark
  private var pieces: [Piece] = []
  private var length = 0

  init(from start: Mark) {
    end = start
  }

  /// Adds `scalar`, written from `mark` up to `next`.
  mutating func append(_ scalar: Unicode.Scalar, at mark: Mark, next: Mark) {
    if pieces.isEmpty || mark != end || !isWhole { pieces.append(Piece(offset: length, mark: mark)) }
    // After an escape the columns of text and file no longer run together.
    isWhole = next == Mark(line: Int(mark.line), column: Int(mark.column) + 1)
    text.append(scalar)
    length += UTF8.width(scalar)
    end = next
  }

  private var isWhole = true

  /// The last piece that begins at or before `offset`.
  func piece(at offset: Int) -> Piece? {
    let index = pieces.partitioningIndex { $0.offset > offset }
    return index > 0 ? pieces[index - 1] : nil
  }
}
