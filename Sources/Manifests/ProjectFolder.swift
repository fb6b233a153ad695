// SPDX-License-Identifier: Apache-2.0

/// The folder that holds a stack's manifests, as three questions, so that tests can answer them from memory.
public struct ProjectFolder: Sendable {
  /// The folder's path as the user wrote it; messages show files below it.
  public let path: String
  /// Relative paths of the files below the folder whose names end in `.yaml`, `.yml` or `.json`, in any order.
  public let list: @Sendable () throws -> [String]
  /// The bytes of the file at a relative path.
  public let read: @Sendable (_ path: String) throws -> [UInt8]
  /// Whether a relative path, its links followed, leads to something inside the folder.
  public let contains: @Sendable (_ path: String) -> Bool

  /// The folder at `path`, asked through the closures.
  public init(
    path: String, list: @escaping @Sendable () throws -> [String],
    read: @escaping @Sendable (_ path: String) throws -> [UInt8],
    contains: @escaping @Sendable (_ path: String) -> Bool
  ) {
    self.path = path
    self.list = list
    self.read = read
    self.contains = contains
  }

  /// A folder that exists only in memory: texts by relative path.
  public init(path: String, files: [String: String]) {
    self.init(
      path: path,
      list: {
        files.keys.filter { name in [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) }
      },
      read: { name in
        guard let text = files[name] else { throw FileMissing(path: name) }
        return Array(text.utf8)
      },
      contains: { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") })
  }

  /// How messages name the file at a relative path.
  public func displayPath(of relative: String) -> String {
    switch path {
    case ".", "": relative
    case _ where path.hasSuffix("/"): path + relative
    default: "\(path)/\(relative)"
    }
  }
}

/// There is no file at the path.
public struct FileMissing: Error, CustomStringConvertible {
  /// The relative path.
  public let path: String

  /// The file at `path` is missing.
  public init(path: String) {
    self.path = path
  }

  /// What is wrong, for a message.
  public var description: String { "no such file" }
}
