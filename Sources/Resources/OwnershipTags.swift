// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The tags by which Kiln knows its own (design: ownership without a state file).
public struct OwnershipTags: Hashable, Sendable {
  /// Keys that begin like this are Kiln's.
  public static let prefix = "kiln:"
  /// `ID/TARGET` of the stack.
  public static let stackKey = "kiln:stack"
  /// `component/NAME` or `pipeline/NAME`.
  public static let addressKey = "kiln:address"
  /// Format and digest of the immutable fields.
  public static let digestKey = "kiln:digest"
  /// Short hashes of the tag keys that Kiln set.
  public static let keysKey = "kiln:keys"
  /// `true` where deletion is barred.
  public static let protectedKey = "kiln:protected"
  /// A pipeline's version.
  public static let versionKey = "kiln:version"
  /// How many tags a user may set: the service allows 20, six are Kiln's (design, §4).
  public static let userTagLimit = 14

  /// `ID/TARGET` of the stack that owns the resource.
  public var stack: String
  /// `component/NAME` or `pipeline/NAME`.
  public var address: String
  /// The digest when it was last written.
  public var digest: SpecDigest
  /// Short hashes of the keys of the user's tags that Kiln set.
  public var keys: Set<String>
  /// Whether deletion is barred.
  public var isProtected: Bool
  /// A pipeline's version, where given.
  public var version: String?

  /// The tags of a resource whose user tags are `userTags`.
  public init(
    stack: String, address: Address, digest: SpecDigest, userTags: [String: String], isProtected: Bool,
    version: String? = nil
  ) {
    self.stack = stack
    self.address = address.unversioned
    self.digest = digest
    self.keys = Set(userTags.keys.map(OwnershipTags.shortHash(ofKey:)))
    self.isProtected = isProtected
    self.version = version
  }

  /// The ownership that `tags` of an observed resource tell; nil where stack, address or digest is absent.
  public init?(observed tags: [String: String]) {
    guard let stack = tags[OwnershipTags.stackKey], let address = tags[OwnershipTags.addressKey],
      let digest = tags[OwnershipTags.digestKey]
    else { return nil }
    self.stack = stack
    self.address = address
    self.digest = SpecDigest(recorded: digest)
    let keys = tags[OwnershipTags.keysKey]?.split(separator: ",").map(String.init)
    self.keys = Set(keys ?? [])
    self.isProtected = tags[OwnershipTags.protectedKey] == "true"
    self.version = tags[OwnershipTags.versionKey]
  }

  /// The tags as the service holds them.
  public var tags: [String: String] {
    var tags = [
      OwnershipTags.stackKey: stack, OwnershipTags.addressKey: address, OwnershipTags.digestKey: digest.text,
    ]
    if !keys.isEmpty { tags[OwnershipTags.keysKey] = keys.sorted().joined(separator: ",") }
    if isProtected { tags[OwnershipTags.protectedKey] = "true" }
    if let version { tags[OwnershipTags.versionKey] = version }
    return tags
  }

  /// Eight hexadecimal digits that stand for `key` in the tag `kiln:keys`: fourteen of them fit one value.
  public static func shortHash(ofKey key: String) -> String {
    hexadecimal(SHA256.hash(data: Array(key.utf8)).prefix(4))
  }
}
