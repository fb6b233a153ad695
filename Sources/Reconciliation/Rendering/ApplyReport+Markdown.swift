// SPDX-License-Identifier: Apache-2.0

package import Planning
import Resources

extension MarkdownComment {
  /// Adds a section about an apply: failures first, then what was left, then what is done.
  package mutating func add(_ report: ApplyReport, stack: String, target: String) {
    var verdict = "complete."
    if !report.isComplete { verdict = "incomplete: run it again to go on." }
    if report.wasInterrupted { verdict = "stopped: run it again to go on." }
    addApply(
      stack: stack, target: target,
      "**\(report.purpose.title) \(verdict)** \(report.counts); "
        + "\(report.failures.count) failed, \(report.skipped.count) skipped, \(report.deferred.count) deferred.",
      rows: (0...4).flatMap { weight in report.entries.filter { $0.weight == weight }.map(\.row) })
  }
}

extension ApplyReport.Entry {
  /// Graver outcomes first.
  fileprivate var weight: Int {
    switch outcome {
    case .failed, .outrun: 0
    case .skipped: 1
    case .deferred: 2
    case .done: step.isDeletion ? 3 : 4
    }
  }

  fileprivate var row: [String] {
    let words =
      switch outcome {
      case .done(let id): ("done", Markdown.code(id))
      case .deferred(let id, let reason): ("deferred", "\(Markdown.code(id)): \(Markdown.sentence(reason))")
      case .skipped(let reason): ("skipped", Markdown.sentence(reason))
      case .failed(let reason), .outrun(let reason): ("**failed**", Markdown.sentence(reason))
      }
    return [step.verb, Markdown.code(step.address.description), words.0, words.1]
  }
}
