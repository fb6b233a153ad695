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
  /// The marks of all that the service shows otherwise.
  let echoes: Set<SettingMark>
}

/// What is known of the stack's components where pipelines are compared.
struct PipelineComparer {
  let addressByID: [String: Address]
  /// By the name that the service knows, `/` and the version.
  let addressByWireName: [String: Address]
  let regionID: String?

  func compare(_ planned: PlannedResource, with present: ObservedResource) -> PipelineComparison {
    let contents = contents(of: planned, and: present)
    let found = differences(of: planned, and: present, contents)
    let recorded = present.ownership?.digest
    let isSameDigest = recorded == planned.digest
    let isComparable = recorded?.isCurrentFormat ?? false
    let known = found.knownEchoes(present.ownership, for: planned.digest)
    let real = found.filter { !known.contains($0.echo) }.filter { difference in
      switch difference.weight {
      case .real: true
      case .perhapsRewritten: !isSameDigest || contents.values.contains(where: namesOtherComponents)
      case .unshown, .perhapsChosen: false
      }
    }
    // What the service may have chosen, or does not show, explains a moved digest only where nothing else does.
    let chosen = found.filter {
      ($0.weight == .perhapsChosen || $0.weight == .unshown) && !isSameDigest && isComparable
    }
    let counted = (real.isEmpty ? chosen : real).map(\.change)
    // The service can't rename anything: another name is always the manifest's doing.
    let isDrift = isSameDigest && !counted.contains { $0.name == "name" }
    if counted.isEmpty {
      return PipelineComparison(
        verdict: isSameDigest ? .same : .onlyDigest, fields: [],
        rewritten: found.filter { $0.weight == .perhapsRewritten || known.contains($0.echo) }.map(\.change),
        reasons: [], isDrift: false, echoes: found.echoes)
    }
    let gone = isDrift ? contents.values.flatMap { $0.handlesGone }.sorted() : []
    return PipelineComparison(
      verdict: .differs, fields: counted, rewritten: [],
      reasons: [reason(for: counted.map(\.name), isDrift: isDrift, gone: gone)], isDrift: isDrift,
      echoes: found.echoes)
  }

  /// What `present` shows otherwise than `planned` asks, known echoes among it.
  func differences(of planned: PlannedResource, and present: ObservedResource) -> [Difference] {
    differences(of: planned, and: present, contents(of: planned, and: present))
  }

  private func differences(
    of planned: PlannedResource, and present: ObservedResource, _ contents: [String: ComparedContent]
  ) -> [Difference] {
    let (wanted, observed) = pipelines(planned, present)
    return Planning.differences(
      desired: wanted.canonical.without(region: regionID),
      observed: observed.canonical.without(region: regionID),
      contents: contents, sensitive: planned.sensitive)
  }

  private func contents(
    of planned: PlannedResource, and present: ObservedResource
  ) -> [String: ComparedContent] {
    let (wanted, observed) = pipelines(planned, present)
    return [
      "buildContent": content(
        planned.build, wanted.buildContent, observed.buildContent, planned, at: .build),
      "testContent": content(planned.test, wanted.testContent, observed.testContent, planned, at: .test),
    ]
  }

  private func pipelines(
    _ planned: PlannedResource, _ present: ObservedResource
  ) -> (wanted: ImagePipeline, observed: ImagePipeline) {
    guard case .pipeline(let observed) = present.resource, case .pipeline(let wanted) = planned.resource
    else { preconditionFailure("a pipeline's address is borne by pipelines only") }
    return (wanted, observed)
  }

  /// Whether two pipelines that exist show the same, but for tags and groups.
  func isAlike(_ left: ObservedResource, _ right: ObservedResource) -> Bool {
    guard case .pipeline(let left) = left.resource, case .pipeline(let right) = right.resource else {
      return false
    }
    return Planning.differences(
      desired: left.canonical.without(region: regionID), observed: right.canonical.without(region: regionID),
      contents: [:], sensitive: []
    ).isEmpty
  }

  /// Whether the COMPONENT lines name other components: then the object can't be what is asked for, however
  /// the service rewrites the rest.
  private func namesOtherComponents(_ content: ComparedContent) -> Bool {
    guard let observed = content.observed else { return false }
    let shown = observed.componentHandles, asked = (content.desired ?? "").componentHandles
    guard shown.count == asked.count else { return true }
    return !zip(shown, asked).allSatisfy { $0 == $1 || component(named: $0)?.description == $1 }
  }

  /// The stack's component that `handle`, an ARN without open numbers, may stand for.
  private func component(named handle: String) -> Address? {
    guard let arn = ComponentARN(handle), arn.version.isExact else { return nil }
    return addressByWireName["\(arn.name)/\(arn.version)"]
  }

  private func reason(for names: [String], isDrift: Bool, gone: [String]) -> String {
    if !gone.isEmpty {
      return "drift: it names \(gone.inWords), which the stack no longer holds; the manifest has not changed"
    }
    if isDrift { return names.driftReason }
    let listed = names.count > 3 ? "\(names.count) fields" : names.inWords
    return "the service can't change \(listed) of a pipeline that exists"
  }

  /// A content on both sides, components of the stack by address: their ids say nothing to people, and some
  /// are not known yet.
  private func content(
    _ composition: Composition?, _ text: String?, _ observed: String?, _ planned: PlannedResource,
    at place: ContentPlace
  ) -> ComparedContent {
    let (asked, shown) = readable(composition, text, observed, of: planned)
    // The same text says the same: only others are worth reading.
    if asked.hasSameBytes(as: shown) {
      return ComparedContent(observed: shown, desired: asked, observedMeaning: shown, desiredMeaning: asked)
    }
    return ComparedContent(
      observed: shown, desired: asked,
      observedMeaning: observed.map { replacingIDs(in: $0, by: \.stableHandle) }?.meaning(at: place),
      desiredMeaning: (composition.map { planned.rendered($0, \.stableHandle) }
        ?? text.map { replacingIDs(in: $0, by: \.stableHandle) })?.meaning(at: place))
  }

  /// The content that is asked for and the one that is observed as people read them.
  func readable(
    _ composition: Composition?, _ text: String?, _ observed: String?, of planned: PlannedResource
  ) -> (asked: String?, shown: String?) {
    let asked =
      composition.map { planned.rendered($0, \.description) }
      ?? text.map { replacingIDs(in: $0, by: \.description) }
    let shown = observed.map { replacingIDs(in: $0, by: \.description) }
    // A FROM that nobody wrote is the service's; where both are the same there is none to look for.
    guard !asked.hasSameBytes(as: shown), asked == asked?.withoutLeadingFrom else { return (asked, shown) }
    return (asked, shown?.withoutLeadingFrom)
  }

  /// `content` with the ids of the stack's components replaced.
  private func replacingIDs(in content: String, by name: (Address) -> String) -> String {
    content.replacingComponents { addressByID[$0].map(name) }
  }
}

extension ComparedContent {
  /// Ids that the object names and that stand for no component of the stack, nor are they asked for.
  var handlesGone: [String] {
    let wanted = Set((desired ?? "").componentHandles)
    return (observed ?? "").componentHandles.filter { $0.hasPrefix("ic-") && !wanted.contains($0) }
  }
}

extension ImagePipeline {
  /// The pipeline without its own region among those that images are copied to: they are there anyway.
  func without(region: String?) -> ImagePipeline {
    guard let region, toRegionIDs.contains(region) else { return self }
    var pipeline = self
    pipeline.toRegionIDs.removeAll { $0 == region }
    return pipeline
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

extension [String] {
  /// The texts as a sentence lists them: `a, b and c`.
  public var inWords: String {
    count < 2 ? joined() : "\(dropLast().joined(separator: ", ")) and \(self[count - 1])"
  }
}

extension String {
  /// What the content says; nil where that is nothing, as when the service wrote FROM into an absent one.
  func meaning(at place: ContentPlace) -> String? {
    let meaning = contentMeaning(at: place)
    return meaning == "".contentMeaning(at: place) ? nil : meaning
  }
}
