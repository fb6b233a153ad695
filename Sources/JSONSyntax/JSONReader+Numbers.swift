// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
  /// Reads a number whose first character stands at `position`.
  mutating func readNumber() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    let isNegative = bytes[position] == Byte.minus
    if isNegative { position += 1 }

    let integerStart = position
    // Counted downwards, because the smallest integer has no positive counterpart.
    var magnitude: Int64 = 0
    var overflows = false
    while position < bytes.count, let digit = digit(bytes[position]) {
      let (tenfold, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, stillTooLarge) = tenfold.subtractingReportingOverflow(digit)
      overflows = overflows || tooLarge || stillTooLarge
      magnitude = sum
      position += 1
    }
    guard position > integerStart else { throw failure("expected a digit") }
    if bytes[integerStart] == Byte.zero, position > integerStart + 1 {
      throw failure("a number may not begin with 0", at: integerStart)
    }

    var isDecimal = false
    if position < bytes.count, bytes[position] == Byte.point {
      isDecimal = true
      position += 1
      try skipDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isDecimal = true
      position += 1
      if position < bytes.count, bytes[position] == Byte.plus || bytes[position] == Byte.minus {
        position += 1
      }
      try skipDigits()
    }

    if !isDecimal, !overflows {
      if isNegative { return .integer(magnitude) }
      if magnitude != Int64.min { return .integer(-magnitude) }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw failure("the number is too large", at: start)
    }
    return .decimal(value)
  }

  private func digit(_ byte: UInt8) -> Int64? {
    byte >= Byte.zero && byte <= Byte.nine ? Int64(byte - Byte.zero) : nil
  }

  private mutating func skipDigits() throws(JSONSyntaxError) {
    let start = position
    while position < bytes.count, digit(bytes[position]) != nil { position += 1 }
    guard position > start else { throw failure("expected a digit") }
  }
}
