// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax
import Resources

extension SavedPlan {
  /// The plan as JSON: the names of Terraform's plan for policies, and under `kiln` what apply needs.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "format_version": .string(SavedPlan.formatVersion),
      "kiln_version": .string(binding.kilnVersion),
      // Policy engines take a file for a plan only where it names a Terraform: one that writes these names.
      "terraform_version": "1.9.0",
      "timestamp": .string(binding.createdAt),
      "applyable": .bool(plan.isApplicable && plan.hasChanges),
      "complete": .bool(!plan.isPartial),
      "errored": .bool(!plan.isApplicable),
      "resource_changes": .array(plan.changes.map(\.policyView)),
      "resource_drift": .array(plan.changes.filter(\.isDrift).map(\.policyView)),
      "planned_values": ["root_module": ["resources": .array(plan.plannedValues)]],
    ]
    members["kiln"] = [
      "stack": [
        "id": .string(plan.stack.id), "name": .string(plan.stack.name), "target": .string(plan.stack.target),
      ],
      "binding": binding.json,
      "looked_up": [
        "components": .array(lookedUp.components.sorted().map(JSONValue.string)),
        "pipelines": .array(lookedUp.pipelines.sorted().map(JSONValue.string)),
      ],
      "observed": .object(observed.mapValues { .string($0.text) }),
      "changes": .array(plan.changes.map(\.json)),
      "deferred": .array(plan.deferred.map(\.json)),
      "partial": .bool(plan.isPartial),
      "destroy": .bool(plan.scope == .destruction),
    ]
    return .object(members)
  }
}

extension SavedPlan.Binding {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "region": .string(regionID), "endpoint": .string(endpoint), "folder": .string(folder),
    ]
    members["account"] = account.map(JSONValue.string)
    members["profile"] = profile.map(JSONValue.string)
    if network != .public { members["network"] = .string(network.rawValue) }
    members["expires_at"] = expiresAt.map(JSONValue.string)
    return .object(members)
  }
}

extension Deferral {
  fileprivate var json: JSONValue {
    ["address": .string(address.description), "id": .string(id), "reason": .string(reason)]
  }
}

extension ResourceChange {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "address": .string(address.description), "action": .string(action.rawValue),
      "reasons": .array(reasons.map(JSONValue.string)), "drift": .bool(isDrift),
      "fields": .array(fields.map(\.json)),
    ]
    members["before"] = presentableBefore?.json
    members["after"] = after?.json
    if isTriedAgain { members["tried_again"] = true }
    if !update.isEmpty {
      var changes: [String: JSONValue] = [
        "set_tags": .object(update.setTags.mapValues(JSONValue.string)),
        "remove_tags": .array(update.removeTags.map(JSONValue.string)),
      ]
      changes["resource_group"] = update.resourceGroupID.map(JSONValue.string)
      members["update"] = .object(changes)
    }
    return .object(members)
  }
}

extension FieldChange {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "forces_replacement": .bool(forcesReplacement), "sensitive": .bool(isSensitive),
      "drift": .bool(isDrift),
    ]
    if !isSensitive {
      members["before"] = before?.manifestJSON
      members["after"] = after?.manifestJSON
    }
    return .object(members)
  }
}

extension ObservedResource {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "kind": .string(resource.kind.rawValue), "created": .string(creationTime),
      "item": .object(resource.replyItem),
    ]
  }
}

extension PlannedResource {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "address": .string(address.description), "digest": .string(digest.text),
      "item": .object(resource.replyItem),
    ]
    if !sensitive.isEmpty { members["sensitive"] = .array(sensitive.sorted().map(JSONValue.string)) }
    members["build"] = build?.json
    members["test"] = test?.json
    if !uses.isEmpty {
      let sorted = uses.sorted { $0.key.description < $1.key.description }
      members["uses"] = .array(
        sorted.map { reference, address in
          var use: [String: JSONValue] = [
            "name": .string(reference.name), "address": .string(address.description),
          ]
          use["version"] = reference.version.map { .string($0.description) }
          use["arn"] = followed[reference].map { .string($0.description) }
          return .object(use)
        })
    }
    return .object(members)
  }
}

extension Composition {
  fileprivate var json: JSONValue {
    .array(
      pieces.map { piece in
        switch piece {
        case .command(let command):
          return ["command": .string(command)]
        case .component(let reference, let arguments):
          var members: [String: JSONValue] = [
            "component": .string(reference.name), "arguments": .string(arguments),
          ]
          members["version"] = reference.version.map { .string($0.description) }
          if reference.follows { members["follow"] = true }
          return .object(members)
        }
      })
  }
}

extension Resource {
  var replyItem: [String: JSONValue] {
    switch self {
    case .component(let component): component.replyItem
    case .pipeline(let pipeline): pipeline.replyItem
    }
  }
}
