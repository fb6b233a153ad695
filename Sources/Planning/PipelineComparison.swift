// SPDX-License-Identifier: Apache-2.0

import Resources

/// What comparing a pipeline with one object of its address tells (design: three things are compared).
struct PipelineComparison {
  enum Verdict {
    case same
    case onlyDigest
    case differs
  }

  let verdict: Verdict
  /// The fields that differ.
  let fields: [FieldChange]
  /// Differences that are likely the service's own rewriting.
  let rewritten: [FieldChange]
  let reasons: [String]
  let isDrift: Bool
}

extension Planner {
  func compare(
    _ pipeline: DesiredPipeline, _ planned: PlannedResource, with present: ObservedResource
  ) -> PipelineComparison {
    guard case .pipeline(let observed) = present.resource, case .pipeline(let wanted) = planned.resource
    else { preconditionFailure("a pipeline's address is borne by pipelines only") }
    let contents = [
      "buildContent": content(
        pipeline.build, wanted.buildContent, observed.buildContent, planned.uses, at: .build),
      "testContent": content(
        pipeline.test, wanted.testContent, observed.testContent, planned.uses, at: .test),
    ]
    let found = differences(
      desired: wanted.canonical, observed: observed.canonical, contents: contents,
      sensitive: planned.sensitive)
    let recorded = present.ownership?.digest
    let isSameDigest = recorded == planned.digest
    let isComparable = recorded?.isCurrentFormat ?? false
    let lost = contents.values.contains(where: \.namesOtherComponents)
    let counted = found.filter { difference in
      switch difference.weight {
      case .real: true
      case .perhapsRewritten: !isSameDigest || lost
      case .perhapsChosen: !isSameDigest && isComparable
      }
    }.map(\.change)
    if counted.isEmpty {
      return PipelineComparison(
        verdict: isSameDigest ? .same : .onlyDigest, fields: [],
        rewritten: found.filter { $0.weight == .perhapsRewritten }.map(\.change), reasons: [], isDrift: false)
    }
    return PipelineComparison(
      verdict: .differs, fields: counted, rewritten: [],
      reasons: reasons(for: counted, isDrift: isSameDigest, lost: lost), isDrift: isSameDigest)
  }

  private func reasons(for fields: [FieldChange], isDrift: Bool, lost: Bool) -> [String] {
    let names = fields.map(\.name).joined(separator: ", ")
    let verb = fields.count == 1 ? "has" : "have"
    var reasons =
      isDrift && !lost
      ? ["\(names) \(verb) been changed outside Kiln"]
      : ["the service can't change \(names) of a pipeline that exists"]
    if lost { reasons.append("it names components that are no longer the described ones") }
    return reasons
  }

  /// A content on both sides, components of the stack by address: their ids say nothing to people, and some
  /// are not known yet.
  private func content(
    _ composition: Composition?, _ text: String?, _ observed: String?,
    _ uses: [ComponentReference: Address], at place: ContentPlace
  ) -> ComparedContent {
    ComparedContent(
      observed: observed.map { replacingIDs(in: $0) { $0.description } },
      desired: composition?.rendered { uses[$0]?.description ?? $0.description }
        ?? text.map { replacingIDs(in: $0) { $0.description } },
      observedMeaning: observed.map { replacingIDs(in: $0, by: \.stableHandle) }?.contentMeaning(at: place),
      desiredMeaning: (composition?.rendered { uses[$0]?.stableHandle ?? $0.description }
        ?? text.map { replacingIDs(in: $0, by: \.stableHandle) })?.contentMeaning(at: place))
  }

  /// `content` with the ids of the stack's components replaced.
  private func replacingIDs(in content: String, by name: (Address) -> String) -> String {
    content.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
      guard words.count >= 2, words[0] == "COMPONENT", let address = addressByID[String(words[1])] else {
        return String(line)
      }
      return "COMPONENT \(name(address))" + (words.count > 2 ? " \(words[2])" : "")
    }.joined(separator: "\n")
  }
}

extension ComparedContent {
  /// Whether the COMPONENT lines name other components: then the object can't be what is asked for, however
  /// the service rewrites the rest.
  var namesOtherComponents: Bool {
    (observed ?? "").componentHandles != (desired ?? "").componentHandles
  }
}

extension Address {
  /// Stands for the component's id where contents are compared: it reads as an id, and is known beforehand.
  var stableHandle: String {
    var canonical = CanonicalBytes()
    canonical.append(description)
    return "ic-" + SpecDigest(over: canonical).text.dropFirst(2)
  }
}
