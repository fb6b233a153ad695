// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Synchronization
import TestSupport

/// A scratch folder in which a test runs the built program.
///
/// What the test starts or makes is cleared away when ``withBinary(_:)`` ends, the last first.
struct BinaryFixture: Sendable {
  /// The folder; runs take place in it.
  let folder: String
  private let cleanUps = CleanUps()

  /// The environment of every run, but for what a run adds: nothing of this process but what programs need to start.
  private static let environment = ProcessInfo.processInfo.environment.filter {
    ["PATH", "LD_LIBRARY_PATH"].contains($0.key)
  }

  fileprivate init() throws {
    folder = NSTemporaryDirectory() + "kiln-test-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let folder = folder
    cleanUps.add { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// Has `body` called when the test is over, before everything that was asked for earlier.
  func cleanUp(_ body: @escaping @Sendable () async -> Void) { cleanUps.add(body) }

  fileprivate func end() async { await cleanUps.run() }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - environment: Variables beyond the path and the home folder.
  ///   - deadline: When it counts as hanging and is killed.
  func kiln(
    _ arguments: [String], environment: [String: String] = [:], deadline: Duration = .seconds(180)
  ) async throws -> BinaryResult {
    try await start(arguments, environment: environment).result(within: deadline)
  }

  /// Starts the program.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> BinaryProcess {
    var all = Self.environment.merging(environment) { _, new in new }
    if all["HOME"] == nil { all["HOME"] = folder }
    let process = try BinaryProcess(arguments, environment: all, folder: folder)
    cleanUps.add { process.kill() }
    return process
  }

  /// Starts `kiln emulator` on a free port.
  ///
  /// - Parameter data: Its data file, or `:memory:`.
  /// - Returns: The address.
  func emulator(
    data: String = ":memory:", accessKeys: [String] = ["emulated:emulated"]
  ) async throws -> String {
    let portFile = "\(folder)/port-\(UUID().uuidString)"
    let process = try start(
      [
        "emulator", "--port", "0", "--port-file", portFile, "--data", data,
      ] + accessKeys.flatMap { ["--access-key", $0] })
    try await poll("the emulator's port file") { FileManager.default.fileExists(atPath: portFile) }
    cleanUps.add {
      process.send(signal: SIGTERM)
      _ = try? await process.result(within: .seconds(10))
    }
    let port = try String(contentsOfFile: portFile, encoding: .utf8)
    return "http://127.0.0.1:\(port.trimmingCharacters(in: .whitespacesAndNewlines))"
  }

  /// Writes a file below the scratch folder, making the folders that it needs.
  func write(_ text: String, to path: String) throws {
    let whole = "\(folder)/\(path)"
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: whole))
  }

  /// The text of a file below the scratch folder.
  func read(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  /// Puts `new` in the place of `old`, which must be there, in a file below the scratch folder.
  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try read(path)
    guard text.contains(old) else { throw FixtureFailure("\(path) has no \(old)") }
    try write(text.replacing(old, with: new), to: path)
  }

  /// Deletes a file below the scratch folder.
  func delete(_ path: String) throws {
    try FileManager.default.removeItem(atPath: "\(folder)/\(path)")
  }

  /// Copies a file or folder of the package into the scratch folder.
  func copy(_ path: String, to destination: String) throws {
    try FileManager.default.copyItem(
      atPath: "\(packageRoot())/\(path)", toPath: "\(folder)/\(destination)")
    // A trial run in the working copy may have left its state there.
    try? FileManager.default.removeItem(atPath: "\(folder)/\(destination)/.kiln")
  }
}

/// Runs `body` with a scratch folder and clears everything away after it.
func withBinary<Result: Sendable>(
  _ body: (BinaryFixture) async throws -> Result
) async throws -> Result {
  let fixture = try BinaryFixture()
  do {
    let result = try await body(fixture)
    await fixture.end()
    return result
  } catch {
    await fixture.end()
    throw error
  }
}

/// What a run of the program came to.
struct BinaryResult: Sendable {
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let talk: String
  /// Its exit code; nil when a signal ended it.
  let exitCode: Int32?
  /// The signal that ended it.
  let signal: Int32?
}

extension BinaryResult: CustomStringConvertible {
  var description: String {
    "exit code \(exitCode.map(String.init) ?? "-"), signal \(signal.map(String.init) ?? "-")\n"
      + "--- standard output\n\(output)--- standard error\n\(talk)---"
  }
}

/// The program while it runs.
final class BinaryProcess: Sendable {
  private let process: Process
  private let ended: AsyncStream<Void>
  private let outputPath: String
  private let talkPath: String

  fileprivate init(_ arguments: [String], environment: [String: String], folder: String) throws {
    let stem = "\(folder)/run-\(UUID().uuidString)"
    outputPath = stem + ".out"
    talkPath = stem + ".err"
    process = Process()
    // The program stands beside the bundle of the tests.
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "kiln")
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    for path in [outputPath, talkPath] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: talkPath)
    let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
    self.ended = ended
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
  }

  /// Whether it still runs.
  var isRunning: Bool { process.isRunning }

  /// What it has written to standard error so far.
  var talk: String { (try? String(contentsOfFile: talkPath, encoding: .utf8)) ?? "" }

  /// Sends it a signal, if it still runs.
  func send(signal: Int32) {
    if process.isRunning { _ = Glibc.kill(process.processIdentifier, signal) }
  }

  /// Ends it without asking.
  func kill() { send(signal: SIGKILL) }

  /// Ends it without asking as soon as `isTime`; a thread of its own asks, so that no other test holds that up.
  func kill(when isTime: @escaping @Sendable () -> Bool) {
    Thread.detachNewThread {
      while self.isRunning, !isTime() { usleep(500) }
      self.kill()
    }
  }

  /// Waits for its end; past `deadline` it is killed and the wait fails.
  func result(within deadline: Duration = .seconds(180)) async throws -> BinaryResult {
    let hangs = await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await _ in self.ended {}
        return Task.isCancelled
      }
      group.addTask {
        do { try await Task.sleep(for: deadline) } catch { return false }
        return true
      }
      let hangs = await group.next() ?? false
      group.cancelAll()
      return hangs
    }
    if hangs { kill() }
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    let status = process.terminationStatus
    let result = BinaryResult(
      output: (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "", talk: talk,
      exitCode: isSignal ? nil : status, signal: isSignal ? status : nil)
    if hangs { throw FixtureFailure("the program hung, and was killed: \(result)") }
    return result
  }
}

/// Why a fixture could not do what it was asked for.
struct FixtureFailure: Error, CustomStringConvertible {
  let description: String

  /// The failure that `description` tells.
  init(_ description: String) { self.description = description }
}

/// Asks `isTrue` every millisecond until it says so; fails after `deadline`.
func poll(
  _ what: String, within deadline: Duration = .seconds(120), _ isTrue: () throws -> Bool
) async throws {
  let clock = ContinuousClock()
  let end = clock.now.advanced(by: deadline)
  while try !isTrue() {
    guard clock.now < end else { throw FixtureFailure("waited in vain for \(what)") }
    try await Task.sleep(for: .milliseconds(1))
  }
}

/// What is to be done at the end, the last first.
private final class CleanUps: Sendable {
  private let bodies = Mutex<[@Sendable () async -> Void]>([])

  func add(_ body: @escaping @Sendable () async -> Void) { bodies.withLock { $0.append(body) } }

  func run() async {
    while let body = bodies.withLock({ $0.popLast() }) { await body() }
  }
}
