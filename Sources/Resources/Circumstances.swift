// SPDX-License-Identifier: Apache-2.0

/// What a plan turns on besides the objects themselves; asked for only where it does.
public struct Circumstances: Hashable, Sendable {
  /// The region that the objects lie in; nil where nobody knows.
  public var regionID: String?
  /// Whose components are followed; nil where nobody follows any.
  public var realm: Realm?
  /// The execution that is under way, by the id of its pipeline; only of pipelines that are to go.
  public var executions: [String: String] = [:]
  /// Pipelines that the stack does not own and that name components; only where components are to go.
  public var foreignUses: [ForeignUse] = []
  /// Why the service last refused to delete objects, by their ids; only of uses that lists may not show.
  public var refusedDeletions: [String: String] = [:]
  /// Ids of the objects that a journal says Kiln has made.
  public var made: Set<String> = []
  /// Whether the service refuses to change tags of pipelines that exist; only where some are to change.
  public var refusesPipelineTags = false
  /// Whether the service refuses to move pipelines that exist to another resource group, as far as a journal tells.
  public var refusesPipelineGroups = false

  /// Nothing found out.
  public init() {}

  /// Whether `arn` names something here, as far as is known where that is.
  public func mayHold(_ arn: ComponentARN) -> Bool {
    (regionID == nil || arn.region == regionID) && realm?.holds(arn) != false
  }
}

/// The region and account that components and pipelines lie in.
public struct Realm: Hashable, Sendable {
  /// The region's id.
  public let regionID: String
  /// The account's number.
  public let accountID: String

  /// A region of an account.
  public init(regionID: String, accountID: String) {
    self.regionID = regionID
    self.accountID = accountID
  }

  /// The name by which a content follows the component `name`.
  public func arn(of name: String, _ version: VersionPattern) -> ComponentARN {
    ComponentARN(region: regionID, account: accountID, name: name, version: version)
  }

  /// Whether `arn` names something here.
  public func holds(_ arn: ComponentARN) -> Bool { arn.region == regionID && arn.account == accountID }
}

/// A pipeline that the stack does not own, and the components that it names.
public struct ForeignUse: Hashable, Sendable {
  /// The pipeline's id.
  public let pipelineID: String
  /// What the service calls it.
  public let name: String?
  /// The components as its contents name them.
  public let handles: [ComponentHandle]

  /// The use that `pipeline` makes of components; nil where it names none.
  public init?(_ object: ObservedResource) {
    let handles = object.namedComponents
    guard !handles.isEmpty else { return nil }
    pipelineID = object.id
    name = object.resource.wireName
    self.handles = handles
  }
}

extension ObservedResource {
  /// The components that a pipeline's contents name, in the order of the text, each once.
  public var namedComponents: [ComponentHandle] { resource.namedComponents }
}

extension Resource {
  /// The components that a pipeline's contents name, in the order of the text, each once.
  public var namedComponents: [ComponentHandle] {
    guard case .pipeline(let pipeline) = self else { return [] }
    return componentsNamed(in: [pipeline.buildContent, pipeline.testContent])
  }
}

extension DesiredPipeline {
  /// The components that its author names by id or ARN, in texts or in steps, each once.
  public var writtenComponents: [ComponentHandle] {
    let named = componentsNamed(in: [resource.buildContent, resource.testContent])
    let steps = [build, test].compactMap(\.self).flatMap(\.writtenComponents)
    return (named + steps).eachOnce
  }
}

extension Composition {
  /// The components that commands name by id or ARN, in order.
  public var writtenComponents: [ComponentHandle] {
    pieces.flatMap { piece -> [ComponentHandle] in
      // A piece is one command and begins with its word.
      guard case .command(let command) = piece, command.utf8.starts(with: "COMPONENT ".utf8) else {
        return []
      }
      return componentReferences(in: command).map(\.reference)
    }
  }
}

private func componentsNamed(in contents: [String?]) -> [ComponentHandle] {
  contents.compactMap(\.self).flatMap { content in
    // Most contents that name nothing are told by this cheap look.
    content.contains("COMPONENT") ? componentReferences(in: content).map(\.reference) : []
  }.eachOnce
}

extension [ComponentHandle] {
  fileprivate var eachOnce: [ComponentHandle] {
    var seen = Set<ComponentHandle>()
    return filter { seen.insert($0).inserted }
  }
}

/// How tags of pipelines that exist are changed.
public enum Tagging: String, Hashable, Sendable, CaseIterable {
  /// By the tag operations.
  case inPlace
  /// By making a new pipeline, as the tag operations are refused or not wanted.
  case replace
}
