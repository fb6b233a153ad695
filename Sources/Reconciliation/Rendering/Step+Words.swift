// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax
package import Planning
import Resources

extension Step {
  /// What the step does, in one word.
  package var verb: String {
    switch work {
    case .create: "create"
    case .update: "update"
    case .delete: "delete"
    }
  }

  /// What has been done when it is done.
  package var pastVerb: String { "\(verb)d" }

  /// What is being done.
  package var presentVerb: String {
    switch work {
    case .create: "creating"
    case .update: "updating"
    case .delete: "deleting"
    }
  }

  /// The id of the object that it is about; nil for one that it makes.
  var objectID: String? {
    switch work {
    case .create: nil
    case .update(let object, _), .delete(let object, _): object.id
    }
  }

  /// An event about the step, as Terraform names and shapes them.
  ///
  /// - Parameters:
  ///   - type: One of those about steps.
  ///   - id: The object's id, where it is known.
  ///   - elapsed: How long the step has taken so far.
  ///   - reason: Why it was not done.
  package func event(
    _ type: EventType, _ message: String, id: String? = nil, elapsed: Duration? = nil, reason: String? = nil
  ) -> JSONValue {
    var hook: [String: JSONValue] = ["resource": address.eventResource, "action": .string(verb)]
    if let id {
      hook["id_key"] = "id"
      hook["id_value"] = .string(id)
    }
    hook["elapsed_seconds"] = elapsed.map { .integer($0.components.seconds) }
    hook["reason"] = reason.map(JSONValue.string)
    return type.event(
      "\(address): \(message)", level: type == .applyErrored ? "error" : "info", ["hook": .object(hook)])
  }
}
