// SPDX-License-Identifier: Apache-2.0

import Resources

extension Planner {
  /// Bars plans that would lose more than anybody is likely to mean (design: guards).
  mutating func applyGuards() {
    guard !options.destroys else { return }
    let described = Set(
      desired.components.map(\.address.unversioned) + desired.pipelines.map(\.address.unversioned))
    let lost = changes.filter { change in
      change.action == .delete && !described.contains(change.address.unversioned)
    }
    if desired.components.isEmpty, desired.pipelines.isEmpty, !observed.owned.isEmpty, !lost.isEmpty {
      refuse(
        .guarded, "empty-set",
        "the manifests describe nothing, so all \(lost.count) objects of the stack would be deleted",
        at: nil, hint: "if that is meant, use kiln destroy")
    } else if lost.count > options.maxDeletes {
      refuse(
        .guarded, "max-deletes",
        "\(lost.count) objects would be deleted without a successor; \(options.maxDeletes) are allowed",
        at: nil, hint: "if that is meant, use --max-deletes \(lost.count)")
    }
  }
}
