// SPDX-License-Identifier: Apache-2.0

import CYAMLLoop
import Foundation
import ManifestSyntax
import Manifests

/// Times the way from manifests in memory to the desired state, and beside it the floor: libyaml alone.
///
/// Takes folders; prints one line of JSON for each measurement. Rounds alternate between what is compared, so
/// that other work on the machine slows both alike, and the best round counts.
@main
struct ReadingBenchmark {
  static let rounds = 15

  static func main() async throws {
    for path in CommandLine.arguments.dropFirst() {
      try await measure(Sources(path))
    }
  }

  static func measure(_ sources: Sources) async throws {
    var floor = Best(), stream = Best(), nodes = Best()
    // What is read outlives the clock, as it outlives the reading in Kiln: to let go of it is not part of either.
    var project: Project?
    for _ in 0..<rounds {
      project = nil
      try await floor.time { for file in sources.files { try countEvents(file.bytes) } }
      try await nodes.time {
        var problems = Problems()
        for file in sources.files { composeDocuments(file, into: &problems) { _, _ in } }
        try expectNone(problems)
      }
      try await stream.time {
        var problems = Problems()
        project = await Project.load(sources.folder, target: nil, into: &problems)
        try expectNone(problems)
      }
      guard project?.desired.components.isEmpty == false else { throw Failure("nothing was read") }
    }
    for (what, best) in [("libyaml", floor), ("nodes", nodes), ("desired", stream)] {
      print(
        """
        {"folder": "\(sources.name)", "what": "\(what)", "bytes": \(sources.size), \
        "wall": \(best.wall), "cpu": \(best.cpu)}
        """)
    }
  }

  static func countEvents(_ bytes: [UInt8]) throws {
    let count = bytes.withUnsafeBufferPointer { count_yaml_events($0.baseAddress, $0.count) }
    guard count > 0 else { throw Failure("libyaml can't read the text") }
  }

  static func expectNone(_ problems: Problems) throws {
    if let first = problems.sorted.first(where: { $0.severity == .error }) { throw Failure(first.message) }
  }
}

/// The manifests of a folder, in memory.
struct Sources {
  let name: String
  let files: [SourceFile]
  let folder: ProjectFolder
  var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

  init(_ path: String) throws {
    name = URL(filePath: path).lastPathComponent
    let names = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(".yaml") }
    let texts = try Dictionary(
      uniqueKeysWithValues: names.map { ($0, [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\($0)")))) })
    files = texts.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, bytes: $0.value) }
    folder = ProjectFolder(
      path: "manifests", list: { Array(texts.keys) }, read: { texts[$0] ?? [] }, contains: { _ in true })
  }
}

/// The best of several rounds, in seconds.
struct Best {
  var wall = Double.infinity
  var cpu = Double.infinity

  mutating func time(_ body: () async throws -> Void) async throws {
    let wallBefore = clock(CLOCK_MONOTONIC), cpuBefore = clock(CLOCK_PROCESS_CPUTIME_ID)
    try await body()
    wall = min(wall, clock(CLOCK_MONOTONIC) - wallBefore)
    cpu = min(cpu, clock(CLOCK_PROCESS_CPUTIME_ID) - cpuBefore)
  }

  private func clock(_ id: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(id, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
