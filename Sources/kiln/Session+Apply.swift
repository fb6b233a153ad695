// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import JSONSyntax
import ManifestSyntax
import Planning
import Reconciliation
import Resources
import SystemPackage

extension Session {
  /// Asks whether `plan` shall be carried out; ends the command unless the answer is yes.
  func confirm(_ plan: Plan, isApproved: Bool, destroys: Bool) throws {
    let what = destroys ? "Delete all this from" : "Do this to"
    try confirm(
      "\(what) stack \(plan.stack.name), target \(plan.stack.target)?", isApproved: isApproved)
  }

  /// Asks `question`; ends the command unless the answer is yes.
  ///
  /// - Parameters:
  ///   - matter: What there is, to be said where nobody can be asked.
  ///   - deed: What `--auto-approve` is for then.
  func confirm(
    _ question: String, about matter: String = "there are changes", to deed: String = "to carry the plan out",
    isApproved: Bool
  ) throws {
    if isApproved { return }
    guard !world.isContinuousIntegration, Console.hasPerson, !console.isJSON else {
      console.complain("\(matter), and nobody to ask", hint: "run it with --auto-approve \(deed)")
      throw Exit.usage
    }
    console.ask("\(question) Only yes is taken: ")
    guard readLine() == "yes" else {
      console.say("Nothing was done.")
      throw Exit.error
    }
  }

  /// Carries `plan` out and ends the command with the exit code that its outcome calls for.
  ///
  /// - Parameter past: What the journal says about the stack.
  func carryOut(
    _ plan: Plan, after past: [JournalEntry], for purpose: ApplyReport.Purpose = .apply, of run: TargetRun,
    through cloud: ImageBuilder, width: Int, executionPatience: Duration?, done: [Int: String] = [:]
  ) async throws {
    let progress = Progress(console: console, total: plan.steps.count, elapsed: world.time.elapsed)
    var options = Applier.Options(after: past, now: world.time.now())
    options.width = width
    options.executionPatience = executionPatience ?? .zero
    let stop = StopRequest()
    let journal = openJournal(of: plan.stack)
    let applier = Applier(
      cloud: cloud, journal: journal, time: world.time, options: options,
      isStopping: { stop.isRequested }, watch: progress.watch)
    let time = world.time
    let applied = await stop.heeding(console: console, meanwhile: { await progress.tick(in: time) }) {
      await applier.apply(plan, done: done)
    }
    console.clearStatus()
    var report = progress.timed(applied)
    report.purpose = purpose
    report.putOff = Set(plan.deferred.map(\.id))
    run.note { [report] in $0.report = report }
    try conclude(report)
  }

  private func conclude(_ report: ApplyReport) throws {
    for entry in report.deferred {
      guard case .deferred(let id, let reason) = entry.outcome else { continue }
      console.say(
        "Deferred: \(entry.step.address) (\(id)): \(reason); a later apply tries again.")
    }
    for entry in report.skipped {
      guard case .skipped(let reason) = entry.outcome else { continue }
      console.say("Skipped: \(entry.step.address): \(reason).")
    }
    if !report.unseen.isEmpty {
      let addresses = report.unseen.map(\.description).inWords
      console.warn("lists don't show yet what was done to \(addresses): a plan made now may differ")
    }
    if console.isJSON {
      for event in report.closingEvents { console.write(event: event) }
    }
    let title = report.purpose.title
    guard !report.isComplete else {
      if report.purpose == .destroy, report.leftForLater > 0 {
        return console.say(
          """
          \(shown: console.talkInk.bold("Destroy incomplete for now.")) Resources: \(report.counts), \
          \(report.leftForLater) deferred.\(shown: "\n")Run destroy again when nothing stands in the way.
          """)
      }
      console.say("\(shown: console.talkInk.bold("\(title) complete!")) Resources: \(report.counts).")
      return
    }
    let advice = report.moved.isEmpty ? " Run \(report.purpose.rawValue) again to go on." : ""
    console.say(
      """
      \(shown: console.talkInk.red("\(title) incomplete.")) Resources: \(report.counts); \
      \(report.failures.count) failed, \(report.skipped.count) skipped.\(advice)
      """)
    if report.wasInterrupted { throw Exit.interrupted }
    guard report.moved.isEmpty else { throw stale(report.moved) }
    throw report.summary == Summary() ? Exit.error : Exit.partly
  }
}

extension Session {
  /// Tells that the service has moved since the plan was made; the exit code of that.
  func stale(_ moved: [String]) -> ExitCode {
    console.complain("the plan is stale: the service has moved since it was made")
    for move in moved { console.say("  \(move)") }
    console.say("Plan again, and have the new plan approved.")
    return Exit.stale
  }
}

extension Console {
  /// Asks a question; the answer is typed on the same line.
  func ask(_ question: ShownText) {
    clearStatus()
    _ = try? FileDescriptor.standardError.writeAll(question.text.utf8)
  }
}
