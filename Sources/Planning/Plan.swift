// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax
public import Resources

/// What is to be done so that the service holds what the manifests describe.
///
/// A plan is a value: the same desired and observed states and options give the same plan.
public struct Plan: Hashable, Sendable {
  /// Whose resources it is about.
  public let stack: StackIdentity
  /// What happens to each address, what is created first.
  public internal(set) var changes: [ResourceChange]
  /// Retirements that must wait, with the reason.
  public let deferred: [Deferral]
  /// What bars the plan from being applied.
  public internal(set) var refusals: [Refusal]
  /// What the author should know.
  public internal(set) var warnings: [Diagnostic]
  /// What of the stack it is about.
  public let scope: Scope

  /// What of a stack a plan is about.
  public enum Scope: Hashable, Sendable {
    /// All of it.
    case whole
    /// A part: the rest is left as it is.
    case part
    /// All of it, which is to go.
    case destruction
  }

  /// Whether only a part of the stack was looked at.
  public var isPartial: Bool { scope == .part }

  /// How many objects come to be, change in place and go, counted as Terraform counts.
  public var summary: Summary {
    var summary = Summary()
    for change in changes {
      switch change.action {
      case .create: summary.add += 1
      case .replace:
        summary.add += 1
        summary.destroy += 1
      case .update: summary.change += 1
      case .delete: summary.destroy += 1
      case .nothing: break
      }
    }
    return summary
  }

  /// Whether there is anything to apply.
  public var hasChanges: Bool { changes.contains { $0.action != .nothing } }

  /// Whether a deletion that the service has refused is tried again.
  public var triesAgain: Bool { changes.contains(where: \.isTriedAgain) }

  /// The same plan without trying again what the service has refused to delete.
  public var withoutTryingAgain: Plan {
    var plan = self
    plan.changes.removeAll(where: \.isTriedAgain)
    return plan
  }

  /// Whether nothing bars it.
  public var isApplicable: Bool { refusals.isEmpty }
}

/// Numbers of objects that a plan creates, changes and deletes.
public struct Summary: Hashable, Sendable, CustomStringConvertible {
  /// Objects that come to be.
  public var add = 0
  /// Objects that change in place.
  public var change = 0
  /// Objects that go.
  public var destroy = 0

  /// Nothing counted yet.
  public init() {}

  /// The words that scripts look for.
  public var description: String { "\(add) to add, \(change) to change, \(destroy) to destroy" }
}

/// A retirement that must wait.
public struct Deferral: Hashable, Sendable {
  /// The object's address.
  public let address: Address
  /// Its id.
  public let id: String
  /// What it waits for.
  public let reason: String
}

/// Something that bars a plan from being applied.
public struct Refusal: Hashable, Sendable {
  /// Who refuses.
  public enum Cause: Hashable, Sendable {
    /// The plan can't be carried out as the manifests stand.
    case conflict
    /// A guard against loss; it can be passed on purpose.
    case guarded
  }

  /// Who refuses.
  public let cause: Cause
  /// The rule's id in kebab case.
  public let rule: String
  /// What is wrong.
  public let message: String
  /// The manifest's place, where one is to blame.
  public let location: Location?
  /// What to do, or how to pass the guard.
  public let hint: String

  /// A refusal by `cause`, which a rule of this id explains.
  init(_ cause: Cause, _ rule: String, _ message: String, at location: Location?, hint: String) {
    self.cause = cause
    self.rule = rule
    self.message = message
    self.location = location
    self.hint = hint
  }

  /// The refusal as a diagnostic.
  public var diagnostic: Diagnostic { Diagnostic(.error, rule: rule, message, at: location, hint: hint) }
}

/// What the user asked of a plan.
public struct PlanOptions: Hashable, Sendable {
  /// Only these addresses and what they need are planned, and nothing is deleted; all where nil.
  public var only: Set<String>?
  /// These addresses, and the pipelines that name them, are left as they are.
  public var except: Set<String> = []
  /// Only what Kiln records about objects is brought up to date; nothing else is created, changed or deleted.
  public var refreshesOnly = false
  /// Plan the deletion of everything that the stack owns.
  public var destroys = false
  /// Addresses that are replaced even if nothing differs.
  public var replace: Set<String> = []
  /// How many objects may go without a successor; where nil, ten, and any number where everything is to go.
  public var maxDeletes: Int?
  /// Whether an apply waits for executions to end before it deletes their pipelines, rather than put that off.
  public var waitsForExecutions = false

  /// No wishes.
  public init() {}
}
