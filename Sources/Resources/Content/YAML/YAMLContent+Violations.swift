// SPDX-License-Identifier: Apache-2.0

extension YAMLContent {
  /// Adds for what the service refuses the content at `place`.
  func addViolations(at place: ContentPlace, to violations: inout [ContentViolation]) {
    violations += faults.prefix(ContentViolation.limit).map { fault in
      ContentViolation(.form, at: place, fault.message, hint: fault.hint, fault.range)
    }
    guard case .component(let system) = place else { return }
    for task in tasks {
      guard let action = task.action, let needed = task.knownAction?.system, needed != system else {
        continue
      }
      violations.append(
        ContentViolation(
          .form, at: place, "\(action.text) is for \(needed.rawValue), the component for \(system.rawValue)",
          hint: TaskAction.shell(of: system).map { "\($0.name) runs scripts there" }, action.range))
    }
  }
}

extension TaskAction {
  /// The action that runs scripts on `system`.
  fileprivate static func shell(of system: ContentPlace.System) -> TaskAction? {
    all.first { $0.system == system }
  }
}
