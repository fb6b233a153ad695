// SPDX-License-Identifier: Apache-2.0

import Resources

/// What comparing a component with one object of its address tells (design: three things are compared).
struct ComponentComparison {
  /// All that is shown otherwise.
  let found: [Difference]
  /// What makes the object another than the described one.
  let counted: [Difference]
  /// What the service has shown otherwise since the object was made.
  let rewritten: [FieldChange]
  let isSameDigest: Bool

  /// - Parameter wanted: The component with the number of `present`, where that does not count.
  init(_ wanted: ImageComponent, digest: SpecDigest, sensitive: Set<String>, with present: ObservedResource) {
    guard case .component(let observed) = present.resource
    else { preconditionFailure("a component's address is borne by components only") }
    let found = differences(desired: wanted, observed: observed, sensitive: sensitive)
    let isSameDigest = present.ownership?.digest == digest
    let known = found.knownEchoes(present.ownership, for: digest)
    counted = found.filter { difference in
      guard !known.contains(difference.echo) else { return false }
      return switch difference.weight {
      case .real, .perhapsRewritten: true
      case .unshown: !isSameDigest
      case .perhapsChosen: false
      }
    }
    rewritten = found.filter { known.contains($0.echo) }.map(\.change)
    self.found = found
    self.isSameDigest = isSameDigest
  }

  /// Whether the object is another though the manifest is not.
  var isDrift: Bool {
    // The service can't rename anything: another name is always the manifest's doing.
    isSameDigest && !counted.isEmpty && !counted.contains { $0.change.name == "name" }
  }
}

extension [String] {
  /// That fields of these names no longer are as Kiln made them, as the reason of a replacement.
  var driftReason: String {
    let listed = count > 3 ? "\(count) fields" : inWords
    return "drift: \(listed) \(count == 1 ? "was" : "were") changed outside Kiln, not in the manifest"
  }
}
