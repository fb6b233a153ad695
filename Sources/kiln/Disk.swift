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
  static func names(in path: String) throws(DiskFailure) -> [String] {
    try telling { try FileManager.default.contentsOfDirectory(atPath: path) }
  }

  /// What the file at `path` holds; nil where there is none.
  static func bytes(of path: String) throws(DiskFailure) -> [UInt8]? {
    guard let type = type(at: path), type != .directory else { return nil }
    return try contents(of: path)
  }

  /// What the file at `path`, where there is one, holds.
  static func contents(of path: String) throws(DiskFailure) -> [UInt8] {
    // By path is quicker than by URL, but does not say what is wrong.
    [UInt8](
      try telling { try FileManager.default.contents(atPath: path) ?? Data(contentsOf: URL(filePath: path)) })
  }

  /// The last byte of the file at `path`, of which nothing else is read; nil where there is none.
  static func lastByte(of path: String) -> UInt8? {
    (try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped))?.last
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

  /// Writes a file, whole or not at all; who may read and write one that exists stays.
  ///
  /// A link stays one: the file that it leads to is what changes. What is no file, such as a pipe or a terminal, is
  /// written into.
  static func write(_ bytes: [UInt8], to path: String) throws(DiskFailure) {
    try telling {
      if let open = descriptor(named: path) {
        try open.writeAll(bytes)
        return
      }
      let file = try destination(of: path)
      guard let status = try? FilePath(file).stat() else {
        return try Data(bytes).write(to: URL(filePath: file), options: .atomic)
      }
      guard status.type == .regular else {
        let stream = try FileDescriptor.open(FilePath(file), .writeOnly, options: .closeOnExec)
        _ = try stream.closeAfter { try stream.writeAll(bytes) }
        return
      }
      try Data(bytes).write(to: URL(filePath: file), options: .atomic)
      let permissions = UInt(status.permissions.rawValue)
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file)
    }
  }

  /// Finds out whether a file could be written at `path`, as far as that can be told without writing; throws why not.
  static func checkWritable(_ path: String) throws(DiskFailure) {
    try telling {
      if descriptor(named: path) != nil { return }
      let file = FilePath(try destination(of: path))
      let old = type(at: file.string)
      guard old != .directory else { throw Errno.isDirectory }
      // A file is written beside the old one and then takes its place: that is up to the folder.
      let isReplaced = old == nil || old == .regular
      let folder = file.removingLastComponent().string
      let place = isReplaced ? (folder.isEmpty ? "." : folder) : file.string
      guard let kind = type(at: place) else { throw Errno.noSuchFileOrDirectory }
      guard !isReplaced || kind == .directory else { throw Errno.notDirectory }
      guard FileManager.default.isWritableFile(atPath: place) else { throw Errno.permissionDenied }
    }
  }

  /// The open file that a path of the system's stands for, `/dev/stdout` among them: opened anew, it would begin again
  /// at its first byte.
  private static func descriptor(named path: String) -> FileDescriptor? {
    switch path {
    case "/dev/stdout": return .standardOutput
    case "/dev/stderr": return .standardError
    default:
      let folders = ["/dev/fd/", "/proc/self/fd/"]
      guard let folder = folders.first(where: path.hasPrefix) else { return nil }
      return Int32(path.dropFirst(folder.count)).map(FileDescriptor.init(rawValue:))
    }
  }

  /// Where a path leads to, all links followed, whether or not anything is there.
  private static func destination(of path: String) throws -> String {
    var path = path
    var steps = 0
    while isLink(path) {
      // As many as the kernel follows.
      guard steps < 40 else { throw Errno.tooManySymbolicLinkLevels }
      steps += 1
      let next = try FileManager.default.destinationOfSymbolicLink(atPath: path)
      path = FilePath(path).removingLastComponent().pushing(FilePath(next)).string
    }
    return path
  }

  /// Makes a folder and those above it; one that is there already is as good.
  static func makeFolder(_ path: String) throws(DiskFailure) {
    try telling { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  }

  /// Removes a file.
  static func remove(_ path: String) throws(DiskFailure) {
    try telling { try FileManager.default.removeItem(atPath: path) }
  }

  /// Does `work`; what goes wrong is told in words.
  private static func telling<Result>(_ work: () throws -> Result) throws(DiskFailure) -> Result {
    do { return try work() } catch { throw DiskFailure(error) }
  }

  /// The path with every link followed, and `.` and `..` taken out.
  static func withoutLinks(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}

/// Why the system refuses to read or write a file, in its own words: "no such file or directory".
struct DiskFailure: Error, CustomStringConvertible {
  let description: String

  fileprivate init(_ error: any Error) {
    let code = ((error as? CocoaError)?.underlying as? POSIXError).map { Errno(rawValue: $0.code.rawValue) }
    let words = "\(code ?? error as? Errno ?? .ioError)"
    description = words.prefix(1).lowercased() + words.dropFirst()
  }
}
