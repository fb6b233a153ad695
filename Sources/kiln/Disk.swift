// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import SystemPackage

/// The file system, as far as commands need it.
enum Disk {
  /// Whether anything is at `path`.
  static func exists(_ path: String) -> Bool { type(at: path) != nil }

  /// Whether a folder is at `path`, links followed.
  static func isFolder(_ path: String) -> Bool { type(at: path) == .directory }

  /// Whether a link is at `path`.
  static func isLink(_ path: String) -> Bool {
    (try? FilePath(path).stat(followTargetSymlink: false))?.type == .symbolicLink
  }

  /// What is at `path`, links followed; nil where nothing is.
  static func type(at path: String) -> FileType? { (try? FilePath(path).stat())?.type }

  /// The names in the folder at `path`.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path)
  }

  /// What the file at `path` holds; nil where there is none.
  static func bytes(of path: String) throws -> [UInt8]? {
    guard let type = type(at: path), type != .directory else { return nil }
    return try contents(of: path)
  }

  /// What the file at `path`, where there is one, holds.
  static func contents(of path: String) throws -> [UInt8] {
    // By path is quicker than by URL, but does not say what is wrong.
    [UInt8](try FileManager.default.contents(atPath: path) ?? Data(contentsOf: URL(filePath: path)))
  }

  /// How many bytes the regular file at `path` has, links followed; nil where there is none.
  static func size(of path: String) -> Int64? {
    guard let stat = try? FilePath(path).stat(), stat.type == .regular else { return nil }
    return stat.size
  }

  /// All that comes from standard input.
  static func standardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    while let byte = UInt8(exactly: getchar()) { bytes.append(byte) }
    return bytes
  }

  /// Writes a file whole or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path), options: .atomic)
  }

  /// Writes a file that exists, whole or not at all; who may read and write it stays.
  static func rewrite(_ bytes: [UInt8], to path: String) throws {
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    try write(bytes, to: path)
    guard let permissions else { return }
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
  }

  /// Makes a folder and those above it; one that is there already is as good.
  static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Removes a file.
  static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  /// The path with every link followed, and `.` and `..` taken out.
  static func withoutLinks(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}
