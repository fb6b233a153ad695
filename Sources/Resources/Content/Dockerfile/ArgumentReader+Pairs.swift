// SPDX-License-Identifier: Apache-2.0

extension ArgumentReader {
  /// The pairs of `ENV` or `LABEL`: `name="value" …`, or one pair as `name value`, as Docker tells them apart.
  func pairs(of word: CommandWord) throws(Fault) -> [ContentCommand.Pair] {
    var index = range.lowerBound
    var pairs: [ContentCommand.Pair] = []
    while let found = shellWord(from: &index) {
      guard let equals = found.first(where: { bytes[$0] == Byte.equals }) else {
        guard pairs.isEmpty else {
          throw Fault(
            message: "'\(bytes.excerpt(found))' is not name=\"value\"",
            hint: "quote values with blanks in them",
            range: found)
        }
        return [try blankSeparatedPair(of: word)]
      }
      pairs.append(try pair(of: word, name: found.lowerBound..<equals, value: equals + 1..<found.upperBound))
    }
    return pairs
  }

  private func blankSeparatedPair(of word: CommandWord) throws(Fault) -> ContentCommand.Pair {
    guard let blank = range.first(where: { bytes[$0].isBlank }) else {
      throw Fault(
        message: "\(word.rawValue) needs a value",
        hint: "write \(word.rawValue) \(bytes.excerpt(range))=\"value\"", range: range)
    }
    let value = bytes.trimmed(blank..<range.upperBound)
    return try pair(of: word, name: range.lowerBound..<blank, value: value)
  }

  private func pair(of word: CommandWord, name: Range<Int>, value: Range<Int>) throws(Fault)
    -> ContentCommand.Pair
  {
    guard let plainName = unquoted(name), let plainValue = unquoted(value) else {
      throw Fault(
        message: "a quote is opened and not closed",
        hint: "close it, or write \\\" for a quote that is meant",
        range: name.lowerBound..<value.upperBound)
    }
    guard !plainName.isEmpty else {
      throw Fault(
        message: "\(word.rawValue) needs a name before '='", range: name.lowerBound..<value.upperBound)
    }
    return ContentCommand.Pair(name: plainName, value: plainValue, written: bytes.text(value))
  }

  /// The next word from `index` on, where quotes keep blanks together and a backslash takes the next byte along.
  private func shellWord(from index: inout Int) -> Range<Int>? {
    while index < range.upperBound, bytes[index].isBlank { index += 1 }
    guard index < range.upperBound else { return nil }
    let start = index
    var quote: UInt8?
    while index < range.upperBound {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
        if byte == Byte.backslash, open == Byte.quote { index += 1 }
      } else if byte.isBlank {
        break
      } else if byte == Byte.backslash {
        index += 1
      } else if byte == Byte.quote || byte == Byte.apostrophe {
        quote = byte
      }
      index += 1
    }
    index = min(index, range.upperBound)
    return start..<index
  }

  /// The text of `word` with quotes and escapes resolved as Docker's shell words are; nil where a quote stays open.
  private func unquoted(_ word: Range<Int>) -> String? {
    guard word.contains(where: { [Byte.quote, Byte.apostrophe, Byte.backslash].contains(bytes[$0]) }) else {
      return bytes.text(word)
    }
    var plain: [UInt8] = []
    var quote: UInt8?
    var index = word.lowerBound
    while index < word.upperBound {
      let byte = bytes[index]
      let following = index + 1 < word.upperBound ? bytes[index + 1] : nil
      if byte == quote {
        quote = nil
      } else if byte == Byte.backslash, quote != Byte.apostrophe, let following {
        let isEscape = quote == nil || [Byte.quote, Byte.dollar, Byte.backslash].contains(following)
        if !isEscape { plain.append(byte) }
        plain.append(following)
        index += 1
      } else if quote == nil, byte == Byte.quote || byte == Byte.apostrophe {
        quote = byte
      } else if quote != nil || byte != Byte.backslash {
        plain.append(byte)
      }
      index += 1
    }
    return quote == nil ? String(decoding: plain, as: UTF8.self) : nil
  }
}
