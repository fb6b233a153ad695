// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Reconciliation
import Resources

/// An object's coming into the stack's hands, or going out of them: nothing but a change of Kiln's tags.
enum Handover: Sendable {
  /// The stack takes it over.
  case adopt(Adoption)
  /// The stack lets go of what its tags say is at this address.
  case forget(ObservedResource, at: Address)

  /// Whether it lies ahead or is done.
  enum Stage { case planned, complete }

  /// The address that the object gets or had.
  var address: Address {
    switch self {
    case .adopt(let adoption): adoption.address
    case .forget(_, let address): address
    }
  }

  /// The object.
  var object: ObservedResource {
    switch self {
    case .adopt(let adoption): adoption.object
    case .forget(let object, _): object
    }
  }

  /// The name of it in the journal.
  var operation: String {
    switch self {
    case .adopt: "Adopt"
    case .forget: "Forget"
    }
  }

  /// What was done, for the beginning of a sentence.
  var pastVerb: String {
    switch self {
    case .adopt: "Adopted"
    case .forget: "Forgot"
    }
  }

  /// Changes the tags.
  func carryOut(through cloud: ImageBuilder) async throws {
    switch self {
    case .adopt(let adoption): try await cloud.tag(address.kind, id: object.id, adoption.tags)
    case .forget:
      let keys = object.resource.tags.keys.filter { $0.hasPrefix(OwnershipTags.prefix) }.sorted()
      try await cloud.untag(address.kind, id: object.id, keys)
    }
  }

  /// The event that tells of it.
  func event(_ stage: Stage) -> JSONValue {
    var details: [String: JSONValue] = ["resource": address.eventResource, "id": .string(object.id)]
    switch self {
    case .adopt(let adoption):
      details["tags"] = .object(adoption.tags.mapValues(JSONValue.string))
      details["matches_manifest"] = .bool(adoption.matchesManifest)
      return switch stage {
      case .planned: event(.plannedAdoption, "will be adopted as \(object.id)", "adoption", details)
      case .complete: event(.adoptionComplete, "adopted as \(object.id)", "adoption", details)
      }
    case .forget:
      return switch stage {
      case .planned: event(.plannedForget, "will be forgotten", "forget", details)
      case .complete: event(.forgetComplete, "forgotten", "forget", details)
      }
    }
  }

  private func event(
    _ type: EventType, _ what: String, _ member: String, _ details: [String: JSONValue]
  ) -> JSONValue {
    type.event("\(address): \(what)", [member: .object(details)])
  }
}

extension Session {
  /// Carries `handovers` out, one after the other, each noted in the journal; ends the command if some are left.
  ///
  /// A failure stops no other. Ctrl-C lets the call under way end.
  func carryOut(_ handovers: [Handover], of stack: StackIdentity, through cloud: ImageBuilder) async throws {
    let journal = openJournal(of: stack)
    let console = console
    let stop = StopRequest()
    let done = await stop.heeding(console: console) {
      var done = 0
      for handover in handovers where !stop.isRequested {
        let (operation, address, id) = (handover.operation, handover.address, handover.object.id)
        journal.intend(operation, address, ["id": .string(id)])
        do {
          try await handover.carryOut(through: cloud)
        } catch {
          let reason = "\(error)"
          journal.record(
            operation, address, outcome: "failed", ["id": .string(id), "reason": .string(reason)])
          console.complain("\(address) (\(id)): \(operation.lowercased()) failed: \(reason)")
          continue
        }
        journal.record(operation, address, outcome: "done", ["id": .string(id)])
        done += 1
        if console.isJSON { console.write(event: handover.event(.complete)) }
        console.say("\(handover.pastVerb) \(address) (\(id)).")
      }
      return done
    }
    guard done < handovers.count, let first = handovers.first else { return }
    console.say("\(first.pastVerb) \(done) of \(handovers.count). Run it again to go on.")
    if stop.isRequested { throw Exit.interrupted }
    throw done == 0 ? Exit.error : Exit.partly
  }
}
