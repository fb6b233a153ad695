// SPDX-License-Identifier: Apache-2.0

/// Lines as they are put out: no two blank lines in a row, none where something begins or ends.
struct LayoutOutput {
  private(set) var bytes: [UInt8] = []
  private var lineStart = 0
  private var isBlankDue = false
  /// Whether a blank line would say nothing here, or too much.
  private var refusesBlank = true
  /// Whether a line is begun.
  private(set) var isInLine = false

  /// The column, from 0, of what is added next.
  var column: Int { bytes.count - lineStart }

  /// Asks for a blank line before what comes next.
  mutating func blankLine() { if !refusesBlank { isBlankDue = true } }

  /// Begins a line; goes on with one that is begun.
  mutating func begin(at indentation: Int) {
    guard !isInLine else { return }
    if isBlankDue { bytes.append(Ascii.newline) }
    (isBlankDue, refusesBlank, isInLine) = (false, false, true)
    lineStart = bytes.count
    bytes.append(contentsOf: repeatElement(Ascii.space, count: indentation))
  }

  /// Adds to the line that is begun.
  mutating func add(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  /// Ends the line; where `refusingBlank`, no blank line follows it.
  mutating func end(refusingBlank: Bool = false) {
    bytes.append(Ascii.newline)
    (isInLine, refusesBlank) = (false, refusingBlank)
  }

  /// Adds a line as it is, empty or not.
  mutating func addLine(_ text: some Sequence<UInt8>, indentedBy indentation: Int = 0) {
    bytes.append(contentsOf: repeatElement(Ascii.space, count: indentation))
    bytes.append(contentsOf: text)
    bytes.append(Ascii.newline)
  }

  /// Ends what has been written: no blank line stands between it and what comes.
  mutating func close() { (isBlankDue, refusesBlank) = (false, true) }

  /// Allows blank lines again.
  mutating func open() { refusesBlank = false }
}
