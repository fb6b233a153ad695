// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax
import Planning
import Resources

extension ApplyReport {
  /// The events that end an apply: each step that was not begun or must wait, what was done, counted, and the ids of what
  /// came to be or changed.
  package var closingEvents: [JSONValue] {
    let summary = summary
    var outputs: [String: JSONValue] = [:]
    for entry in entries {
      guard case .done(let id) = entry.outcome, !entry.step.isDeletion else { continue }
      outputs[entry.step.address.description] = [
        "sensitive": false, "type": "string", "value": .string(id), "action": .string(entry.step.verb),
      ]
    }
    return entries.compactMap(\.event) + [
      EventType.changeSummary.event(
        "\(purpose.title): \(counts).",
        [
          "changes": [
            "add": .integer(Int64(summary.add)), "change": .integer(Int64(summary.change)), "import": 0,
            "remove": .integer(Int64(summary.destroy)), "operation": .string(purpose.rawValue),
            "failed": .integer(Int64(failures.count)), "skipped": .integer(Int64(skipped.count)),
            "deferred": .integer(Int64(deferred.count)),
          ]
        ]),
      EventType.outputs.event("Ids: \(outputs.count)", ["outputs": .object(outputs)]),
    ]
  }
}

extension ApplyReport.Entry {
  /// The event that tells of a step of which nothing was to be seen while the apply went on.
  fileprivate var event: JSONValue? {
    switch outcome {
    case .skipped(let reason):
      step.event(.applySkipped, "skipped: \(reason)", id: step.objectID, reason: reason)
    case .deferred(let id, let reason):
      step.event(.applyDeferred, "deferred: \(reason)", id: id, reason: reason)
    case .done, .failed, .outrun: nil
    }
  }
}
