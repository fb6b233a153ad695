// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// What a command line printed, and how it ended.
struct ShellOutcome {
  let status: Int32
  let output: String
}

/// Runs `script` in bash inside `folder`, with the kiln that was built beside these tests first on the path.
///
/// No thread waits meanwhile: other tests need the few that there are.
func runShell(_ script: String, in folder: String) async throws -> ShellOutcome {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/bash")
  process.arguments = ["-c", script]
  process.currentDirectoryURL = URL(filePath: folder, directoryHint: .isDirectory)
  var environment = ProcessInfo.processInfo.environment.filter { name, _ in
    !name.hasPrefix("KILN_") && !name.hasPrefix("ALIBABA_") && !["CI", "COLUMNS"].contains(name)
  }
  let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
  environment["PATH"] = "\(built):\(environment["PATH"] ?? "/usr/bin:/bin")"
  environment["NO_COLOR"] = "1"
  process.environment = environment
  process.standardInput = FileHandle.nullDevice
  // A file, as a pipe that fills up would stop the process while it is waited for.
  let log = URL(filePath: "\(folder)/.output")
  try Data().write(to: log)
  let handle = try FileHandle(forWritingTo: log)
  process.standardOutput = handle
  process.standardError = handle
  try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
    process.terminationHandler = { _ in ended.resume() }
    do { try process.run() } catch { ended.resume(throwing: error) }
  }
  try handle.close()
  defer { try? FileManager.default.removeItem(at: log) }
  return ShellOutcome(
    status: process.terminationStatus, output: String(decoding: try Data(contentsOf: log), as: UTF8.self))
}

/// Lends `body` a scratch folder with a copy of the starter's manifests.
func withScratchFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "kiln-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let copy = folder.appending(path: "manifests")
  try FileManager.default.copyItem(at: URL(filePath: "\(packageRoot())/manifests"), to: copy)
  // What the demo has left there is no part of the starter.
  try? FileManager.default.removeItem(at: copy.appending(path: ".kiln"))
  return try await body(folder.path)
}

/// The text of the file at a path relative to the repository's root.
func repositoryText(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: "\(packageRoot())/\(path)")), as: UTF8.self)
}
