// SPDX-License-Identifier: Apache-2.0

import Resources

/// The contents of a pipeline, checked, and the components that they name.
struct PipelineContent: Sendable {
  /// What a component serves.
  enum Stage: String, Sendable {
    case build = "Build"
    case test = "Test"
  }

  private let uses: [(stage: Stage, handle: ComponentHandle)]

  init(_ pipeline: ImagePipeline) throws(Refusal) {
    let build = try Self.read(pipeline.buildContent, at: .build)
    let test = try Self.read(pipeline.testContent, at: .test)
    uses = build.map { (.build, $0.reference) } + test.map { (.test, $0.reference) }
  }

  private static func read(_ text: String?, at place: ContentPlace) throws(Refusal) -> [ComponentUse] {
    guard let text else { return [] }
    let content = ContentText(text)
    if let first = content.violations(at: place).first { throw Refusal(first) }
    return content.componentUses
  }

  /// The components of the account that are used, by sequence: the newest where a version is left open.
  ///
  /// Refuses what does not exist, and what is of the wrong type or system.
  func resolved(
    for call: Call, system: String, in transaction: Transaction
  ) throws -> [(stage: Stage, component: Int64)] {
    var own: [(stage: Stage, component: Int64)] = []
    for (stage, handle) in uses {
      let resolved = try Self.resolve(handle, for: call, in: transaction)
      guard let resolved else { throw Refusal.notFound("ImageComponent.NotFound", "image component \(handle)") }
      guard resolved.componentType == stage.rawValue, resolved.systemType == system else {
        throw Refusal(
          400, "InvalidImageComponent.NotSupported",
          "The image component \(handle) is a \(resolved.componentType) component for \(resolved.systemType).")
      }
      if let sequence = resolved.sequence { own.append((stage, sequence)) }
    }
    return own
  }

  private struct Resolved {
    /// Nil for a component of the system.
    let sequence: Int64?
    let systemType: String
    let componentType: String
  }

  private static func resolve(
    _ handle: ComponentHandle, for call: Call, in transaction: Transaction
  ) throws -> Resolved? {
    let sequence: Int64?
    switch handle {
    case .id(let id):
      if let system = SystemComponent.all.first(where: { $0.id == id }) {
        return Resolved(sequence: nil, systemType: system.systemType, componentType: system.componentType)
      }
      sequence = try transaction.object(.component, id, in: call.scope)?.sequence
    case .arn(let arn):
      guard arn.region == call.scope.region, arn.account == call.scope.account else { return nil }
      sequence = try transaction.newestComponent(arn.name, arn.version, in: call.scope)
    }
    guard let sequence, let facts = try transaction.facts(ofComponent: sequence) else { return nil }
    return Resolved(
      sequence: sequence, systemType: facts.systemType, componentType: facts.componentType)
  }
}
