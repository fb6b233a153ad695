// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import ManifestSyntax
import Planning
import Reconciliation
import Resources
import Synchronization

/// Tells how an apply goes on: a line for each step that has ended, and on a terminal one that is rewritten.
final class Progress: Sendable {
  /// After so long a step that still runs is told of, again and again.
  private static let interval = Duration.seconds(10)

  private struct State {
    var ended = 0
    var running: [Step: Duration] = [:]
    var took: [Step: Duration] = [:]
  }

  private let console: Console
  private let total: Int
  private let elapsed: @Sendable () -> Duration
  private let state = Mutex(State())

  /// Progress of `total` steps, by a clock that gives the time elapsed.
  init(console: Console, total: Int, elapsed: @escaping @Sendable () -> Duration) {
    self.console = console
    self.total = total
    self.elapsed = elapsed
  }

  /// Takes an event of the apply.
  @Sendable func watch(_ event: ApplyEvent) {
    let now = elapsed()
    switch event {
    case .started(let step):
      state.withLock { $0.running[step] = now }
      if console.isJSON { console.write(event: step.event(.applyStart, step.verb)) }
    case .finished(let step, let outcome):
      let took = state.withLock { state -> Duration? in
        state.ended += 1
        state.took[step] = state.running.removeValue(forKey: step).map { now - $0 }
        return state.took[step]
      }
      tell(step, outcome, took)
    case .waiting(let address, let reason):
      console.say("\(address): waiting, \(reason)")
      if console.isJSON { tellRunning(at: now) { $0.address == address } }
    }
    showStatus()
  }

  /// Tells now and then of steps that still run, until it is cancelled.
  func tick(in time: Timekeeper) async {
    while (try? await time.sleep(Progress.interval)) != nil {
      tellRunning(at: elapsed()) { _ in true }
    }
  }

  private func tellRunning(at now: Duration, _ isMeant: (Step) -> Bool) {
    let running = state.withLock { $0.running }.filter { isMeant($0.key) }
    for (step, began) in running.sorted(by: { $0.key.address < $1.key.address }) {
      let seconds = (now - began).components.seconds
      if console.isJSON {
        console.write(
          event: step.event(.applyProgress, "still \(step.presentVerb)", elapsed: now - began))
      } else if seconds >= Progress.interval.components.seconds {
        console.say("\(step.address): still \(step.presentVerb), \(seconds) s so far")
      }
    }
  }

  /// `report` with how long each step took.
  func timed(_ report: ApplyReport) -> ApplyReport {
    let took = state.withLock { $0.took }
    var report = report
    for index in report.entries.indices { report.entries[index].took = took[report.entries[index].step] }
    return report
  }

  private func tell(_ step: Step, _ outcome: StepOutcome, _ took: Duration?) {
    let ink = console.talkInk
    switch outcome {
    case .done(let id):
      let sign = step.sign(ink)
      console.say("\(shown: sign) \(step.address): \(step.pastVerb) (\(id))")
      if console.isJSON {
        console.write(event: step.event(.applyComplete, step.pastVerb, id: id, elapsed: took ?? .zero))
      }
    case .failed(let reason), .outrun(let reason):
      console.say("\(shown: ink.red("!")) \(step.address): \(step.verb) failed: \(reason)")
      if console.isJSON {
        console.write(event: step.event(.applyErrored, reason, elapsed: took ?? .zero))
      }
    case .deferred, .skipped:
      break
    }
  }

  private func showStatus() {
    guard console.isLive else { return }
    let (ended, running) = state.withLock {
      ($0.ended, $0.running.keys.map(\.address).sorted().map(\.description))
    }
    guard ended < total else { return }
    let names = running.prefix(3).joined(separator: ", ")
    let more = running.count > 3 ? " and \(running.count - 3) more" : ""
    console.show(status: "\(ended)/\(total) done\(names.isEmpty ? "" : "; under way: \(names)\(more)")")
  }
}

extension Step {
  fileprivate func sign(_ ink: Ink) -> String {
    switch work {
    case .create: ink.green("+")
    case .update: ink.yellow("~")
    case .delete: ink.red("-")
    }
  }
}
