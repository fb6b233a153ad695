// SPDX-License-Identifier: Apache-2.0

public import Resources

extension SavedPlan {
  /// How the world has moved since the plan was made.
  public struct Review: Hashable, Sendable {
    /// Steps whose result stands already, with the object's id: by index in the plan's steps.
    public var done: [Int: String] = [:]
    /// What moved otherwise, one sentence each; any makes the plan stale.
    public var moved: [String] = []

    /// Whether the plan may still be carried out.
    public var isStale: Bool { !moved.isEmpty }
  }

  /// Compares what the plan was made from with `now`.
  public func review(against now: ObservedState) -> Review {
    var review = Review()
    let present = Dictionary((now.owned + now.strangers).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let steps = plan.steps
    var explained = Set<String>()
    let appeared = Dictionary(grouping: now.owned.filter { observed[$0.id] == nil }, by: \.address)
    for (index, step) in steps.enumerated() {
      switch step.work {
      case .create(let planned, _):
        guard let made = appeared[planned.address]?.first(where: { $0.isResult(of: planned) })
        else { continue }
        review.done[index] = made.id
        explained.insert(made.id)
      case .update(let object, let update):
        guard let current = present[object.id], current.bears(update) else { continue }
        review.done[index] = object.id
        explained.insert(object.id)
      case .delete(let object, _):
        guard present[object.id] == nil else { continue }
        review.done[index] = object.id
        explained.insert(object.id)
      }
    }
    let fingerprinter = Fingerprinter(plan, regionID: binding.regionID)
    for (id, fingerprint) in observed.sorted(by: { $0.key < $1.key }) where !explained.contains(id) {
      guard let object = present[id] else {
        review.moved.append("\(id) is gone")
        continue
      }
      if fingerprinter.fingerprint(of: object) != fingerprint {
        review.moved.append("\(object.called) has changed")
      }
    }
    for object in present.values.sorted(by: ObservedResource.isOlder)
    where observed[object.id] == nil && !explained.contains(object.id) {
      review.moved.append("\(object.called) has appeared")
    }
    return review
  }
}

extension ObservedResource {
  fileprivate var called: String {
    let name = address?.description ?? resource.wireName ?? resource.kind.rawValue
    return "\(name) (\(id))"
  }

  /// Whether the object is what creating `planned` makes.
  fileprivate func isResult(of planned: PlannedResource) -> Bool {
    address == planned.address && ownership?.digest == planned.digest
      && ownership?.stack == planned.resource.tags[OwnershipTags.stackKey]
  }
}
