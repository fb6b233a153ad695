// SPDX-License-Identifier: Apache-2.0

/// A place in a text: line and column, both counted from 1; a column counts code points.
public struct Mark: Hashable, Comparable, Sendable {
  /// The line, from 1.
  public let line: Int32
  /// The code point within the line, from 1.
  public let column: Int32

  /// The mark at `line` and `column`, both counted from 1.
  public init(line: Int, column: Int) {
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  /// The first place of a text.
  public static let start = Mark(line: 1, column: 1)

  /// Earlier lines first, then earlier columns.
  public static func < (left: Mark, right: Mark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of one text, from `start` up to, not including, `end`.
public struct SourceRange: Hashable, Sendable {
  /// Where the stretch begins.
  public let start: Mark
  /// The place just after its last character.
  public let end: Mark

  /// The stretch from `start` up to, not including, `end`.
  public init(_ start: Mark, _ end: Mark) {
    self.start = start
    self.end = end
  }
}

/// A stretch of a named file.
public struct Location: Hashable, Comparable, Sendable {
  /// The file's path as the user would write it: relative to where the command was called, when possible.
  public let file: String
  /// The stretch within the file.
  public let range: SourceRange

  /// The stretch `range` of `file`.
  public init(file: String, range: SourceRange) {
    self.file = file
    self.range = range
  }

  /// The single place `mark` of `file`.
  public init(file: String, at mark: Mark) {
    self.init(file: file, range: SourceRange(mark, mark))
  }

  /// By file, then by where the stretch begins, then by where it ends.
  public static func < (left: Location, right: Location) -> Bool {
    (left.file, left.range.start, left.range.end) < (right.file, right.range.start, right.range.end)
  }
}

extension Location: CustomStringConvertible {
  /// The location as `file:line:column`.
  public var description: String { "\(file):\(range.start.line):\(range.start.column)" }
}
