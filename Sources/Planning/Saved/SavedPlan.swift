// SPDX-License-Identifier: Apache-2.0

public import Resources

/// A plan in a file: exactly what was approved, and all that it was made from (design: plan and apply).
public struct SavedPlan: Hashable, Sendable {
  /// Where the plan holds, and nowhere else.
  public struct Binding: Hashable, Sendable {
    /// The account, where the target names it.
    public var account: String?
    /// The credential profile that the target names.
    public var profile: String?
    /// The network that the target names.
    public var network: TargetNetwork
    /// The region.
    public var regionID: String
    /// `embedded`, or the service's URL.
    public var endpoint: String
    /// The folder of manifests, which holds the embedded service's data and the journal.
    public var folder: String
    /// When the plan was made: UTC, ISO 8601.
    public var createdAt: String
    /// When it ends, if it does: UTC, ISO 8601.
    public var expiresAt: String?
    /// The Kiln that made it.
    public var kilnVersion: String

    /// A binding to a region at an endpoint.
    public init(
      account: String?, profile: String? = nil, network: TargetNetwork = .public, regionID: String,
      endpoint: String, folder: String, createdAt: String, expiresAt: String?, kilnVersion: String
    ) {
      self.account = account
      self.profile = profile
      self.network = network
      self.regionID = regionID
      self.endpoint = endpoint
      self.folder = folder
      self.createdAt = createdAt
      self.expiresAt = expiresAt
      self.kilnVersion = kilnVersion
    }
  }

  /// What it does.
  public let plan: Plan
  /// Where it holds.
  public let binding: Binding
  /// Names that were looked up, so that the same question can be asked again.
  public let lookedUp: NamesToLookUp
  /// The objects that the plan was made from, by id.
  public let observed: [String: Fingerprint]

  /// The plan with what it was made from.
  public init(
    _ plan: Plan, binding: Binding, lookedUp: NamesToLookUp, observed: ObservedState
  ) {
    let fingerprinter = Fingerprinter(plan, regionID: binding.regionID)
    self.init(
      plan.retold(regionID: binding.regionID), binding: binding, lookedUp: lookedUp,
      fingerprints: Dictionary(
        (observed.owned + observed.strangers).map { ($0.id, fingerprinter.fingerprint(of: $0)) },
        uniquingKeysWith: { $1 }))
  }

  init(
    _ plan: Plan, binding: Binding, lookedUp: NamesToLookUp, fingerprints: [String: Fingerprint]
  ) {
    self.plan = plan
    self.binding = binding
    self.lookedUp = lookedUp
    observed = fingerprints
  }

  /// The version of the file's format: a reader takes any minor version of a major version that it knows.
  public static let formatVersion = "1.0"
}
