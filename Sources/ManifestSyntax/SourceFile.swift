// SPDX-License-Identifier: Apache-2.0

/// A manifest file as it was read, not yet looked into.
public struct SourceFile: Hashable, Sendable {
  /// The path as the user would write it; diagnostics show it.
  public let path: String
  /// What the file holds.
  public let bytes: [UInt8]

  /// The file at `path`, which holds `bytes`.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The file at `path`, which holds `text`.
  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }
}
