// SPDX-License-Identifier: Apache-2.0

import Resources

extension Planner {
  /// Whether `--except` names `address`.
  func isExcepted(_ address: Address) -> Bool {
    options.except.contains(address.description) || options.except.contains(address.unversioned)
  }

  /// Whether `pipeline` names a component that is left as it is: it can't be brought up to date without it.
  func needsExcepted(_ pipeline: DesiredPipeline) -> Bool {
    guard !options.except.isEmpty else { return false }
    return needs(of: pipeline).contains(where: isExcepted)
  }

  /// Notes what is not to be retired either.
  mutating func spareExcepted() {
    guard !options.except.isEmpty else { return }
    spared = Set(options.except.compactMap { Address($0)?.unversioned })
    for pipeline in desired.pipelines where needsExcepted(pipeline) {
      spared.insert(pipeline.address.unversioned)
    }
  }

  /// Drops all but updates of the tags in which Kiln records what an object was made from.
  mutating func keepOnlyRefreshes() {
    guard options.refreshesOnly else { return }
    changes = changes.filter { $0.action == .nothing && !$0.isTriedAgain || $0.update.isRecordOnly }
    deferred = []
    refusals = refusals.filter { $0.rule == "unknown-address" }
  }
}

extension InPlaceUpdate {
  /// Whether only the digest and the list of our tag keys are rewritten, so that nothing changes for anybody else.
  fileprivate var isRecordOnly: Bool {
    let records: Set = [OwnershipTags.digestKey, OwnershipTags.keysKey]
    return !isEmpty && removeTags.isEmpty && resourceGroupID == nil
      && setTags.keys.allSatisfy(records.contains)
  }
}
