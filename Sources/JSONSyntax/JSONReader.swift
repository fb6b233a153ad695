// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
  /// The value that `bytes` write, which must be one JSON text (RFC 8259) in UTF-8 and nothing else.
  ///
  /// Of equal keys the last wins, half a surrogate pair becomes U+FFFD, and an integer beyond 64 bits becomes a decimal.
  public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    var reader = JSONReader(bytes)
    self = try reader.readDocument()
  }

  /// The value that `text` writes, which must be one JSON text and nothing else.
  public init(parsing text: String) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }
}

/// Reads one JSON text from front to back.
struct JSONReader {
  /// How deep lists and objects may stand in each other: no reply comes near it, and recursion stays bounded.
  static let depthLimit = 128

  let bytes: [UInt8]
  var position = 0
  /// The members of all objects that are still open, so that each dictionary is made once, in its final size.
  private var pendingMembers: [(key: String, value: JSONValue)] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func readDocument() throws(JSONSyntaxError) -> JSONValue {
    skipSpace()
    let value = try readValue(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("there is more text after the end of the value") }
    return value
  }

  func failure(_ message: String, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(message, at: offset ?? position, in: bytes)
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case Byte.space, Byte.newline, Byte.carriageReturn, Byte.tab: position += 1
      default: return
      }
    }
  }

  private mutating func readValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard position < bytes.count else { throw failure("the text ends where a value was expected") }
    switch bytes[position] {
    case Byte.quote: return .string(try readString())
    case Byte.openBrace: return .object(try readObject(depth: depth + 1))
    case Byte.openBracket: return .array(try readArray(depth: depth + 1))
    case Byte.minus, Byte.zero...Byte.nine: return try readNumber()
    case UInt8(ascii: "t"): return try readWord("true", as: .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", as: .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", as: .null)
    default: throw failure("expected a value")
    }
  }

  private mutating func readWord(
    _ word: StaticString, as value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    let letters = word.description.utf8
    guard bytes[position...].starts(with: letters) else { throw failure("expected a value") }
    position += letters.count
    return value
  }

  private mutating func readArray(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
    try enter(depth)
    var elements: [JSONValue] = []
    if take(Byte.closeBracket) { return elements }
    while true {
      elements.append(try readValue(depth: depth))
      skipSpace()
      if take(Byte.comma) {
        skipSpace()
      } else if take(Byte.closeBracket) {
        return elements
      } else {
        throw unexpected("expected ',' or ']'", missing: "the text ends inside a list")
      }
    }
  }

  private mutating func readObject(depth: Int) throws(JSONSyntaxError) -> [String: JSONValue] {
    try enter(depth)
    if take(Byte.closeBrace) { return [:] }
    let firstMember = pendingMembers.count
    while true {
      guard position < bytes.count, bytes[position] == Byte.quote else {
        throw unexpected("expected a key in double quotes", missing: "the text ends inside an object")
      }
      let key = try readString()
      skipSpace()
      guard take(Byte.colon) else {
        throw unexpected("expected ':' after the key", missing: "the text ends inside an object")
      }
      skipSpace()
      pendingMembers.append((key, try readValue(depth: depth)))
      skipSpace()
      if take(Byte.comma) {
        skipSpace()
      } else if take(Byte.closeBrace) {
        return collectMembers(from: firstMember)
      } else {
        throw unexpected("expected ',' or '}'", missing: "the text ends inside an object")
      }
    }
  }

  private mutating func collectMembers(from first: Int) -> [String: JSONValue] {
    var members = [String: JSONValue](minimumCapacity: pendingMembers.count - first)
    for (key, value) in pendingMembers[first...] { members[key] = value }
    pendingMembers.removeSubrange(first...)
    return members
  }

  /// Steps over the opening bracket and the space after it.
  private mutating func enter(_ depth: Int) throws(JSONSyntaxError) {
    guard depth <= Self.depthLimit else {
      throw failure("lists and objects stand more than \(Self.depthLimit) deep in each other")
    }
    position += 1
    skipSpace()
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private func unexpected(_ expectation: String, missing: String) -> JSONSyntaxError {
    failure(position < bytes.count ? expectation : missing)
  }
}
