// SPDX-License-Identifier: Apache-2.0

/// A named text: a parameter of a query or form, decoded, or a header of a request.
package typealias Parameter = (name: String, value: String)

/// The percent-encoding that both signatures prescribe, and the lenient reading of what others send.
package enum PercentEncoding {
  /// Encodes the UTF-8 bytes of `text`: `A–Z a–z 0–9 - _ . ~` stay, any other byte becomes `%XY` in upper case.
  ///
  /// A space is `%20`, never `+` (help topic "V3 request body and signature mechanism").
  package static func encode(_ text: String) -> String {
    if text.utf8.allSatisfy(isUnreserved) { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 2)
    for byte in text.utf8 {
      if isUnreserved(byte) {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(Hex.upper[Int(byte >> 4)])
        bytes.append(Hex.upper[Int(byte & 15)])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes `parameters` in the order given as `name=value` joined by `&`; fit for a query and for a form.
  package static func encode(_ parameters: [Parameter]) -> String {
    parameters.map { encode($0.name) + "=" + encode($0.value) }.joined(separator: "&")
  }

  /// Reads a query or an `application/x-www-form-urlencoded` body.
  ///
  /// `+` is a space; a `%` that no two hexadecimal digits follow stays as it is; a name without `=` has an empty
  /// value; empty parts are passed over; bytes that are not UTF-8 become U+FFFD.
  package static func decodeForm(_ bytes: some Sequence<UInt8>) -> [Parameter] {
    Array(bytes).split(separator: UInt8(ascii: "&")).map { part in
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (
        name: decode(halves[0], plus: " "), value: halves.count > 1 ? decode(halves[1], plus: " ") : ""
      )
    }
  }

  /// Reads a percent-encoded part of a URL, in which `+` means itself.
  static func decode(_ text: some StringProtocol) -> String { decode(Array(text.utf8)[...], plus: "+") }

  private static func decode(_ bytes: ArraySlice<UInt8>, plus: Unicode.Scalar) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
        let high = Hex.value(bytes[index + 1]), let low = Hex.value(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: plus) : byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
