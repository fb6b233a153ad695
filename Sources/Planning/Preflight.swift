// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax
public import Resources

/// What a plan takes for granted at the service: asked beforehand, it need not fail in the midst of an apply.
///
/// Only what is to be created is asked for.
public struct Preflight: Hashable, Sendable {
  /// The kinds of thing that a pipeline names and does not make.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// A base image, by its id.
    case image
    /// A family of base images.
    case family
    /// A region that images are copied to.
    case region
    /// An instance type to build on.
    case instanceType
    /// A component that the stack does not own, by its id.
    case component
  }

  /// What the service said.
  public enum Answer: Hashable, Sendable {
    /// Of the things asked for, these exist.
    case existing(Set<String>)
    /// It could not be asked, for this reason.
    case unknown(String)
  }

  struct Question: Hashable {
    let kind: Kind
    let name: String
    let pipeline: Address
    let place: Location
  }

  let questions: [Question]
  /// Families that pipelines of the stack build images of.
  private let ownFamilies: Set<String>

  /// The questions that `plan` raises.
  ///
  /// - Parameter regionID: The target's own region, which nobody need ask for.
  public init(for plan: Plan, of desired: DesiredState, regionID: String) {
    let described = Dictionary(desired.pipelines.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    let known = Set(plan.changes.compactMap(\.before?.id) + plan.deferred.map(\.id))
    var questions: [Question] = []
    for change in plan.changes where change.action == .create || change.action == .replace {
      guard let planned = change.after, let pipeline = described[change.address],
        case .pipeline(let resource) = planned.resource
      else { continue }
      func ask(_ kind: Kind, _ name: String, _ field: String) {
        questions.append(
          Question(
            kind: kind, name: name, pipeline: change.address, place: pipeline.provenance.place(of: field)))
      }
      if let image = resource.baseImage, !image.isEmpty, resource.baseImageType != "OSS" {
        ask(resource.baseImageType == "IMAGE_FAMILY" ? .family : .image, image, "baseImage")
      }
      if let type = resource.instanceType, !type.isEmpty { ask(.instanceType, type, "instanceType") }
      for (index, region) in resource.toRegionIDs.enumerated() where region != regionID {
        ask(.region, region, "toRegionIds[\(index)]")
      }
      for (field, steps, text) in [
        ("buildContent", planned.build, resource.buildContent),
        ("testContent", planned.test, resource.testContent),
      ] {
        let named = steps?.writtenComponents ?? componentReferences(in: text ?? "").map(\.reference)
        for case .id(let id) in named where !known.contains(id) { ask(.component, id, field) }
      }
    }
    self.questions = questions
    ownFamilies = Set(
      desired.pipelines.compactMap { $0.resource.imageOptions.imageFamily ?? $0.resource.imageFamily })
  }

  /// What is asked for, each name once.
  public func names(of kind: Kind) -> Set<String> {
    Set(questions.lazy.filter { $0.kind == kind }.map(\.name))
  }

  /// What the answers mean for the manifests.
  ///
  /// What could not be asked is a note.
  ///
  /// - Parameter areBinding: Whether what does not exist is an error where the service would refuse it; it is a
  ///   warning otherwise, as where it may come about or be out of sight. Only who asks for the preflight wants
  ///   lists that lag or hide something to stop a plan.
  public func diagnostics(_ answers: [Kind: Answer], areBinding: Bool) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for kind in Kind.allCases {
      guard case .unknown(let reason)? = answers[kind] else { continue }
      found.append(
        Diagnostic(
          .note, rule: "preflight", "whether the \(kind.nouns) exist could not be asked: \(reason)", at: nil,
          hint: "allow ecs:\(kind.operation), or plan with --no-preflight"))
    }
    for question in questions {
      guard case .existing(let names)? = answers[question.kind], !names.contains(question.name) else {
        continue
      }
      found.append(diagnostic(of: question, areBinding ? .error : .warning))
    }
    return found
  }

  private func diagnostic(of question: Question, _ severity: Diagnostic.Severity) -> Diagnostic {
    let message = "there is no \(question.kind.noun) \(question.name)"
    switch question.kind {
    case .family where ownFamilies.contains(question.name):
      return Diagnostic(
        .warning, rule: "preflight", "\(message) yet", at: question.place,
        hint: "a pipeline of the stack builds it: start an execution of that one first")
    case .component:
      return Diagnostic(
        .warning, rule: "preflight", "\(message) among the account's own and the system's",
        at: question.place,
        hint: "the service would answer ImageComponent.NotFound if it is not shared either")
    case .image, .family:
      return Diagnostic(
        severity, rule: "preflight", message, at: question.place,
        hint: "the service would answer InvalidImage.NotFound")
    case .region:
      return Diagnostic(
        severity, rule: "preflight", message, at: question.place,
        hint: "the service would answer InvalidRegionId.NotFound")
    case .instanceType:
      return Diagnostic(
        severity, rule: "preflight", message, at: question.place,
        hint: "the service would answer InvalidInstanceType.NotFound")
    }
  }
}

extension Preflight.Kind {
  /// The operation that tells.
  public var operation: String {
    switch self {
    case .image: "DescribeImages"
    case .family: "DescribeImageFromFamily"
    case .region: "DescribeRegions"
    case .instanceType: "DescribeInstanceTypes"
    case .component: "DescribeImageComponents"
    }
  }

  fileprivate var noun: String {
    switch self {
    case .image: "image"
    case .family: "image family"
    case .region: "region"
    case .instanceType: "instance type"
    case .component: "component"
    }
  }

  fileprivate var nouns: String { self == .family ? "image families" : "\(noun)s" }
}

extension Plan {
  /// The plan with what was found out about it: errors bar it, all else is told.
  public func adding(_ diagnostics: [Diagnostic]) -> Plan {
    var plan = self
    for diagnostic in diagnostics {
      guard diagnostic.severity == .error else {
        plan.warnings.append(diagnostic)
        continue
      }
      plan.refusals.append(
        Refusal(
          .conflict, diagnostic.rule, diagnostic.message, at: diagnostic.location,
          hint: diagnostic.hint ?? ""))
    }
    return plan
  }
}
