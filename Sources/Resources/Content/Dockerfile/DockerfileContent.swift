// SPDX-License-Identifier: Apache-2.0

/// A content in the Dockerfile form, line by line.
public struct DockerfileContent: Hashable, Sendable {
  /// One logical line: a command, or what stands in place of one.
  public struct Line: Hashable, Sendable {
    /// What was made of the line.
    public let reading: Reading
    /// The command word, as written.
    public let word: String
    /// What follows the word, joined and without blanks around it.
    public let argument: String
    /// Where the line stands in the text, in UTF-8 bytes.
    public let range: Range<Int>
    /// Where the word stands in the text, in UTF-8 bytes.
    public let wordRange: Range<Int>
    /// Where the argument stands in the text, in UTF-8 bytes; empty, at the word's end, when there is none.
    public let argumentRange: Range<Int>
    let joints: [LogicalLines.Joint]

    /// The command, when the line is a sound one.
    public var command: ContentCommand? {
      if case .command(let command) = reading { command } else { nil }
    }

    /// The place in the text of a stretch of `argument`; both in UTF-8 bytes.
    public func source(of range: Range<Int>) -> Range<Int> {
      let start = source(of: range.lowerBound)
      return start..<(range.isEmpty ? start : source(of: range.upperBound - 1) + 1)
    }

    private func source(of offset: Int) -> Int {
      var (low, high) = (0, joints.count)
      while low < high {
        let middle = (low + high) / 2
        if joints[middle].joined <= offset { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return argumentRange.lowerBound + offset }
      return joints[low - 1].source + (offset - joints[low - 1].joined)
    }
  }

  /// What was made of a logical line.
  public enum Reading: Hashable, Sendable {
    /// A sound command.
    case command(ContentCommand)
    /// A known word whose argument is not.
    case fault(CommandWord, ArgumentFault)
    /// A word that the form does not have.
    case unknown
  }

  /// The logical lines in the order of the text.
  public let lines: [Line]
  /// Where the comments stand in the text, in UTF-8 bytes.
  public let comments: [Range<Int>]
  /// Where blanks follow a backslash that continues a line, in UTF-8 bytes.
  public let blanksAfterBackslash: [Range<Int>]

  /// Reads `text`; whatever it is, something is made of it.
  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  init(_ text: [UInt8]) {
    let logical = LogicalLines(text)
    var lines: [Line] = []
    lines.reserveCapacity(logical.lines.count)
    for index in logical.lines.indices { lines.append(Line(logical, at: index)) }
    self.lines = lines
    comments = logical.comments
    blanksAfterBackslash = logical.blanksAfterBackslash
  }
}

/// What is wrong with a command's argument.
public struct ArgumentFault: Error, Hashable, Sendable {
  /// The ways in which an argument can be wrong.
  public enum Kind: Hashable, Sendable {
    /// There is none, but one is needed.
    case missing
    /// There is one, but none is allowed.
    case unwanted
    /// It does not follow the command's grammar.
    case malformed
    /// It is a URL with a query string.
    case query
    /// It uses something of Docker's that the service does not have.
    case unsupported
  }

  /// In which way it is wrong.
  public let kind: Kind
  /// What is wrong, without a full stop.
  public let message: String
  /// What to do about it, where that is not plain.
  public let hint: String?
  /// Where it is wrong, in UTF-8 bytes of the text.
  public let range: Range<Int>
}
