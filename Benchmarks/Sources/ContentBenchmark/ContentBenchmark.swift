// SPDX-License-Identifier: Apache-2.0

import Foundation
import ManifestSyntax
import Resources

/// Times the reading of contents in memory, and what all rules make of them.
///
/// Takes files, one content each; prints one line of JSON for each measurement. The best of several rounds counts.
@main
struct ContentBenchmark {
  static let rounds = 7
  /// How often a file is read in a round.
  static let repetitions = 500

  static func main() throws {
    for path in CommandLine.arguments.dropFirst() {
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
      let context = ContentContext(.component(.linux))
      var found = 0
      let reading = best { found += ContentText(text).violations(at: context.place).count }
      let rules = best { found += ContentText(text).findings(in: context).count { $0.severity == .error } }
      guard found == 0 else { throw Failure(description: "\(path) is meant to have no mistakes") }
      for (what, seconds) in [("reading", reading), ("rules", rules)] {
        print(
          """
          {"file": "\(URL(filePath: path).lastPathComponent)", "what": "\(what)", \
          "bytes": \(text.utf8.count * repetitions), "cpu": \(seconds)}
          """)
      }
    }
  }

  /// The CPU seconds of the best round.
  static func best(_ body: () -> Void) -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
      let before = cpuSeconds()
      for _ in 0..<repetitions { body() }
      best = min(best, cpuSeconds() - before)
    }
    return best
  }

  static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

struct Failure: Error {
  let description: String
}
