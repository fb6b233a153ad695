// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  /// Tells of objects that bear the tags of a described pipeline but that nothing links to it, and notes them: they are
  /// left alone.
  ///
  /// Who copies a pipeline by hand copies its tags. Of what Kiln made, the successor says whose place it took; two
  /// machines at once make equal ones, or two that took the same object's place. All else may be somebody's work.
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
    if present.contains(where: { $0.ownership?.replaces(object.id) == true }) { return nil }
    guard ownership.digest.isReadable else { return "its \(OwnershipTags.digestKey) can't be read" }
    let twin = present.first { $0.id != object.id && $0.ownership?.digest == ownership.digest }
    if let twin {
      return comparer.isAlike(object, twin)
        ? nil : "is not like \(twin.id), though its \(OwnershipTags.digestKey) is the same"
    }
    let other = change.before?.ownership?.predecessors ?? []
    return ownership.predecessors.isDisjoint(with: other)
      ? "nothing tells that Kiln has made another in its place" : nil
  }

  /// The objects of `pipeline` that others of it say to have taken the place of.
  func replaced(of pipeline: DesiredPipeline) -> [ObservedResource] {
    let present = ownedByAddress[pipeline.address] ?? []
    return present.filter { object in present.contains { $0.ownership?.replaces(object.id) == true } }
  }
}
