// SPDX-License-Identifier: Apache-2.0

/// Finds a script again in the YAML that writes it: behind a quote, with escapes, as a block, folded or not.
///
/// What stands between, indentation and line ends that a fold takes away, is stepped over. Where the two do not go
/// together there are no joints, and all that is known is where the whole value stands.
package struct ScriptAlignment {
  /// From which offset of the script on it stands at which of the text, in order; `escape` is how long the escape is
  /// that writes what begins there, or 0.
  private(set) var joints: [(script: Int, text: Int, escape: Int)] = []

  private let script: [UInt8]
  private let text: [UInt8]
  private let end: Int
  private var place: Int
  private var quote: UInt8?

  /// Looks for `script` in the value that stands at `range` of `text`.
  package init(of script: [UInt8], at range: Range<Int>, in text: [UInt8]) {
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

  /// The offset in the script of what stands at `offset` of the text; nil where that is not known.
  package func offset(ofText offset: Int) -> Int? {
    var (low, high) = (0, joints.count)
    while low < high {
      let middle = (low + high) / 2
      if joints[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let joint = joints[low - 1]
    // What stands between two stretches of the script is shown at the end of the first.
    let next = low < joints.count ? joints[low].script : script.count
    return min(joint.script + (offset - joint.text), max(next - 1, joint.script))
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
      if let (bytes, length) = escape() {
        guard script[index...].starts(with: bytes) else { return false }
        joints.append((index, place, length))
        place += length
        index += bytes.count - 1
        isJoined = false
      } else if text[place] == script[index] {
        if !isJoined { joints.append((index, place, 0)) }
        place += 1
        isJoined = true
      } else if script[index] == Byte.space || script[index] == Byte.newline, let line = nextLine() {
        joints.append((index, place, 0))
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

  /// The bytes that an escape writes, and how many it takes, where one begins here.
  private func escape() -> (bytes: [UInt8], length: Int)? {
    guard let quote, place + 1 < end else { return nil }
    let next = text[place + 1]
    if quote == Byte.apostrophe {
      return text[place] == quote && next == quote ? ([quote], 2) : nil
    }
    guard text[place] == Byte.backslash else { return nil }
    switch next {
    case UInt8(ascii: "n"): return ([Byte.newline], 2)
    case UInt8(ascii: "t"): return ([Byte.tab], 2)
    case UInt8(ascii: "r"): return ([Byte.carriageReturn], 2)
    case Byte.quote, Byte.backslash, Byte.slash, Byte.space: return ([next], 2)
    case UInt8(ascii: "x"): return character(digits: 2)
    case UInt8(ascii: "u"): return character(digits: 4)
    case UInt8(ascii: "U"): return character(digits: 8)
    default: return nil
    }
  }

  /// The character that the hexadecimal digits behind `\x`, `\u` or `\U` stand for.
  private func character(digits count: Int) -> (bytes: [UInt8], length: Int)? {
    guard place + 2 + count <= end,
      let value = UInt32(self.text.text(place + 2..<place + 2 + count), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (Array(String(scalar).utf8), 2 + count)
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
