// SPDX-License-Identifier: Apache-2.0

/// One source line as it is shown under a diagnostic, with the caret line beneath it.
struct Excerpt {
  /// The line, control characters made visible and clipped around the underlined place.
  let text: String
  /// Spaces up to the place and carets beneath it.
  let underline: String

  private static let tabWidth = 4
  private static let ellipsis = "…"

  /// One character of the source line as it is shown.
  private struct Cell {
    let text: String
    let width: Int
  }

  /// The line that `bytes` write, with carets from the column `start` up to, not including, `end`.
  ///
  /// Both are counted from 1, and nil stands for the end of the line. At most `width` columns are used.
  init(of bytes: ArraySlice<UInt8>, from start: Int, to end: Int?, width: Int) {
    let near = Self.neighbourhood(of: start, in: bytes, reach: 2 * width)
    let cells = Self.cells(of: near.bytes)
    let first = min(max(start - 1 - near.skipped, 0), cells.count)
    let trailing = cells.reversed().prefix { $0.text.allSatisfy { $0 == " " } }.count
    let last = max(first, min(end.map { $0 - 1 - near.skipped } ?? cells.count - trailing, cells.count))

    let window = Self.window(of: cells, around: first, width: width)
    let isClippedLeft = window.lowerBound > 0 || near.bytes.startIndex > bytes.startIndex
    let isClippedRight = window.upperBound < cells.count || near.bytes.endIndex < bytes.endIndex
    let shown = cells[window].map(\.text).joined()
    text = (isClippedLeft ? Self.ellipsis : "") + shown + (isClippedRight ? Self.ellipsis : "")

    let before = cells[window.clamped(to: 0..<first)].reduce(isClippedLeft ? 1 : 0) { $0 + $1.width }
    let under = first..<last
    let carets = cells[under.clamped(to: window)].reduce(0) { $0 + $1.width }
    underline = String(repeating: " ", count: before) + String(repeating: "^", count: max(carets, 1))
  }

  /// The part of a line that may be shown around `place`, `reach` characters to either side, and how many characters stand
  /// before it: one line may be a whole file.
  private static func neighbourhood(
    of place: Int, in bytes: ArraySlice<UInt8>, reach: Int
  ) -> (bytes: ArraySlice<UInt8>, skipped: Int) {
    // No character has more bytes than four.
    guard bytes.count > 4 * reach else { return (bytes, 0) }
    let (from, to) = (place - 1 - reach, place - 1 + reach)
    var (lower, upper) = (bytes.endIndex, bytes.endIndex)
    var character = -1
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 {
      character += 1
      if character == max(from, 0) { lower = index }
      if character == to {
        upper = index
        break
      }
    }
    return (bytes[lower..<upper], max(from, 0))
  }

  private static func cells(of bytes: ArraySlice<UInt8>) -> [Cell] {
    var cells: [Cell] = []
    var column = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let cell: Cell
      if scalar == "\t" {
        let width = tabWidth - column % tabWidth
        cell = Cell(text: String(repeating: " ", count: width), width: width)
      } else if let form = scalar.visibleForm {
        cell = Cell(text: form, width: form.count)
      } else {
        cell = Cell(text: String(scalar), width: scalar.width)
      }
      column += cell.width
      cells.append(cell)
    }
    return cells
  }

  /// The cells to show: all when they fit, else as many as fit with the place a third from the left.
  private static func window(of cells: [Cell], around place: Int, width: Int) -> Range<Int> {
    guard cells.reduce(0, { $0 + $1.width }) > width else { return 0..<cells.count }
    let room = max(width - 2, 1)
    var lower = place
    var used = 0
    while lower > 0, used + cells[lower - 1].width <= room / 3 {
      lower -= 1
      used += cells[lower].width
    }
    var upper = place
    while upper < cells.count, used + cells[upper].width <= room {
      used += cells[upper].width
      upper += 1
    }
    // Near the end of the line there may be room left on the other side.
    while lower > 0, used + cells[lower - 1].width <= room {
      lower -= 1
      used += cells[lower].width
    }
    return lower..<upper
  }
}
