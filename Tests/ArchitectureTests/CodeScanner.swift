// SPDX-License-Identifier: Apache-2.0

/// Takes comments and the words of string literals out of Swift source, line for line.
struct CodeScanner {
  private let bytes: [UInt8]
  private var index = 0
  private var code: [UInt8] = []

  /// The code in `text`; lines keep their numbers.
  static func code(of text: String) -> String {
    var scanner = CodeScanner(bytes: Array(text.utf8))
    scanner.scan(untilParenthesis: false)
    return String(decoding: scanner.code, as: UTF8.self)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8 { bytes[index] }
  private var isAtEnd: Bool { index >= bytes.count }

  private func isAt(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private mutating func scan(untilParenthesis: Bool) {
    var depth = 0
    while !isAtEnd {
      switch byte {
      case UInt8(ascii: "/") where isAt("//"):
        while !isAtEnd, byte != UInt8(ascii: "\n") { index += 1 }
      case UInt8(ascii: "/") where isAt("/*"):
        skip(until: "*/")
      case UInt8(ascii: "\""):
        skipLiteral(hashes: 0)
      case UInt8(ascii: "#"):
        let hashes = bytes[index...].prefix { $0 == byte }.count
        switch bytes[(index + hashes)...].first {
        case UInt8(ascii: "\""): skipLiteral(hashes: hashes)
        case UInt8(ascii: "/"): skip(until: "/" + String(repeating: "#", count: hashes))
        default: keep()
        }
      case UInt8(ascii: "("):
        depth += 1
        keep()
      case UInt8(ascii: ")"):
        depth -= 1
        if untilParenthesis, depth < 0 { return }
        keep()
      default:
        keep()
      }
    }
  }

  private mutating func keep() {
    code.append(byte)
    index += 1
  }

  private mutating func skipByte() {
    if byte == UInt8(ascii: "\n") { code.append(byte) }
    index += 1
  }

  private mutating func skip(until end: String) {
    while !isAtEnd, !isAt(end) { skipByte() }
    index += end.utf8.count
  }

  private mutating func skipLiteral(hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    index += hashes
    let quote = isAt("\"\"\"") ? "\"\"\"" : "\""
    index += quote.utf8.count
    code += "\"\"".utf8
    let end = quote + fence, escape = "\\" + fence
    while !isAtEnd, !isAt(end) {
      guard isAt(escape) else {
        skipByte()
        continue
      }
      index += escape.utf8.count
      guard !isAtEnd else { return }
      if byte == UInt8(ascii: "(") {
        index += 1
        scan(untilParenthesis: true)
        index += 1
      } else {
        skipByte()
      }
    }
    index += end.utf8.count
  }
}
