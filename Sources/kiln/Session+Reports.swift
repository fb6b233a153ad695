// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Planning
import Reconciliation
import Resources

extension Session {
  /// Ends the command where a file that it is to write at its end can't be written: then it is too late.
  ///
  /// - Parameters:
  ///   - plan: Where a plan is to be saved.
  ///   - reports: Where reports are to be written.
  func checkWritable(plan: String? = nil, reports: String?...) throws {
    let files = [("plan", plan)] + reports.map { ("report", $0) }
    var isBarred = false
    for case (let what, let path?) in files {
      do {
        try Disk.checkWritable(path)
      } catch {
        console.complain("the \(what) can't be written to \(path): \(error)")
        isBarred = true
      }
    }
    if isBarred { throw Exit.error }
  }

  /// Writes the comment that `--markdown` asks for: what was planned at each target, or what an apply did there.
  func writeMarkdown(_ runs: TargetRuns, about subject: MarkdownComment.Subject, to path: String?) throws {
    guard let path, let stack = runs.each.first?.desired.stack else { return }
    let target: String? = if case .one = runs { stack.target } else { nil }
    var comment = MarkdownComment(about: subject, stack: stack.id, target: target)
    for (index, run) in runs.each.enumerated() {
      comment.section(followedBy: runs.each.count - index - 1) { $0.add(run) }
    }
    try write(comment.text, to: path)
  }

  /// Writes the file that `--junit` asks for.
  func writeJUnit(_ runs: TargetRuns, to path: String?) throws {
    guard let path else { return }
    try write(JUnitSuite.document(runs.each.map(\.junit)), to: path)
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Disk.write(Array(text.utf8), to: path)
    } catch {
      console.complain("the report can't be written to \(path): \(error)")
      throw Exit.error
    }
  }
}

extension MarkdownComment {
  fileprivate mutating func add(_ run: TargetRun) {
    let record = run.record
    let stack = run.desired.stack
    if let report = record.report {
      add(report, stack: stack.name, target: stack.target)
    } else if let plan = record.plan {
      add(plan)
      if let failure = run.session.console.failure { addMessage(failure) }
    } else {
      addFailure(stack: stack.name, target: stack.target, run.session.console.failure ?? "not planned")
    }
  }
}

extension TargetRun {
  fileprivate var junit: JUnitSuite {
    let stack = desired.stack
    if let report = record.report { return JUnitSuite(stack: stack.name, target: stack.target, report) }
    guard record.exit != .success else { return JUnitSuite(stack: stack.name, target: stack.target) }
    return JUnitSuite(stack: stack.name, target: stack.target, failure: verdict)
  }
}
