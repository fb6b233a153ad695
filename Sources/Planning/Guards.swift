// SPDX-License-Identifier: Apache-2.0

import Resources

extension Planner {
  /// Bars plans that would lose more than anybody is likely to mean (design: guards).
  mutating func applyGuards() {
    let lost = changes.lost
    if !options.destroys, desired.components.isEmpty, desired.pipelines.isEmpty, !observed.owned.isEmpty,
      !lost.isEmpty
    {
      refuse(
        .guarded, "empty-set",
        "the manifests describe nothing, so all \(lost.count) objects of the stack would be deleted",
        at: nil, hint: "if that is meant, use kiln destroy")
    } else if let limit = options.maxDeletes ?? (options.destroys ? nil : 10), lost.count > limit {
      refusals.append(.tooManyDeletions(lost.count, limit: limit))
    }
  }
}

extension Plan {
  /// The same plan, barred where it deletes more objects without a successor than `limit`.
  public func deleting(atMost limit: Int) -> Plan {
    let count = changes.lost.count
    guard count > limit else { return self }
    var plan = self
    plan.refusals.append(.tooManyDeletions(count, limit: limit))
    return plan
  }
}

extension [ResourceChange] {
  /// Deletions at addresses where nothing else is to stand.
  fileprivate var lost: [ResourceChange] {
    let standing = Set(compactMap { $0.after?.address.unversioned })
    return filter { $0.action == .delete && !standing.contains($0.address.unversioned) }
  }
}

extension Refusal {
  fileprivate static func tooManyDeletions(_ count: Int, limit: Int) -> Refusal {
    let objects = count == 1 ? "1 object" : "\(count) objects"
    let allowed = limit == 0 ? "none is" : limit == 1 ? "1 is" : "\(limit) are"
    return Refusal(
      .guarded, "max-deletes", "\(objects) would be deleted without a successor; \(allowed) allowed",
      at: nil, hint: "if that is meant, use --max-deletes \(count)")
  }
}
