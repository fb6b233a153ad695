// SPDX-License-Identifier: Apache-2.0

public import Resources

/// Finds out how the service shows what it has just made.
public struct Echoes: Sendable {
  private let comparer: PipelineComparer

  /// - Parameters:
  ///   - ids: The ids of the stack's components, by address.
  ///   - regionID: The region that the objects lie in.
  public init(ids: [Address: String], regionID: String) {
    comparer = PipelineComparer(
      addressByID: Dictionary(ids.map { ($1, $0) }) { first, _ in first }, addressByWireName: [:],
      regionID: regionID)
  }

  /// The tag by which `object`, just made as `planned` asks, says that the service shows it otherwise; nil where it does
  /// not, or where the tag says so already.
  public func note(on object: ObservedResource, madeAs planned: PlannedResource) -> [String: String]? {
    guard var ownership = object.ownership, ownership.digest == planned.digest else { return nil }
    switch (planned.resource, object.resource) {
    case (.pipeline, .pipeline):
      let comparison = comparer.compare(planned, with: object)
      guard comparison.verdict == .differs, comparison.isDrift else { return nil }
      ownership.echoes = comparison.echoes
    case (.component(let wanted), .component(let shown)):
      let found = differences(desired: wanted, observed: shown, sensitive: [])
      guard found.knownEchoes(ownership, for: planned.digest) != found.echoes else { return nil }
      ownership.echoes = found.echoes
    case (.pipeline, .component), (.component, .pipeline): return nil
    }
    let key = OwnershipTags.keysKey
    guard let value = ownership.tags[key], value != object.resource.tags[key] else { return nil }
    return [key: value]
  }
}
