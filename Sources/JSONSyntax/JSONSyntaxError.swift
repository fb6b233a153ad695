// SPDX-License-Identifier: Apache-2.0

/// Why a text is not JSON, and where it stops being so.
public struct JSONSyntaxError: Error, Hashable, Sendable {
  /// The place, as a number of bytes from the beginning.
  public let offset: Int
  /// The line of that place, from 1.
  public let line: Int
  /// The code point within the line, from 1.
  public let column: Int
  /// What is wrong, in plain words.
  public let message: String

  init(_ message: String, at offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
    self.offset = offset
    self.line = 1 + before.count { $0 == Byte.newline }
    // Continuation bytes of UTF-8 belong to the code point before them.
    self.column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
    self.message = message
  }
}

extension JSONSyntaxError: CustomStringConvertible {
  /// The message with its place in front.
  public var description: String { "line \(line), column \(column): \(message)" }
}
