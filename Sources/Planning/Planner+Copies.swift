// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  /// Tells of objects that bear the tags of a described pipeline but that nothing links to it, and notes them: they are
  /// left alone.
  ///
  /// Who copies a pipeline by hand copies its tags. Of what Kiln made, the successor says whose place it took, a journal
  /// knows its id, or its digest is that of its fields; two machines at once make equal ones, or two that took the same
  /// object's place. All else may be somebody's work.
  mutating func spareCopies() {
    guard !options.destroys else { return }
    for pipeline in desired.pipelines {
      let present = ownedByAddress[pipeline.address] ?? []
      guard present.count > 1, let change = changes.first(where: { $0.address == pipeline.address }) else {
        continue
      }
      for object in present where object.id != change.before?.id {
        guard let trait = strangeTrait(of: object, among: present, change) else { continue }
        copies.insert(object.id)
        changes.append(ResourceChange(pipeline.address, .nothing, before: object, isDrift: true))
        warnings.append(
          Diagnostic(
            .warning, rule: "strange-copy",
            "\(object.id) bears the tags of \(pipeline.address), but \(trait)",
            at: pipeline.provenance.location,
            hint: "it is left alone; delete it by hand, or remove its tag \(OwnershipTags.stackKey)"))
      }
    }
  }

  /// What tells `object` from anything that Kiln has made; nil where nothing does.
  private func strangeTrait(
    of object: ObservedResource, among present: [ObservedResource], _ change: ResourceChange
  ) -> String? {
    guard let ownership = object.ownership else { return nil }
    // What a move brings to an address that is taken is somebody's own work, whoever made it.
    let isOfThisAddress = object.resource.tags[OwnershipTags.addressKey] == change.address.unversioned
    if isOfThisAddress, observed.circumstances.made.contains(object.id) { return nil }
    if present.contains(where: { $0.ownership?.replaces(object.id) == true }) { return nil }
    guard ownership.digest.isReadable else { return "its \(OwnershipTags.digestKey) can't be read" }
    let twin = present.first { $0.id != object.id && $0.ownership?.digest == ownership.digest }
    if let twin {
      return comparer.isAlike(object, twin)
        ? nil : "is not like \(twin.id), though its \(OwnershipTags.digestKey) is the same"
    }
    let other = change.before?.ownership?.predecessors ?? []
    if !ownership.predecessors.isDisjoint(with: other) { return nil }
    let isNamedAlike = object.resource.wireName == change.after?.resource.wireName
    return isOfThisAddress && isNamedAlike && bearsItsOwnDigest(object)
      ? nil : "neither its fields nor its tags tell that Kiln has made it"
  }

  /// Whether the digest that `object` bears is that of the fields that it shows, as with everything that Kiln makes.
  private func bearsItsOwnDigest(_ object: ObservedResource) -> Bool {
    guard case .pipeline(let pipeline) = object.resource, let recorded = object.ownership?.digest else {
      return false
    }
    // Contents of steps enter digests with handles for the components, contents of text as they are.
    func forms(_ content: String?, _ place: ContentPlace) -> Set<String?> {
      guard let content else { return [nil] }
      let digested = content.replacingComponents { digestHandle(ofComponent: $0) }
      return [content.meaning(at: place), digested.meaning(at: place)]
    }
    for build in forms(pipeline.buildContent, .build) {
      for test in forms(pipeline.testContent, .test) {
        var shown = pipeline
        // The service writes FROM into a content that was not given.
        if build == nil { shown.buildContent = nil }
        if test == nil { shown.testContent = nil }
        let contents = ["buildContent": build, "testContent": test].compactMapValues(\.self)
        if SpecDigest(of: shown, contents: contents) == recorded { return true }
      }
    }
    return false
  }

  private func digestHandle(ofComponent id: String) -> String? {
    guard let address = comparer.addressByID[id],
      let component = ownedByAddress[address]?.first(where: { $0.id == id })
    else { return nil }
    return component.ownership?.digest.handle(as: address)
  }

  /// The objects of `pipeline` that others of it say to have taken the place of.
  func replaced(of pipeline: DesiredPipeline) -> [ObservedResource] {
    let present = ownedByAddress[pipeline.address] ?? []
    return present.filter { object in present.contains { $0.ownership?.replaces(object.id) == true } }
  }
}
