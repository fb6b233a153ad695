// SPDX-License-Identifier: Apache-2.0

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
  /// Short hashes of the tags that Kiln set, and of the resource group that it chose.
  public static let keysKey = "kiln:keys"
  /// `true` where deletion is barred.
  public static let protectedKey = "kiln:protected"
  /// A pipeline's version.
  public static let versionKey = "kiln:version"
  /// How many tags a user may set: the service allows 20, six are Kiln's (design, §4).
  public static let userTagLimit = 14

  /// Whether the service sets tags of this `key` itself, as it likes (reference §9).
  public static func isOfTheSystem(_ key: String) -> Bool { key.hasPrefix("acs:") || key.hasPrefix("aliyun") }

  /// `ID/TARGET` of the stack that owns the resource.
  public var stack: String
  /// `component/NAME` or `pipeline/NAME`.
  public var address: String
  /// The digest when it was last written.
  public var digest: SpecDigest
  /// What Kiln set: the user's tags, the resource group, and some of its own tags.
  public var marks: Set<SettingMark>
  /// Whether deletion is barred.
  public var isProtected: Bool
  /// A pipeline's version, where given.
  public var version: String?

  /// The tags of a resource whose user tags are `userTags`, and which is to lie in `group`.
  public init(
    stack: String, address: Address, digest: SpecDigest, userTags: [String: String],
    group: String? = nil, isProtected: Bool, version: String? = nil
  ) {
    self.stack = stack
    self.address = address.unversioned
    self.digest = digest
    self.marks = Set(userTags.map { SettingMark(tag: $0.key, value: $0.value) })
    if let group { marks.insert(SettingMark(resourceGroup: group)) }
    self.isProtected = isProtected
    self.version = version
    let own = [
      (OwnershipTags.protectedKey, isProtected ? "true" : nil), (OwnershipTags.versionKey, version),
      (OwnershipTags.addressKey, self.address),
    ]
    for case (let key, let value?) in own { marks.insert(SettingMark(ownTag: key, value: value)) }
  }

  /// The ownership that `tags` of an observed resource tell; nil where stack or address is absent.
  ///
  /// A digest that somebody has removed is an empty one, which nothing equals.
  public init?(observed tags: [String: String]) {
    guard let stack = tags[OwnershipTags.stackKey], let address = tags[OwnershipTags.addressKey] else {
      return nil
    }
    self.stack = stack
    self.address = address
    self.digest = SpecDigest(recorded: tags[OwnershipTags.digestKey] ?? "")
    self.marks = SettingMark.read(tags[OwnershipTags.keysKey] ?? "")
    self.isProtected = tags[OwnershipTags.protectedKey] == "true"
    self.version = tags[OwnershipTags.versionKey]
  }

  /// The tags as the service holds them.
  public var tags: [String: String] {
    var tags = [
      OwnershipTags.stackKey: stack, OwnershipTags.addressKey: address, OwnershipTags.digestKey: digest.text,
    ]
    if !marks.isEmpty {
      tags[OwnershipTags.keysKey] = SettingMark.fitting(marks).map(\.text).sorted().joined()
    }
    if isProtected { tags[OwnershipTags.protectedKey] = "true" }
    if let version { tags[OwnershipTags.versionKey] = version }
    return tags
  }

  /// Whether the object was made to take the place of the one with this id, or of one that had taken it.
  public func replaces(_ id: String) -> Bool { marks.contains(SettingMark(replacing: id)) }

  /// The marks of the objects whose place it took.
  public var predecessors: Set<SettingMark> { Set(marks.lazy.filter(\.tellsPredecessor)) }

  /// The marks that no manifest asks for, and that stay as long as the object does.
  public var lastingMarks: Set<SettingMark> { marks.filter(\.isLasting) }

  /// Whether Kiln set the tag `key`, whatever its value was.
  public func hasSet(tag key: String) -> Bool {
    let wanted = SettingMark(tag: key, value: "").name
    return marks.contains { $0.name == wanted }
  }

  /// Whether Kiln had the object join a resource group, whichever it was.
  public var hasSetGroup: Bool { marks.contains(where: \.tellsGroup) }
}
