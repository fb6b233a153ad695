// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import JSONSyntax
import Resources
import SystemPackage

extension Session {
  /// Runs `body` while no other apply of this machine changes `stack`.
  func withLock<Result: Sendable>(
    on stack: StackIdentity, reason: String, timeout: Duration, _ body: () async throws -> Result
  ) async throws -> Result {
    let lock = try await lock(on: stack, reason: reason, timeout: timeout)
    defer { lock?.release() }
    return try await body()
  }

  /// Waits for the lock of `stack` as long as `timeout`, and takes it.
  ///
  /// - Returns: The lock; nil where none can be made, as in a folder that is only for reading. Then the work goes on without,
  ///   as nothing depends on the lock but the convenience of those who use one machine.
  func lock(on stack: StackIdentity, reason: String, timeout: Duration) async throws -> StackLock? {
    let path = lockPath(of: stack)
    let end = world.time.elapsed() + timeout
    var hasTold = false
    while true {
      let lock: StackLock?
      do {
        try Disk.makeFolder(stateFolder)
        lock = try StackLock(path: path, holder: holder(reason: reason))
      } catch {
        console.warn("stack \(stack.name) is not locked: \(path) can't be made: \(error)")
        return nil
      }
      if let lock { return lock }
      let description = StackLock.holder(of: path).map(Session.describe) ?? "another process"
      guard world.time.elapsed() < end else {
        console.complain(
          "stack \(stack.name), target \(stack.target) is locked by \(description)",
          hint: "wait for it with --lock-timeout 5m; kiln unlock takes the lock from a process that hangs")
        throw Exit.locked
      }
      if !hasTold { console.say("Waiting for the lock that \(description) holds.") }
      hasTold = true
      try await world.time.sleep(.milliseconds(200))
    }
  }

  /// Where the lock of a stack's target is.
  func lockPath(of stack: StackIdentity) -> String {
    "\(stateFolder)/\(stack.id)-\(stack.target).lock"
  }

  /// The holder in words.
  static func describe(_ holder: JSONValue) -> String {
    func part(_ name: String) -> String { holder[name]?.string ?? "?" }
    return
      "\(part("owner"))@\(part("host")) (process \(part("pid"))) since \(part("time")): \(part("reason"))"
  }

  private func holder(reason: String) -> JSONValue {
    [
      "owner": .string(world["USER"] ?? world["LOGNAME"] ?? world.userName),
      "host": .string(world.hostName), "pid": .string(String(world.processID)),
      "time": .string(world.time.now().iso8601), "reason": .string(reason),
    ]
  }
}
