// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  mutating func planPipelines() {
    guard !options.destroys else { return }
    for pipeline in desired.pipelines where isSelected(pipeline.address) { plan(pipeline) }
  }

  private mutating func plan(_ pipeline: DesiredPipeline) {
    var uses: [ComponentReference: Address] = [:]
    for reference in pipeline.references { uses[reference] = address(of: reference) }
    let planned = planned(pipeline, uses: uses)
    let present = ownedByAddress[pipeline.address] ?? []
    guard !present.isEmpty else {
      warnAboutName(of: pipeline)
      changes.append(ResourceChange(pipeline.address, .create, after: planned))
      return
    }
    let compared = present.map { ($0, compare(pipeline, planned, with: $0)) }
    if !isForced(pipeline.address),
      let (object, comparison) = compared.first(where: { $0.1.verdict != .differs })
    {
      for change in comparison.rewritten { warnAboutRewriting(of: pipeline, object, change) }
      if !refused.isDisjoint(with: uses.values) {
        // Its digest follows from a component that is refused: what would become of it can't be told.
        kept.insert(object.id)
        changes.append(ResourceChange(pipeline.address, .nothing, before: object, after: planned))
        return
      }
      keep(object, as: planned, digestMoved: comparison.verdict == .onlyDigest)
      return
    }
    guard let (predecessor, comparison) = compared.last else { return }
    let forced = isForced(pipeline.address) && comparison.fields.isEmpty
    var reasons = forced ? ["asked for with --replace"] : comparison.reasons
    let stays = pipeline.lifecycle.retain > 0 || options.only != nil
    if pipeline.lifecycle.retain > 0 {
      reasons.append("\(predecessor.id) stays, as retain is \(pipeline.lifecycle.retain)")
    } else if stays {
      reasons.append("\(predecessor.id) stays until an apply without --only")
    }
    changes.append(
      ResourceChange(
        pipeline.address, stays ? .create : .replace, before: predecessor, after: planned,
        fields: comparison.fields, reasons: reasons, isDrift: comparison.isDrift))
  }

  private func planned(
    _ pipeline: DesiredPipeline, uses: [ComponentReference: Address]
  ) -> PlannedResource {
    var resource = pipeline.resource
    resource.name = pipeline.wireName
    var contents: [String: String] = [:]
    let all: [(String, ContentPlace, Composition?, String?)] = [
      ("buildContent", .build, pipeline.build, resource.buildContent),
      ("testContent", .test, pipeline.test, resource.testContent),
    ]
    for (field, place, composition, text) in all {
      let content = composition?.rendered { digestHandle(of: uses[$0]) } ?? text
      contents[field] = content?.contentMeaning(at: place)
    }
    let digest = SpecDigest(of: resource, contents: contents)
    let ownership = OwnershipTags(
      stack: desired.stack.tagValue, address: pipeline.address, digest: digest, userTags: resource.tags,
      group: resource.resourceGroupID, isProtected: pipeline.lifecycle.isProtected, version: pipeline.version)
    resource.tags.merge(ownership.tags) { _, own in own }
    return PlannedResource(
      address: pipeline.address, resource: .pipeline(resource), build: pipeline.build, test: pipeline.test,
      uses: uses, digest: digest, sensitive: pipeline.provenance.sensitive)
  }

  /// A component as a pipeline's digest sees it, by name, version and digest: known before it exists.
  private func digestHandle(of address: Address?) -> String {
    guard let address else { return "?" }
    var canonical = CanonicalBytes()
    canonical.append(address.description)
    canonical.append(chosen[address.name]?.first { $0.address == address }?.component.digest.text ?? "")
    return "ic-" + SpecDigest(over: canonical).text.dropFirst(2)
  }

  private mutating func warnAboutName(of pipeline: DesiredPipeline) {
    let holder = observed.strangers.first { stranger in
      stranger.resource.kind == .pipeline && stranger.resource.wireName == pipeline.wireName
    }
    guard let holder else { return }
    warnings.append(
      Diagnostic(
        .warning, rule: "name-shared",
        "a pipeline called \(pipeline.wireName) exists already as \(holder.id), not owned by this stack",
        at: pipeline.provenance.location, hint: "take it over with kiln adopt if it is meant"))
  }

  private mutating func warnAboutRewriting(
    of pipeline: DesiredPipeline, _ object: ObservedResource, _ change: FieldChange
  ) {
    warnings.append(
      Diagnostic(
        .warning, rule: "rewritten-field",
        "\(change.name) of \(pipeline.address) (\(object.id)) comes back other than it was sent",
        at: pipeline.provenance.place(of: change.name),
        hint: "the service may have rewritten it; if not, use --replace \(pipeline.address)"))
  }
}
