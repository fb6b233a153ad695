// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import JSONSyntax
import SystemPackage

/// The lock that lets one apply at a time change a stack's target from this machine.
///
/// It is the kernel's lock on a file, so it ends with its process, however that ends. Correctness never
/// depends on it: it spares two people on one machine the confusion of two applies at once.
struct StackLock: Sendable {
  /// Who holds a lock, for the message to the one who waits.
  struct Holder: Sendable {
    let text: String
  }

  private let file: FileDescriptor

  /// Tries to get the lock; nil when another process holds it.
  init?(path: String, holder: JSONValue) throws {
    let file = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
    guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      try? file.close()
      return nil
    }
    self.file = file
    try file.resize(to: 0)
    _ = try file.writeAll(toAbsoluteOffset: 0, holder.text.utf8)
  }

  /// Lets the lock go.
  func release() {
    // What the file says is no longer true; should this fail, the kernel's lock ends with the process anyway.
    try? file.resize(to: 0)
    try? file.close()
  }

  /// Who holds the lock at `path`, as far as its file tells.
  static func holder(of path: String) -> JSONValue? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    return try? JSONValue(parsing: [UInt8](data))
  }

  /// Whether a process holds the lock at `path`.
  static func isHeld(_ path: String) -> Bool {
    guard
      let file = try? FileDescriptor.open(FilePath(path), .readWrite, options: [.closeOnExec])
    else { return false }
    defer { try? file.close() }
    return flock(file.rawValue, LOCK_EX | LOCK_NB) != 0
  }
}
