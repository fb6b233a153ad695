// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

/// The contents of a pipeline, checked, and the components that they name.
struct PipelineContent: Sendable {
  /// What a component serves.
  enum Stage: String, Sendable {
    case build = "Build"
    case test = "Test"
  }

  private let uses: [(stage: Stage, use: ComponentUse)]

  init(_ pipeline: ImagePipeline) throws(Refusal) {
    let build = try Self.read(pipeline.buildContent, at: .build)
    let test = try Self.read(pipeline.testContent, at: .test)
    uses = build.map { (.build, $0) } + test.map { (.test, $0) }
  }

  private static func read(_ text: String?, at place: ContentPlace) throws(Refusal) -> [ComponentUse] {
    guard let text else { return [] }
    let content = ContentText(text)
    if let first = content.violations(at: place).first { throw Refusal(first) }
    return content.componentUses
  }

  /// The components of the account that are used, by sequence: the newest where a version is left open, with the
  /// pattern that leaves it open.
  ///
  /// Refuses what does not exist, and what is of the wrong type or system.
  func resolved(
    for call: ServedCall, system: String, in transaction: Transaction
  ) throws -> [(stage: Stage, component: Int64, pattern: ComponentARN?)] {
    var own: [(stage: Stage, component: Int64, pattern: ComponentARN?)] = []
    for (stage, use) in uses {
      let handle = use.reference
      let resolved = try Self.resolve(handle, for: call, in: transaction)
      guard let resolved else {
        throw Refusal.notFound("ImageComponent.NotFound", "image component \(handle)")
      }
      guard resolved.componentType == stage.rawValue, resolved.systemType == system else {
        throw Refusal(
          400, "InvalidImageComponent.NotSupported",
          "The image component \(handle) is a \(resolved.componentType) component for \(resolved.systemType)."
        )
      }
      try resolved.check(use.arguments, of: handle, in: stage)
      if let sequence = resolved.sequence { own.append((stage, sequence, handle.pattern)) }
    }
    return own
  }

  private struct Resolved {
    /// Nil for a component of the system.
    let sequence: Int64?
    let systemType: String
    let componentType: String
    /// Its declared parameters, as Describe shows them.
    let parameters: [JSONValue]

    /// Refuses arguments that it does not declare, and the lack of one that has no default.
    func check(_ arguments: [ComponentArgument], of handle: ComponentHandle, in stage: Stage) throws(Refusal)
    {
      let given = Set(arguments.map(\.name))
      let declared = Set(parameters.compactMap { $0["Name"]?.string })
      let needed = Set(parameters.filter { $0["DefaultValue"] == nil }.compactMap { $0["Name"]?.string })
      if let unknown = given.subtracting(declared).sorted().first {
        throw Refusal(400, stage.code, "The image component \(handle) has no parameter \(unknown).")
      }
      if let missing = needed.subtracting(given).sorted().first {
        throw Refusal(400, stage.code, "The image component \(handle) needs the parameter \(missing).")
      }
    }
  }

  private static func resolve(
    _ handle: ComponentHandle, for call: ServedCall, in transaction: Transaction
  ) throws -> Resolved? {
    let sequence: Int64?
    switch handle {
    case .id(let id):
      if let system = SystemComponent.all.first(where: { $0.id == id }) {
        return Resolved(
          sequence: nil, systemType: system.systemType, componentType: system.componentType,
          parameters: [])
      }
      guard !call.settings.finds(id, .missing) else { return nil }
      sequence = try transaction.object(.component, id, in: call.scope)?.sequence
    case .arn(let arn):
      guard arn.region == call.scope.region, arn.account == call.scope.account else { return nil }
      sequence = try transaction.newestComponent(arn.name, arn.version, in: call.scope)
    }
    guard let sequence, let facts = try transaction.facts(ofComponent: sequence) else { return nil }
    return Resolved(
      sequence: sequence, systemType: facts.systemType, componentType: facts.componentType,
      parameters: try JSONValue(parsing: Array(facts.parameters.utf8)).array ?? [])
  }
}

extension ComponentHandle {
  /// The name that leaves a part of the version open, if it does.
  fileprivate var pattern: ComponentARN? {
    guard case .arn(let arn) = self, !arn.version.isExact else { return nil }
    return arn
  }
}

extension PipelineContent.Stage {
  /// The code for what is wrong with the stage's content and has no code of its own.
  fileprivate var code: String {
    switch self {
    case .build: "InvalidParameter.BuildContent"
    case .test: "InvalidParameter.TestContent"
    }
  }
}
