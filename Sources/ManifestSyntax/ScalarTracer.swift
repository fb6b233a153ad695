// SPDX-License-Identifier: Apache-2.0

/// Reads one scalar once more, as the parser did, to learn where each character of its text stands.
///
/// It may rely on the parser having accepted the text, so it looks for no mistakes.
struct ScalarTracer {
  var cursor: SourceCursor
  var trace: ScalarTrace
  /// Where a plain scalar ends; the others tell by themselves.
  private let end: Mark

  init?(at range: SourceRange, in lines: SourceLines) {
    guard let offset = lines.offset(of: range.start) else { return nil }
    cursor = SourceCursor(lines.bytes, offset: offset, mark: range.start)
    trace = ScalarTrace(from: range.start)
    end = range.end
  }

  /// Where the characters of `scalar` stand.
  mutating func trace(_ scalar: Scalar) -> ScalarTrace {
    skipProperties()
    trace = ScalarTrace(from: cursor.mark)
    switch scalar.style {
    case .plain: tracePlain()
    case .singleQuoted: traceQuoted(UInt8(ascii: "'"))
    case .doubleQuoted: traceQuoted(UInt8(ascii: "\""))
    case .literal: traceBlock(scalar.text, isFolded: false)
    case .folded: traceBlock(scalar.text, isFolded: true)
    }
    return trace
  }

  /// Steps over tag and anchor, which belong to the node's range.
  private mutating func skipProperties() {
    while cursor.byte == UInt8(ascii: "!") || cursor.byte == UInt8(ascii: "&") {
      let isAnchor = cursor.next() == "&"
      while cursor.mark < end, !cursor.isAtBlank, !cursor.isAtBreak, !isAnchor || isAtNameCharacter {
        _ = cursor.next()
      }
      while !cursor.isAtEnd, cursor.mark < end {
        if cursor.isAtBreak {
          _ = cursor.nextBreak()
        } else if cursor.isAtBlank {
          cursor.skipBlanks()
        } else if cursor.byte == UInt8(ascii: "#") {
          cursor.skipLine()
        } else {
          break
        }
      }
    }
  }

  /// Whether an anchor's name may go on here: the parser lets text follow it without a space.
  private var isAtNameCharacter: Bool {
    switch cursor.byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Takes the character under the cursor as it is.
  private mutating func take() {
    let mark = cursor.mark
    let character = cursor.next()
    trace.append(character, at: mark, next: cursor.mark)
  }

  private mutating func tracePlain() {
    while !cursor.isAtEnd, cursor.mark < end {
      if cursor.isAtBlank || cursor.isAtBreak { traceSpace() } else { take() }
    }
  }

  private mutating func traceQuoted(_ quote: UInt8) {
    _ = cursor.next()
    trace = ScalarTrace(from: cursor.mark)
    let isDouble = quote == UInt8(ascii: "\"")
    while !cursor.isAtEnd {
      if cursor.isAtBlank || cursor.isAtBreak {
        traceSpace()
      } else if cursor.byte == quote {
        guard !isDouble, cursor.byte(after: 1) == quote else { return }
        let mark = cursor.mark
        _ = cursor.next()
        trace.append(cursor.next(), at: mark, next: cursor.mark)
      } else if isDouble, cursor.byte == UInt8(ascii: "\\") {
        traceEscape()
      } else {
        take()
      }
    }
  }

  private struct Space {
    let character: Unicode.Scalar
    let mark: Mark
    let next: Mark
  }

  /// Blanks within a line stay; around a line break they go, one line break becomes a space, and of several the
  /// first goes.
  private mutating func traceSpace(afterEscapedBreak: Bool = false) {
    var blanks: [Space] = []
    var breaks: [Space] = []
    while cursor.isAtBlank || cursor.isAtBreak {
      let mark = cursor.mark
      if cursor.isAtBreak {
        let character = cursor.nextBreak()
        breaks.append(Space(character: character, mark: mark, next: cursor.mark))
      } else {
        let character = cursor.next()
        blanks.append(Space(character: character, mark: mark, next: cursor.mark))
      }
    }
    var kept = breaks
    if !afterEscapedBreak {
      if let first = breaks.first {
        if first.character == "\n" { kept.removeFirst() }
        if first.character == "\n", breaks.count == 1 {
          kept = [Space(character: " ", mark: first.mark, next: first.next)]
        }
      } else {
        kept = blanks
      }
    }
    for space in kept { trace.append(space.character, at: space.mark, next: space.next) }
  }

  private mutating func traceEscape() {
    let mark = cursor.mark
    _ = cursor.next()
    if cursor.isAtBreak {
      _ = cursor.nextBreak()
      return traceSpace(afterEscapedBreak: true)
    }
    let letter = cursor.next()
    let character: Unicode.Scalar
    switch letter {
    case "x": character = hexadecimalEscape(digits: 2)
    case "u": character = hexadecimalEscape(digits: 4)
    case "U": character = hexadecimalEscape(digits: 8)
    default: character = Self.escapes[letter] ?? letter
    }
    trace.append(character, at: mark, next: cursor.mark)
  }

  private mutating func hexadecimalEscape(digits: Int) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      value = value << 4 | UInt32(Character(cursor.next()).hexDigitValue ?? 0)
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "\u{0}", "a": "\u{7}", "b": "\u{8}", "t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}", "r": "\r",
    "e": "\u{1B}", "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
  ]
}
