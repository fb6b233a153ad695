// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax

/// The types of the events that `--json` writes, named after Terraform's where those have one for it.
///
/// The table in Documentation/ci.md is made from them.
public enum EventType: String, CaseIterable, Sendable {
  /// Which Kiln writes.
  case version
  /// An error, a warning or a note.
  case diagnostic
  /// A change that a plan holds.
  case plannedChange = "planned_change"
  /// Something that was changed outside the manifests.
  case resourceDrift = "resource_drift"
  /// A deletion that a plan puts off.
  case deferredChange = "deferred_change"
  /// A call that an apply would send.
  case plannedRequest = "planned_request"
  /// The counts of a plan, or of what was done.
  case changeSummary = "change_summary"
  /// A step begins.
  case applyStart = "apply_start"
  /// A step lasts.
  case applyProgress = "apply_progress"
  /// A step is done.
  case applyComplete = "apply_complete"
  /// A step has failed.
  case applyErrored = "apply_errored"
  /// A step was not begun.
  case applySkipped = "apply_skipped"
  /// A deletion must wait.
  case applyDeferred = "apply_deferred"
  /// The ids of what was created or changed.
  case outputs
  /// An object that would be taken over.
  case plannedAdoption = "planned_adoption"
  /// An object is taken over.
  case adoptionComplete = "adoption_complete"
  /// An object that would be let go of.
  case plannedForget = "planned_forget"
  /// An object is let go of.
  case forgetComplete = "forget_complete"
  /// An object's manifest is written.
  case exportComplete = "export_complete"
  /// A line of the journal.
  case journalEntry = "journal_entry"
  /// A version that stood, and when.
  case standing
  /// What became of each target.
  case targetsSummary = "targets_summary"

  /// When an event of the type is written, for those who read the page.
  public var occasion: String {
    switch self {
    case .version: "first, and once"
    case .diagnostic: "an error, a warning or a note, with its place where it has one"
    case .plannedChange: "a change that a plan holds"
    case .resourceDrift: "something that was changed outside the manifests"
    case .deferredChange: "a deletion that a plan puts off, with the reason"
    case .plannedRequest: "a call of `plan --requests`"
    case .changeSummary:
      "the counts, of a plan or of what was done; `operation` is `plan`, `apply` or `destroy`"
    case .applyStart: "a step begins"
    case .applyProgress: "a step lasts: every 10 seconds, and when it begins to wait"
    case .applyComplete: "a step is done"
    case .applyErrored: "a step has failed"
    case .applySkipped: "at the end: a step that was not begun, with the `reason`"
    case .applyDeferred: "at the end: a deletion that must wait, with the `reason`"
    case .outputs: "the ids of what an apply has created or changed"
    case .plannedAdoption: "an object that `adopt` would take over"
    case .adoptionComplete: "an object is taken over"
    case .plannedForget: "an object that `forget` would let go of"
    case .forgetComplete: "an object is let go of"
    case .exportComplete: "an object's manifest is written"
    case .journalEntry: "a line of the journal, of `history`"
    case .standing: "a version that stood, and when, of `history ADDRESS`"
    case .targetsSummary: "last, with `--all-targets`"
    }
  }

  /// An event of the type.
  ///
  /// - Parameters:
  ///   - message: What happened, for people.
  ///   - level: `info`, `warn` or `error`.
  ///   - members: What else it tells.
  public func event(
    _ message: String, level: String = "info", _ members: [String: JSONValue]
  ) -> JSONValue {
    var all = members
    all["@level"] = .string(level)
    all["@message"] = .string(message)
    all["@module"] = "kiln.ui"
    all["type"] = .string(rawValue)
    return .object(all)
  }
}
