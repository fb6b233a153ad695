// SPDX-License-Identifier: Apache-2.0

/// Kiln's own tags, as far as somebody may have set them by hand to something that Kiln might have set as well.
extension SettingMark {
  /// The keys, beginning with the one whose mark is spared last where there is no room for all.
  ///
  /// The address stands on every object: where its mark is, there was room for all, and what has none was not set.
  static let ownKeys = [OwnershipTags.protectedKey, OwnershipTags.versionKey, OwnershipTags.addressKey]

  private static let ownNames = Dictionary(
    uniqueKeysWithValues: ownKeys.map { ($0, SettingMark(tag: $0, value: "").name) })
  private static let ownRanks = Dictionary(
    uniqueKeysWithValues: ownKeys.enumerated().map { rank, key in
      (SettingMark(tag: key, value: "").name, rank)
    })

  /// The mark of one of Kiln's own tags.
  init(ownTag key: String, value: String) {
    self.init(named: SettingMark.ownNames[key] ?? SettingMark(tag: key, value: "").name, value: [value])
  }

  /// Whether the mark is that of one of Kiln's own tags.
  var isOwn: Bool { SettingMark.ownRanks[name] != nil }

  /// The order in which marks of own tags get their room.
  var ownRank: Int { SettingMark.ownRanks[name] ?? 0 }
}

extension OwnershipTags {
  /// Whether the tag `key` of Kiln's own was not set when the object was last written, and that is known.
  public func leftUnset(ownTag key: String) -> Bool {
    guard [OwnershipTags.protectedKey, OwnershipTags.versionKey].contains(key), !hasSet(tag: key) else {
      return false
    }
    return hasSet(tag: OwnershipTags.addressKey)
  }

  /// Whether what `keys`, a value of `kiln:keys`, tells beyond these marks is of Kiln's own tags only, of which these
  /// tell nothing: so an earlier Kiln has left them.
  public func lacksOnlyOwnMarks(of keys: String) -> Bool {
    !marks.contains(where: \.isOwn) && SettingMark.read(keys).filter { !$0.isOwn } == marks
  }
}
