// SPDX-License-Identifier: Apache-2.0

/// A short hash of a setting that Kiln made and of its value: sixteen of them fit the value of one tag.
///
/// The first five characters stand for the setting and decide what Kiln may remove; the last three stand for
/// the value and tell a change of the manifest from one that was made elsewhere.
public struct SettingMark: Hashable, Sendable {
  private static let nameLength = 5
  private static let length = 8
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// The eight characters.
  public let text: String

  /// The mark of a tag.
  public init(tag key: String, value: String) {
    self.init(name: ["tag", key], value: [value])
  }

  /// The mark of the resource group.
  public init(resourceGroup id: String) {
    self.init(name: ["resourceGroup"], value: [id])
  }

  /// The mark of an object that takes the place of another: it comes with the create call, so that the replacement
  /// is known for one however soon an apply is stopped, and the other for Kiln's own and no copy by hand.
  public init(replacing id: String) {
    self.init(name: ["replaces"], value: [id])
  }

  init(name: [String], value: [String]) {
    self.init(named: SettingMark.hash(name).prefix(SettingMark.nameLength), value: value)
  }

  /// The mark whose first part is `name`.
  init(named name: Substring, value: [String]) {
    text = "\(name)\(SettingMark.hash(["value"] + value).prefix(3))"
  }

  private init(text: String) {
    self.text = text
  }

  /// Whether the mark stays as long as its object.
  var isLasting: Bool { tellsPredecessor || isEcho }

  /// Whether the mark tells whose place its object took.
  var tellsPredecessor: Bool { name == SettingMark.replacingName }

  /// Whether the mark tells which resource group its object was to lie in.
  var tellsGroup: Bool { name == SettingMark.groupName }

  private static let replacingName = SettingMark(replacing: "").name
  private static let groupName = SettingMark(resourceGroup: "").name

  /// The part that stands for the setting.
  var name: Substring { text.prefix(SettingMark.nameLength) }

  /// Whether `text` is a value of `kiln:keys` that can be read.
  public static func isReadable(_ text: String) -> Bool {
    text.utf8.count.isMultiple(of: length) && text.utf8.allSatisfy { $0.isLetter || $0.isDigit }
  }

  static func read(_ text: String) -> Set<SettingMark> {
    var marks = Set<SettingMark>()
    var rest = text[...]
    while let end = rest.index(rest.startIndex, offsetBy: length, limitedBy: rest.endIndex) {
      marks.insert(SettingMark(text: String(rest[..<end])))
      rest = rest[end...]
    }
    return marks
  }

  /// Characters of base 32, five bits each, of the hash over `parts`.
  private static func hash(_ parts: [String]) -> String {
    var canonical = CanonicalBytes()
    for part in parts { canonical.append(part) }
    return String(decoding: canonical.sha256(prefix: 8).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
  }
}
