// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  mutating func planPipelines() {
    guard !options.destroys else { return }
    for pipeline in desired.pipelines where isSelected(pipeline.address) && !needsExcepted(pipeline) {
      plan(pipeline)
    }
  }

  private mutating func plan(_ pipeline: DesiredPipeline) {
    let planned = planned(pipeline)
    let present = ownedByAddress[pipeline.address] ?? []
    guard !present.isEmpty else {
      warnAboutName(of: pipeline)
      changes.append(ResourceChange(pipeline.address, .create, after: planned))
      return
    }
    let compared = present.map { ($0, comparer.compare(planned, with: $0)) }
    if !isForced(pipeline.address), let (object, comparison) = keeper(among: compared) {
      for change in comparison.rewritten {
        warnAboutRewriting(of: pipeline.address, pipeline.provenance, object, change)
      }
      if !refused.isDisjoint(with: planned.uses.values) {
        // Its digest follows from a component that is refused: what would become of it can't be told.
        kept.insert(object.id)
        changes.append(ResourceChange(pipeline.address, .nothing, before: object, after: planned))
        return
      }
      keepOrReplace(object, as: planned, of: pipeline, digestMoved: comparison.verdict == .onlyDigest)
      return
    }
    guard let (predecessor, comparison) = predecessor(among: compared, of: pipeline) else { return }
    let isEqual = comparison.verdict != .differs
    // A new object would show the same again, if that is how the service shows it: then it says so from the beginning.
    let echoes = comparison.isDrift ? comparison.echoes : predecessor.ownership?.echoes ?? []
    let successor = planned.bearing(echoes)
    replace(
      predecessor, by: successor, of: pipeline,
      fields: comparison.fields, reasons: isEqual ? ["asked for with --replace"] : comparison.reasons,
      isDrift: comparison.isDrift)
  }

  /// The object that another takes the place of: the newest that is not a copy of an older one.
  private func predecessor(
    among compared: [(ObservedResource, PipelineComparison)], of pipeline: DesiredPipeline
  ) -> (ObservedResource, PipelineComparison)? {
    let named = compared.filter { $0.0.resource.wireName == pipeline.wireName }
    let candidates = named.isEmpty ? compared : named
    return candidates.indices.last { index in
      !candidates[..<index].contains { $0.0.ownership?.digest == candidates[index].0.ownership?.digest }
    }.map { candidates[$0] }
  }

  /// The object that stays: of equal ones the oldest, unless another was made in its place.
  private func keeper(
    among compared: [(ObservedResource, PipelineComparison)]
  ) -> (ObservedResource, PipelineComparison)? {
    let equal = compared.filter { $0.1.verdict != .differs }
    guard equal.count > 1 else { return equal.first }
    let standing = equal.first { candidate in
      !equal.contains { $0.0.ownership?.replaces(candidate.0.id) == true }
    }
    return standing ?? equal.first
  }

  /// Plans a new object in the place of `predecessor`, which goes unless something bids it stay.
  mutating func replace(
    _ predecessor: ObservedResource, by planned: PlannedResource, of pipeline: DesiredPipeline,
    fields: [FieldChange], reasons: [String], isDrift: Bool
  ) {
    var reasons = reasons
    var fields = fields
    let version = "tags.\(OwnershipTags.versionKey)"
    if predecessor.ownership?.version != pipeline.version, !fields.contains(where: { $0.name == version }) {
      fields.insert(
        FieldChange(
          version, from: predecessor.ownership?.version.map(FieldValue.text),
          to: pipeline.version.map(FieldValue.text),
          isDrift: predecessor.hasChangedElsewhere(tag: OwnershipTags.versionKey)), at: 0)
    }
    let stays = pipeline.lifecycle.retain > 0 || options.only != nil
    if pipeline.lifecycle.retain > 0 {
      reasons.append("\(predecessor.id) stays, as retain is \(pipeline.lifecycle.retain)")
    } else if stays {
      reasons.append("\(predecessor.id) stays until an apply without --only")
    }
    reasons += predecessor.lostRecords
    changes.append(
      ResourceChange(
        pipeline.address, stays ? .create : .replace, before: predecessor,
        after: planned.inPlace(of: [predecessor] + replaced(of: pipeline)), fields: fields,
        reasons: reasons, isDrift: isDrift))
  }

  private mutating func planned(_ pipeline: DesiredPipeline) -> PlannedResource {
    var uses: [ComponentReference: Address] = [:]
    for reference in pipeline.references { uses[reference] = address(of: reference) }
    var followed = followed(by: pipeline)
    for (reference, address, arn) in named(by: pipeline) {
      uses[reference] = address
      followed[reference] = arn
    }
    var resource = pipeline.resource
    resource.name = pipeline.wireName
    var contents: [String: String] = [:]
    let all: [(String, ContentPlace, Composition?, String?)] = [
      ("buildContent", .build, pipeline.build, resource.buildContent),
      ("testContent", .test, pipeline.test, resource.testContent),
    ]
    for (field, place, composition, text) in all {
      let content =
        composition?.rendered { reference in
          followed[reference]?.description ?? uses[reference].flatMap { digestHandles[$0] } ?? "?"
        } ?? text
      contents[field] = content?.contentMeaning(at: place)
    }
    let digest = SpecDigest(of: resource, contents: contents)
    let ownership = OwnershipTags(
      stack: desired.stack.tagValue, address: pipeline.address, digest: digest, userTags: resource.tags,
      group: resource.resourceGroupID, isProtected: pipeline.lifecycle.isProtected, version: pipeline.version)
    resource.tags.merge(ownership.tags) { _, own in own }
    return PlannedResource(
      address: pipeline.address, resource: .pipeline(resource), build: pipeline.build, test: pipeline.test,
      uses: uses, followed: followed, digest: digest, sensitive: pipeline.provenance.sensitive)
  }

  private mutating func warnAboutName(of pipeline: DesiredPipeline) {
    let holder = strangersByName[pipeline.wireName]?.first { $0.resource.kind == .pipeline }
    guard let holder else { return }
    warnings.append(
      Diagnostic(
        .warning, rule: "name-shared",
        "a pipeline called \(pipeline.wireName) exists already as \(holder.id), not owned by this stack",
        at: pipeline.provenance.location, hint: "take it over with kiln adopt if it is meant"))
  }

  mutating func warnAboutRewriting(
    of address: Address, _ provenance: Provenance, _ object: ObservedResource, _ change: FieldChange
  ) {
    warnings.append(
      Diagnostic(
        .warning, rule: "rewritten-field",
        "\(change.name) of \(address) (\(object.id)) comes back other than it was sent",
        at: provenance.place(of: change.name),
        hint: address.kind == .pipeline
          ? "the service may have rewritten it; if not, use --replace \(address)"
          : "the service has shown it so since it was made"))
  }
}

extension PlannedResource {
  /// The same, saying itself that it takes the place of `predecessors`, which tells those from copies by hand.
  fileprivate func inPlace(of predecessors: [ObservedResource]) -> PlannedResource {
    bearing(Set(predecessors.map { SettingMark(replacing: $0.id) }))
  }
}
