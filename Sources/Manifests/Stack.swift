// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax
public import Resources

/// A `Stack` document: what governs all resources of the folder.
public struct Stack: Sendable {
  /// `metadata.name`.
  public let name: String
  /// `spec.id`, or the name where there is none.
  public let id: String
  /// Where the stack can be realised.
  public let targets: [Target]
  /// Variables with their values for every target.
  public let variables: [String: Variable]
  /// Whether what is no longer described is deleted.
  public let prunes: Bool
  /// What was renamed, in the order of the text.
  public let moves: [Move]
  /// How tags of pipelines that exist are changed; nil where the service is to be asked.
  public let tagging: Tagging?
  /// What it says of rules, in the order of the text.
  let ruleSettings: [RuleSetting]
  /// Where the document's name stands.
  public let location: Location
  /// The path of the document's file, relative to the project's folder.
  let relativePath: String

  /// The target called `name`; without a name the default one, or the only one.
  ///
  /// - Returns: The target, or the sentence that says why there is none.
  public func target(named name: String?) -> Result<Target, TargetProblem> {
    let names = targets.map(\.name).joined(separator: ", ")
    if let name {
      let nearest = name.nearest(among: targets.map(\.name)).map { "did you mean \($0)? " } ?? ""
      return targets.first { $0.name == name }.map(Result.success)
        ?? .failure(
          TargetProblem("stack \(self.name) has no target \(name)", hint: "\(nearest)its targets: \(names)"))
    }
    if let preferred = targets.first(where: \.isDefault) { return .success(preferred) }
    if targets.count == 1, let only = targets.first { return .success(only) }
    if targets.isEmpty {
      return .failure(
        TargetProblem("stack \(self.name) has no target", hint: "describe one under spec.targets"))
    }
    return .failure(
      TargetProblem(
        "stack \(self.name) has several targets and none is the default",
        hint: "choose one with --target: \(names)"))
  }
}

/// Why no target could be chosen.
public struct TargetProblem: Error, CustomStringConvertible {
  /// What is wrong.
  public let description: String
  /// What to do.
  public let hint: String

  init(_ description: String, hint: String) {
    self.description = description
    self.hint = hint
  }
}

/// Where a stack is realised: a region, an account and an endpoint.
public struct Target: Sendable {
  /// The target's name: part of what owns its resources.
  public let name: String
  /// The region's id.
  public let region: String
  /// `embedded`, a URL, or nil for the service's own endpoint of the region.
  public let endpoint: String?
  /// The credential profile.
  public let profile: String?
  /// The account that the credentials must belong to.
  public let accountID: String?
  /// By which network the service is reached.
  public let network: TargetNetwork
  /// Whether commands take this target when none is named.
  public let isDefault: Bool
  /// Values that hold for this target only.
  public let variables: [String: Variable]
  /// Changes to manifests for this target only.
  public let patches: [Patch]
  /// Addresses that this target leaves out.
  public let excluded: Set<String>
  /// What holds here for resources whose manifests don't say otherwise.
  public let lifecycle: Lifecycle
  /// How tags of pipelines that exist are changed here, where that is not as in the stack's other targets.
  public let tagging: Tagging?
  /// Where each of these addresses stands.
  let exclusions: [Exclusion]
  /// Where the target's name stands.
  let location: Location?
}

/// An address that a target leaves out, as its manifest names it.
struct Exclusion: Sendable {
  let address: Address
  let place: Location
}

extension Target {
  /// A target that no manifest describes: the one of a saved plan.
  public init(
    _ name: String, region: String, endpoint: String?, profile: String? = nil, accountID: String? = nil,
    network: TargetNetwork = .public
  ) {
    self.init(
      name: name, region: region, endpoint: endpoint, profile: profile, accountID: accountID,
      network: network,
      isDefault: true, variables: [:], patches: [], excluded: [], lifecycle: Lifecycle(), tagging: nil,
      exclusions: [], location: nil)
  }
}

/// A change to one manifest's `spec`, as a JSON merge patch.
public struct Patch: Sendable {
  /// What kind of manifest it is for.
  public let kind: ResourceKind
  /// The `metadata.name` that it is for.
  public let name: String
  /// What is merged into `spec`; null removes.
  public let spec: Node
  /// Where the name stands.
  let location: Location
}
