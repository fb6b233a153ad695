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
      "buildContent": content(pipeline.build, wanted.buildContent, observed.buildContent, planned.uses),
      "testContent": content(pipeline.test, wanted.testContent, observed.testContent, planned.uses),
    ]
    let found = differences(
      desired: wanted.withoutTwins, observed: observed.withoutTwins,
      contents: contents.mapValues { ($0.observed, $0.desired) },
      sensitive: planned.sensitive
    ).map { showing($0, contents[$0.change.name]) }
    let recorded = present.ownership?.digest
    let isSameDigest = recorded == planned.digest
    let isComparable = recorded?.isCurrentFormat ?? false
    let lost = contents.values.contains { $0.namesOtherComponents }
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

  /// A content as both sides mean it, components of the stack by address instead of id.
  private func content(
    _ composition: Composition?, _ text: String?, _ observed: String?,
    _ uses: [ComponentReference: Address]
  ) -> ComparedContent {
    let symbolic = composition?.rendered { uses[$0]?.description ?? $0.description } ?? text
    return ComparedContent(
      observed: observed.map { withAddresses($0.normalizedContent) },
      desired: symbolic?.normalizedContent)
  }

  /// `content` with the ids of the stack's components replaced by their addresses.
  private func withAddresses(_ content: String) -> String {
    content.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
      guard words.count >= 2, words[0] == "COMPONENT", let address = addressByID[String(words[1])] else {
        return String(line)
      }
      return ["COMPONENT", address.description].joined(separator: " ")
        + (words.count > 2 ? " \(words[2])" : "")
    }.joined(separator: "\n")
  }

  /// The difference with contents as people can read them.
  private func showing(_ difference: Difference, _ content: ComparedContent?) -> Difference {
    guard let content else { return difference }
    let change = difference.change
    return Difference(
      change: FieldChange(
        change.name, from: content.observed.map(FieldValue.text), to: content.desired.map(FieldValue.text),
        forcesReplacement: true, isSensitive: change.isSensitive),
      weight: difference.weight)
  }
}

private struct ComparedContent {
  let observed: String?
  let desired: String?

  /// Whether the COMPONENT lines name other components: then the object can't be what is asked for, however
  /// the service rewrites the rest.
  var namesOtherComponents: Bool { (observed ?? "").componentHandles != (desired ?? "").componentHandles }
}
