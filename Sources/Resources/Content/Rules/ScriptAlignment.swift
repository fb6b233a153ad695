// SPDX-License-Identifier: Apache-2.0

/// Finds a script again in the YAML that writes it: behind a quote, with escapes, as a block, folded or not.
///
/// What stands between, indentation and line ends that a fold takes away, is stepped over. Where the two do not go
/// together there are no joints, and all that is known is where the whole value stands.
struct ScriptAlignment {
  /// From which offset of the script on it stands at which of the text, in order.
  private(set) var joints: [(script: Int, text: Int)] = []

  private let script: [UInt8]
  private let text: [UInt8]
  private let end: Int
  private var place: Int
  private var quote: UInt8?

  /// Looks for `script` in the value that stands at `range` of `text`.
  init(of script: [UInt8], at range: Range<Int>, in text: [UInt8]) {
    (self.script, self.text, end, place) = (script, text, range.upperBound, range.lowerBound)
    guard let first = text[range].first else { return }
    switch first {
    case Byte.quote, Byte.apostrophe:
      quote = first
      place += 1
    case Byte.bar, Byte.greater: place = afterLine(place)
    default: break
    }
    if !align() { joints = [] }
  }

  private mutating func align() -> Bool {
    var index = 0
    var isJoined = false
    while index < script.count {
      if index == 0 || script[index - 1] == Byte.newline {
        skipIndentation(keeping: index)
        isJoined = false
      }
      guard place < end else { return script[index...].allSatisfy { $0 == Byte.newline } }
      if let (byte, length) = escape() {
        guard byte == script[index] else { return false }
        joints.append((index, place))
        place += length
        isJoined = false
      } else if text[place] == script[index] {
        if !isJoined { joints.append((index, place)) }
        place += 1
        isJoined = true
      } else if script[index] == Byte.space || script[index] == Byte.newline, let line = nextLine() {
        joints.append((index, place))
        place = line
        skipBlanks()
        isJoined = false
      } else {
        return false
      }
      index += 1
    }
    return true
  }

  /// The byte that an escape writes, and how many it takes, where one begins here.
  private func escape() -> (byte: UInt8, length: Int)? {
    guard let quote, place + 1 < end else { return nil }
    let next = text[place + 1]
    if quote == Byte.apostrophe {
      return text[place] == quote && next == quote ? (quote, 2) : nil
    }
    guard text[place] == Byte.backslash else { return nil }
    switch next {
    case UInt8(ascii: "n"): return (Byte.newline, 2)
    case UInt8(ascii: "t"): return (Byte.tab, 2)
    case UInt8(ascii: "r"): return (Byte.carriageReturn, 2)
    case Byte.quote, Byte.backslash, Byte.slash, Byte.space: return (next, 2)
    default: return nil
    }
  }

  /// Where the next line begins, if nothing but blanks is left on this one.
  private func nextLine() -> Int? {
    var next = place
    while next < end, text[next].isBlank { next += 1 }
    return next < end && text[next] == Byte.newline ? next + 1 : nil
  }

  /// Steps over the blanks of a line, but for as many as the script has at `index`, and over empty lines before it.
  private mutating func skipIndentation(keeping index: Int) {
    if quote == nil, index < script.count, script[index] != Byte.newline {
      while let line = nextLine() { place = line }
    }
    let own = script[index...].prefix(while: \.isBlank).count
    let blanks = text[place..<end].prefix(while: \.isBlank).count
    place += max(blanks - own, 0)
  }

  private mutating func skipBlanks() {
    while place < end, text[place].isBlank { place += 1 }
  }

  private func afterLine(_ start: Int) -> Int {
    var index = start
    while index < end, text[index] != Byte.newline { index += 1 }
    return min(index + 1, end)
  }
}
