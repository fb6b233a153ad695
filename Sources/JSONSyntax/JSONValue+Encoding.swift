// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
  /// The value as JSON in UTF-8: the same value gives the same bytes, with keys in the order of their bytes.
  ///
  /// `pretty` puts each member and element on a line of its own, indented by two spaces. A decimal that JSON can't
  /// write (infinite or not a number) becomes `null`.
  public func encoded(pretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(self)
    return writer.output
  }

  /// The value as JSON on one line.
  public var text: String { String(decoding: encoded(), as: UTF8.self) }
}

/// Collects the bytes of one JSON text.
private struct JSONWriter {
  let pretty: Bool
  var output: [UInt8] = []
  private var depth = 0

  init(pretty: Bool) {
    self.pretty = pretty
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let bool): output.append(contentsOf: (bool ? "true" : "false").utf8)
    case .integer(let integer): output.append(contentsOf: String(integer).utf8)
    case .decimal(let decimal):
      output.append(contentsOf: (decimal.isFinite ? String(decimal) : "null").utf8)
    case .string(let string): write(string)
    case .array(let elements):
      write(elements, between: Byte.openBracket, and: Byte.closeBracket) { writer, element in
        writer.write(element)
      }
    case .object(let members):
      // Not String's own order, which depends on Unicode's tables and so on the system.
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      write(sorted, between: Byte.openBrace, and: Byte.closeBrace) { writer, member in
        writer.write(member.key)
        writer.output.append(Byte.colon)
        if writer.pretty { writer.output.append(Byte.space) }
        writer.write(member.value)
      }
    }
  }

  private mutating func write<Item>(
    _ items: [Item], between open: UInt8, and close: UInt8, each: (inout JSONWriter, Item) -> Void
  ) {
    output.append(open)
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(Byte.comma) }
      breakLine()
      each(&self, item)
    }
    depth -= 1
    if !items.isEmpty { breakLine() }
    output.append(close)
  }

  private mutating func breakLine() {
    guard pretty else { return }
    output.append(Byte.newline)
    output.append(contentsOf: repeatElement(Byte.space, count: 2 * depth))
  }

  private mutating func write(_ string: String) {
    output.append(Byte.quote)
    // Only these bytes can begin something that needs an escape: see `writeEscaped`.
    let isPlain = string.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != Byte.quote && byte != Byte.backslash && byte != 0x7F && byte != 0xC2
        && byte != 0xE2
    }
    if isPlain {
      output.append(contentsOf: string.utf8)
    } else {
      for scalar in string.unicodeScalars { writeEscaped(scalar) }
    }
    output.append(Byte.quote)
  }

  private mutating func writeEscaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": output.append(contentsOf: #"\""#.utf8)
    case "\\": output.append(contentsOf: #"\\"#.utf8)
    case "\n": output.append(contentsOf: #"\n"#.utf8)
    case "\r": output.append(contentsOf: #"\r"#.utf8)
    case "\t": output.append(contentsOf: #"\t"#.utf8)
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
      // Beyond what JSON asks for: these would move a terminal's cursor or end a line of JavaScript.
      let digits = String(scalar.value, radix: 16)
      output.append(contentsOf: #"\u"#.utf8)
      output.append(contentsOf: repeatElement(Byte.zero, count: 4 - digits.count))
      output.append(contentsOf: digits.utf8)
    default:
      output.append(contentsOf: String(scalar).utf8)
    }
  }
}
