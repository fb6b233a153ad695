// SPDX-License-Identifier: Apache-2.0

/// The value of a task's property.
public enum ContentValue: Hashable, Sendable {
  /// One key of a mapping with its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: ContentValue

    /// The member `key: value`.
    public init(_ key: String, _ value: ContentValue) {
      self.key = key
      self.value = value
    }
  }

  /// A text.
  case text(String)
  /// What YAML 1.2 takes for null, a truth value or a number, as it is written.
  case constant(String)
  /// A list.
  case list([ContentValue])
  /// Keys and values, sorted by key.
  case mapping([Member])

  /// Members in whatever order.
  public static func mapping(unsorted members: [Member]) -> ContentValue {
    .mapping(members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
  }
}
