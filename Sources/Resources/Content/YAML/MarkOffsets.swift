// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// Finds the byte at a mark, in constant time however long the line is.
struct MarkOffsets {
  private static let stride = 64

  private let bytes: [UInt8]
  /// The offset of the first byte of each line.
  private var starts: [Int] = []
  /// For each line, the index in `steps` of its first step; empty where every character is one byte.
  private var firstSteps: [Int] = []
  /// The offset of every `stride`th character of a line.
  private var steps: [Int] = []

  /// Counts the lines of `bytes` as YAML does.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    beginLine(at: index, isASCII: isASCII)
    var column = 0
    while index < bytes.count {
      let length = MarkOffsets.lineBreak(in: bytes, at: index)
      if length > 0 {
        index += length
        column = 0
        beginLine(at: index, isASCII: isASCII)
        continue
      }
      if !isASCII {
        if column > 0, column % MarkOffsets.stride == 0 { steps.append(index) }
        column += 1
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      } else {
        index += 1
      }
    }
  }

  private mutating func beginLine(at offset: Int, isASCII: Bool) {
    starts.append(offset)
    guard !isASCII else { return }
    firstSteps.append(steps.count)
    steps.append(offset)
  }

  /// The offset of the byte at `mark`; the end of the text where that is beyond it.
  func offset(of mark: Mark) -> Int {
    let line = Int(mark.line) - 1
    let column = max(Int(mark.column) - 1, 0)
    guard starts.indices.contains(line) else { return bytes.count }
    let limit = line + 1 < starts.count ? starts[line + 1] : bytes.count
    guard !firstSteps.isEmpty else { return min(starts[line] + column, limit) }
    let lastStep = (line + 1 < firstSteps.count ? firstSteps[line + 1] : steps.count) - 1
    let step = min(firstSteps[line] + column / MarkOffsets.stride, lastStep)
    var index = steps[step]
    var left = column - (step - firstSteps[line]) * MarkOffsets.stride
    while left > 0, index < limit {
      index += 1
      while index < limit, bytes[index] & 0xC0 == 0x80 { index += 1 }
      left -= 1
    }
    return index
  }

  /// The bytes of `range`.
  func offsets(of range: SourceRange) -> Range<Int> {
    let start = offset(of: range.start)
    return start..<max(start, offset(of: range.end))
  }

  /// How many bytes the line break at `index` has: YAML 1.1 knows five; 0 where there is none.
  private static func lineBreak(in bytes: [UInt8], at index: Int) -> Int {
    func has(_ rest: UInt8...) -> Bool { bytes[(index + 1)...].starts(with: rest) }
    switch bytes[index] {
    case Byte.newline: return 1
    case Byte.carriageReturn: return has(Byte.newline) ? 2 : 1
    case 0xC2: return has(0x85) ? 2 : 0
    case 0xE2: return has(0x80, 0xA8) || has(0x80, 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
