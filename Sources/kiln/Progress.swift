// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Planning
import Reconciliation
import Resources
import Synchronization

/// Tells how an apply goes on: a line for each step that has ended, and on a terminal one that is rewritten.
final class Progress: Sendable {
  private struct State {
    var ended = 0
    var running: Set<Address> = []
  }

  private let console: Console
  private let total: Int
  private let state = Mutex(State())

  init(console: Console, total: Int) {
    self.console = console
    self.total = total
  }

  /// Takes an event of the apply.
  @Sendable func watch(_ event: ApplyEvent) {
    switch event {
    case .started(let step):
      state.withLock { _ = $0.running.insert(step.address) }
      if console.isJSON { console.write(event: step.event("apply_start", "\(step.address): \(step.verb)")) }
    case .finished(let step, let outcome):
      state.withLock { state in
        state.ended += 1
        state.running.remove(step.address)
      }
      tell(step, outcome)
    case .waiting(let address, let reason):
      console.say("\(address): waiting, \(reason.withVisibleControls)")
    }
    showStatus()
  }

  private func tell(_ step: Step, _ outcome: StepOutcome) {
    let ink = console.talkInk
    switch outcome {
    case .done(let id):
      let sign = step.sign(ink)
      console.say("\(sign) \(step.address): \(step.pastVerb) (\(id))")
      if console.isJSON {
        console.write(
          event: step.event("apply_complete", "\(step.address): \(step.pastVerb)", ["id_value": .string(id)]))
      }
    case .failed(let reason):
      console.say("\(ink.red("!")) \(step.address): \(step.verb) failed: \(reason.withVisibleControls)")
      if console.isJSON {
        console.write(event: step.event("apply_errored", "\(step.address): \(reason)"))
      }
    case .deferred, .skipped:
      break
    }
  }

  private func showStatus() {
    guard console.isLive else { return }
    let (ended, running) = state.withLock { ($0.ended, $0.running.sorted().map(\.description)) }
    guard ended < total else { return }
    let names = running.prefix(3).joined(separator: ", ")
    let more = running.count > 3 ? " and \(running.count - 3) more" : ""
    console.show(status: "\(ended)/\(total) done\(names.isEmpty ? "" : "; under way: \(names)\(more)")")
  }
}

extension Step {
  fileprivate var verb: String {
    switch work {
    case .create: "create"
    case .update: "update"
    case .delete: "delete"
    }
  }

  fileprivate var pastVerb: String { "\(verb)d" }

  fileprivate func sign(_ ink: Ink) -> String {
    switch work {
    case .create: ink.green("+")
    case .update: ink.yellow("~")
    case .delete: ink.red("-")
    }
  }

  fileprivate func event(
    _ type: String, _ message: String, _ details: [String: JSONValue] = [:]
  ) -> JSONValue {
    var hook = details
    hook["resource"] = address.eventResource
    hook["action"] = .string(verb)
    return [
      "@level": .string(type == "apply_errored" ? "error" : "info"), "@message": .string(message),
      "@module": "kiln.ui", "type": .string(type), "hook": .object(hook),
    ]
  }
}
