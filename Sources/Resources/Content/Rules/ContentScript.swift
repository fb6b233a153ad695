// SPDX-License-Identifier: Apache-2.0

/// A script of a content as a POSIX shell would be given it, line by line with the way back to the text.
public struct ContentScript: Hashable, Sendable {
  /// The script; `{{ }}` references are filled with underscores.
  public let text: String
  /// Where each line of `text` stands in the content, in UTF-8 bytes.
  public let lines: [Range<Int>]
  /// Whether its quotes, parentheses and here-documents close, so that another script may follow it.
  public let isClosed: Bool

  /// The script; nil where it is for another program, or empty.
  init?(_ script: LintedScript) {
    guard !script.isPowerShell, !script.isForOtherProgram else { return nil }
    var bytes = script.bytes
    for reference in ContentReference.find(in: bytes, 0..<bytes.count) {
      for index in reference.byteRange { bytes[index] = UInt8(ascii: "_") }
    }
    guard bytes.contains(where: { !$0.isBlank && $0 != Byte.newline }) else { return nil }
    let pieces = script.pieces
    var text: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
      text += bytes[piece]
      if index + 1 < pieces.count, bytes[piece].last != Byte.newline { text += "\\\n".utf8 }
    }
    self.text = String(decoding: text, as: UTF8.self)
    lines = pieces.map { script.source($0.upperBound > $0.lowerBound ? bytes.trimmedLine($0) : $0) }
    isClosed = script.isClosed
  }
}

extension [UInt8] {
  /// `range` without blanks at its ends and without its line end.
  fileprivate func trimmedLine(_ range: Range<Int>) -> Range<Int> {
    trimmed(self[range].last == Byte.newline ? range.dropLast() : range)
  }
}

extension LintedScript {
  /// Whether its first line names another program than a shell.
  fileprivate var isForOtherProgram: Bool {
    guard bytes.starts(with: "#!".utf8) else { return false }
    let words = bytes.words(2..<(bytes.firstIndex(of: Byte.newline) ?? bytes.count)).map(bytes.text)
    return !words.contains { word in
      ["sh", "bash", "dash", "ksh", "ash"].contains(word.split(separator: "/").last.map(String.init) ?? "")
    }
  }

  /// The stretches that a shell may be given as lines.
  ///
  /// A `RUN` reaches the shell as one line. Its continuations are kept as such, so that the shell can tell where
  /// something is wrong; but not behind a comment, which would end there instead of at the end of it all.
  fileprivate var pieces: [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    let cuts = isOneLine ? joints.dropFirst().map(\.script) : lineStarts
    for cut in cuts where cut > start && cut < bytes.count {
      if isOneLine, bytes[start..<cut].contains(Byte.hash) { break }
      pieces.append(start..<cut)
      start = cut
    }
    return pieces + [start..<bytes.count]
  }

  private var lineStarts: [Int] { bytes.indices.filter { bytes[$0] == Byte.newline }.map { $0 + 1 } }
}
