// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax
public import Resources

extension Plan {
  /// The plan as events, named after Terraform's: one `planned_change` a change, one `change_summary` last.
  public var events: [JSONValue] {
    var events: [JSONValue] = []
    for change in changes where change.action != .nothing {
      var members: [String: JSONValue] = [
        "resource": change.address.eventResource, "action": .string(change.action.eventName),
      ]
      members["reason"] = change.eventReason.map(JSONValue.string)
      members["reasons"] = .array(change.reasons.map(JSONValue.string))
      if let id = change.before?.id { members["id"] = .string(id) }
      members["fields"] = .array(change.fields.map { .string($0.name) })
      events.append(
        EventType.plannedChange.event(
          "\(change.address): plan to \(change.action.rawValue)", ["change": .object(members)]))
      if change.isDrift {
        events.append(
          EventType.resourceDrift.event("\(change.address): drift", ["change": .object(members)]))
      }
    }
    for deferral in deferred {
      events.append(
        EventType.deferredChange.event(
          "\(deferral.address): \(deferral.reason)",
          ["change": ["resource": deferral.address.eventResource, "id": .string(deferral.id)]]))
    }
    let summary = summary
    events.append(
      EventType.changeSummary.event(
        "Plan: \(summary).",
        [
          "changes": [
            "add": .integer(Int64(summary.add)), "change": .integer(Int64(summary.change)), "import": 0,
            "remove": .integer(Int64(summary.destroy)), "operation": "plan",
          ]
        ]))
    return events
  }
}

extension Address {
  /// The address as Terraform's events name a resource.
  public var eventResource: JSONValue {
    [
      "addr": .string(description), "module": "", "resource": .string(description),
      "implied_provider": "kiln", "resource_key": .null, "resource_type": .string(kind.manifestKind),
      "resource_name": .string(name),
    ]
  }
}

extension ResourceChange {
  /// Why, in Terraform's words; nil where those have none for it.
  fileprivate var eventReason: String? {
    guard action == .replace else { return nil }
    return fields.contains(where: \.forcesReplacement) ? "cannot_update" : "requested"
  }
}

extension Action {
  /// The action's name in Terraform's events.
  var eventName: String {
    switch self {
    case .create, .update, .replace, .delete: rawValue
    case .nothing: "noop"
    }
  }
}
