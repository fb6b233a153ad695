// SPDX-License-Identifier: Apache-2.0

import Resources

extension [ObservedResource] {
  /// The objects of one address, the oldest first.
  ///
  /// Creation times count seconds. Of objects of one second that is the older which another says to have taken the
  /// place of; else the lower version, and last the lower id.
  var oldestFirst: [ObservedResource] {
    guard count > 1 else { return self }
    var ranks: [String: Int] = [:]
    for together in Dictionary(grouping: self, by: \.creationTime).values where together.count > 1 {
      for object in together { ranks[object.id] = object.predecessors(among: together).count }
    }
    let none = Version(0, 0, 0)
    return sorted { left, right in
      if left.creationTime != right.creationTime { return left.creationTime < right.creationTime }
      let leftRank = ranks[left.id] ?? 0, rightRank = ranks[right.id] ?? 0
      if leftRank != rightRank { return leftRank < rightRank }
      return (left.version ?? none, left.id) < (right.version ?? none, right.id)
    }
  }
}

extension ObservedResource {
  /// The ids of those of `others` whose place it took, or one of them did, and so on.
  fileprivate func predecessors(among others: [ObservedResource]) -> Set<String> {
    var found: Set<String> = []
    var open = [self]
    while let object = open.popLast() {
      guard let ownership = object.ownership, !ownership.predecessors.isEmpty else { continue }
      for other in others where other.id != id && !found.contains(other.id) && ownership.replaces(other.id) {
        found.insert(other.id)
        open.append(other)
      }
    }
    return found
  }
}
