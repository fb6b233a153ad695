// SPDX-License-Identifier: Apache-2.0

import Crypto

/// Hexadecimal digits.
enum Hex {
  static let upper: [UInt8] = Array("0123456789ABCDEF".utf8)
  static let lower: [UInt8] = Array("0123456789abcdef".utf8)

  /// The value of the digit `byte`, either case.
  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  /// `bytes` as lower-case hexadecimal text.
  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
      digits.append(lower[Int(byte >> 4)])
      digits.append(lower[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }
}

/// The hash functions of the two signatures, over bytes.
enum Hash {
  /// SHA-256 in lower-case hexadecimal.
  static func sha256(_ bytes: [UInt8]) -> String {
    Hex.encode(SHA256.hash(data: bytes))
  }

  /// HMAC-SHA256 in lower-case hexadecimal.
  static func hmacSHA256(key: [UInt8], message: [UInt8]) -> String {
    Hex.encode(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
  }

  /// HMAC-SHA1 as bytes.
  ///
  /// The older signature prescribes it; nothing else may use it.
  static func hmacSHA1(key: [UInt8], message: [UInt8]) -> [UInt8] {
    Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: key)))
  }
}
