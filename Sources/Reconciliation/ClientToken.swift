// SPDX-License-Identifier: Apache-2.0

package import Planning
package import Resources

/// The token under which the service makes an object at most once (design: exactly once).
///
/// It is derived from what is intended, so the same intent has the same token: after a lost answer, after a
/// crash, and in a second job on another machine.
package struct ClientToken: Hashable, Sendable {
  /// At most 64 ASCII characters.
  package let text: String

  /// The token of one intent.
  ///
  /// - Parameters:
  ///   - operation: The operation's name.
  ///   - regionID: The region it is sent to.
  ///   - stackTag: The value of the tag `kiln:stack`.
  ///   - address: What is created, with a component's version.
  ///   - digest: The digest over its immutable fields.
  ///   - predecessor: The id of the object whose place it takes.
  ///   - attempt: Raised when the token proves used up, such as by an object that was deleted since.
  package init(
    operation: String, regionID: String, stackTag: String, address: Address, digest: SpecDigest,
    predecessor: String?, attempt: Int
  ) {
    var intent = CanonicalBytes()
    for part in [
      operation, regionID, stackTag, address.unversioned, address.version?.description ?? "-", digest.text,
      predecessor ?? "-", String(attempt),
    ] {
      intent.append(part)
    }
    text = "kiln-" + base32(intent.sha256)
  }

  /// The token under which `planned` is created in the place of `predecessor`.
  package init(
    creating planned: PlannedResource, regionID: String, stackTag: String, predecessor: String?, attempt: Int
  ) {
    self.init(
      operation: planned.address.kind.createOperation, regionID: regionID, stackTag: stackTag,
      address: planned.address, digest: planned.digest, predecessor: predecessor, attempt: attempt)
  }
}

/// RFC 4648 base 32 in lower case, without padding.
private func base32(_ bytes: [UInt8]) -> String {
  let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  var text: [UInt8] = []
  var buffer: UInt32 = 0
  var bits = 0
  for byte in bytes {
    buffer = buffer << 8 | UInt32(byte)
    bits += 8
    while bits >= 5 {
      bits -= 5
      text.append(alphabet[Int(buffer >> UInt32(bits)) & 31])
    }
    buffer &= (1 << UInt32(bits)) - 1
  }
  if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
  return String(decoding: text, as: UTF8.self)
}
