// SPDX-License-Identifier: Apache-2.0

extension DockerfileContent.Line {
  /// Reads the logical line at `index`.
  init(_ logical: LogicalLines, at index: Int) {
    let line = logical.lines[index]
    let bytes = logical.bytes
    var end = line.range.lowerBound
    while end < line.range.upperBound, !bytes[end].isBlank { end += 1 }
    let wordRange = line.range.lowerBound..<end
    let argument = bytes.trimmed(end..<line.range.upperBound)

    word = bytes.text(wordRange)
    self.argument = bytes.text(argument)
    range = line.source
    self.wordRange = logical.source(of: wordRange)
    argumentRange =
      argument.isEmpty ? self.wordRange.upperBound..<self.wordRange.upperBound : logical.source(of: argument)
    let nextJoint =
      index + 1 < logical.lines.count ? logical.lines[index + 1].firstJoint : logical.joints.count
    joints =
      nextJoint == line.firstJoint + 1
      ? []
      : logical.joints[line.firstJoint..<nextJoint].map {
        LogicalLines.Joint(joined: $0.joined - argument.lowerBound, source: $0.source)
      }

    guard let known = CommandWord(bytes, wordRange) else {
      reading = .unknown
      return
    }
    do {
      let reader = ArgumentReader(bytes: bytes, range: argument, text: self.argument)
      reading = .command(try reader.command(known, line))
    } catch {
      let place = error.range.map { logical.source(of: $0) } ?? self.wordRange
      reading = .fault(
        known, ArgumentFault(kind: error.kind, message: error.message, hint: error.hint, range: place))
    }
  }
}

extension CommandWord {
  /// The word that stands at `range`, in whatever case.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard (3...10).contains(range.count) else { return nil }
    for word in CommandWord.allCases where word.rawValue.utf8.count == range.count {
      if bytes[range].lazy.map(\.uppercased).elementsEqual(word.rawValue.utf8) {
        self = word
        return
      }
    }
    return nil
  }
}
