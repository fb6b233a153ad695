// SPDX-License-Identifier: Apache-2.0

public import Resources

/// One thing to do of a plan.
public struct Step: Hashable, Sendable {
  /// What is done.
  public enum Work: Hashable, Sendable {
    /// Create the resource; the id of the object that it takes the place of goes into the client token.
    case create(PlannedResource, predecessor: String?)
    /// Change the object in place.
    case update(ObservedResource, InPlaceUpdate)
    /// Delete the object; where it has a successor, only while that exists.
    case delete(ObservedResource, successor: Address?)
  }

  /// The resource's address.
  public let address: Address
  /// What is done.
  public let work: Work
  /// The round in which it is done: all of a round is done side by side.
  public let rank: Int
  /// Indices of the steps, all of lower ranks, without whose success this one is skipped.
  public let after: [Int]

  /// Whether an object goes with it.
  public var isDeletion: Bool {
    if case .delete = work { true } else { false }
  }
}

extension Plan {
  /// How many rounds there are: components, pipelines, changes in place, old pipelines, old components.
  public static let rankCount = 5

  /// What there is to do, by rank: create before destroy, along the references.
  public var steps: [Step] {
    var steps: [Step] = []
    var creation: [Address: Int] = [:]
    for change in changes where change.action == .create || change.action == .replace {
      guard let after = change.after, after.address.kind == .component else { continue }
      creation[after.address] = steps.count
      steps.append(
        Step(
          address: after.address, work: .create(after, predecessor: change.before?.id), rank: 0, after: []))
    }
    for change in changes where change.action == .create || change.action == .replace {
      guard let after = change.after, after.address.kind == .pipeline else { continue }
      let needs = Set(after.uses.values).compactMap { creation[$0] }.sorted()
      creation[after.address] = steps.count
      steps.append(
        Step(
          address: after.address, work: .create(after, predecessor: change.before?.id), rank: 1,
          after: needs))
    }
    for change in changes where change.action == .update {
      guard let before = change.before else { continue }
      steps.append(
        Step(address: change.address, work: .update(before, change.update), rank: 2, after: []))
    }
    appendRetirements(to: &steps, creation: creation)
    return steps
  }

  private func appendRetirements(to steps: inout [Step], creation: [Address: Int]) {
    let leaving = changes.filter { $0.retires || $0.isTriedAgain }
    let planned = planned
    /// The address whose object takes the place of the one that leaves.
    func successor(of change: ResourceChange) -> Address? {
      change.after?.address ?? change.before?.address.flatMap { planned[$0.unversioned] }
    }
    var users: [ComponentHandle: [Int]] = [:]
    var followers: [String: [(version: VersionPattern, step: Int)]] = [:]
    for change in leaving where change.address.kind == .pipeline {
      guard let object = change.before else { continue }
      let successor = successor(of: change)
      for handle in object.namedComponents {
        switch handle {
        case .id: users[handle, default: []].append(steps.count)
        case .arn(let arn): followers[arn.name, default: []].append((arn.version, steps.count))
        }
      }
      steps.append(
        Step(
          address: change.address, work: .delete(object, successor: successor), rank: 3,
          after: [successor.flatMap { creation[$0] }].compactMap(\.self)))
    }
    for change in leaving where change.address.kind == .component {
      guard let object = change.before else { continue }
      let successor = successor(of: change)
      let following = followers[object.resource.wireName ?? ""] ?? []
      let needs =
        [successor.flatMap { creation[$0] }].compactMap(\.self) + (users[.id(object.id)] ?? [])
        + following.filter { object.version.map($0.version.matches) ?? false }.map(\.step)
      steps.append(
        Step(
          address: object.address ?? change.address, work: .delete(object, successor: successor), rank: 4,
          after: needs.sorted()))
    }
  }

  /// What shall exist at each address without version; of several versions the first that the plan shows.
  private var planned: [String: Address] {
    Dictionary(
      changes.compactMap { change in change.after.map { ($0.address.unversioned, change.address) } },
      uniquingKeysWith: { first, _ in first })
  }
}
