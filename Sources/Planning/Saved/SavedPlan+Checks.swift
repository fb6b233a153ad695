// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

extension SavedPlan {
  /// Refuses the plan in `json`, which this one was read from, where it tells other than it would do.
  ///
  /// Where placeholders stand for sensitive values only what does not turn on those can be checked; `apply` checks the rest.
  func check(against json: JSONValue) throws(SavedPlanFailure) {
    let own = self.json
    guard own.approved == json.approved else {
      throw SavedPlanFailure(
        "its resource_changes and planned_values are not what it would do, so somebody has edited it")
    }
    let told = own["kiln"]?["changes"]?.array ?? [], written = json["kiln"]?["changes"]?.array ?? []
    let fingerprinter = Fingerprinter(plan, regionID: binding.regionID)
    let handles = plan.digestHandles
    for (index, change) in plan.changes.enumerated() {
      let isWhole = change.after.map { !$0.isMasked } ?? true
      guard change.isSound(in: plan),
        change.after.map({ $0.isOwned(by: plan.stack) }) ?? true,
        !isWhole || change.after.map({ $0.isSigned && hasItsDigest($0, of: change, handles) }) ?? true,
        !isWhole || told[index]["fields"] == written[index]["fields"],
        told[index]["update"] == written[index]["update"]
      else { throw .edited(change) }
      guard isWhole, change.after != nil, change.hiddenFields.isEmpty, let before = change.before else {
        continue
      }
      guard observed[before.id] == fingerprinter.fingerprint(of: before) else { throw .edited(change) }
    }
  }

  /// Whether `planned` bears the digest of its fields, as far as the plan tells what they name.
  ///
  /// - Parameter handles: What stands for each component in the contents that digests cover.
  private func hasItsDigest(
    _ planned: PlannedResource, of change: ResourceChange, _ handles: [Address: String]
  ) -> Bool {
    switch planned.resource {
    case .component(let component): return SpecDigest(of: component) == planned.digest
    case .pipeline(let pipeline):
      var isKnown = true
      func meaning(_ composition: Composition?, _ text: String?, at place: ContentPlace) -> String? {
        let content =
          composition?.rendered { reference in
            if let arn = planned.followed[reference] { return arn.description }
            guard let handle = planned.uses[reference].flatMap({ handles[$0] }) else {
              isKnown = false
              return "?"
            }
            return handle
          } ?? text
        return content?.contentMeaning(at: place)
      }
      let contents = [
        "buildContent": meaning(planned.build, pipeline.buildContent, at: .build),
        "testContent": meaning(planned.test, pipeline.testContent, at: .test),
      ].compactMapValues(\.self)
      // A part of a stack may be refreshed without the components that its pipelines name; then nothing is made.
      let isMade = change.action == .create || change.action == .replace
      return isKnown ? SpecDigest(of: pipeline, contents: contents) == planned.digest : !isMade
    }
  }
}

extension SavedPlanFailure {
  fileprivate static func edited(_ change: ResourceChange) -> SavedPlanFailure {
    SavedPlanFailure("what it tells of \(change.address) is not what it would do, so somebody has edited it")
  }
}

extension Plan {
  /// What stands for each component in the contents that digests cover; nil for one whose own digest a placeholder keeps.
  fileprivate var digestHandles: [Address: String] {
    Dictionary(
      changes.compactMap { change in
        change.after.map { ($0.address, $0.digest.handle(as: $0.address)) }
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension ResourceChange {
  /// Whether the change has what its action takes, and nothing that is done without being told.
  fileprivate func isSound(in plan: Plan) -> Bool {
    guard before.map({ $0.resource.kind == address.kind }) ?? true,
      before.map({ $0.resource.tags[OwnershipTags.stackKey] == plan.stack.tagValue }) ?? true,
      after.map({ $0.address == address }) ?? true,
      action == .update || update.isEmpty
    else { return false }
    if isTriedAgain {
      return action == .nothing && after == nil
        && plan.deferred.contains { $0.id == before?.id && $0.address == address }
    }
    switch action {
    case .create: return after != nil
    case .replace: return after != nil && before != nil
    case .update: return hasSoundUpdate
    case .delete: return after == nil && before != nil
    case .nothing: return true
    }
  }

  private var hasSoundUpdate: Bool {
    guard let after, before != nil, !update.isEmpty else { return false }
    let tags = after.resource.tags
    let names =
      Set(update.setTags.keys).union(update.removeTags).sorted().map { "tags.\($0)" }
      + (update.resourceGroupID == nil ? [] : ["resourceGroupId"])
    return Set(fields.map(\.name)) == Set(names) && fields.count == names.count
      && update.setTags.allSatisfy { tags[$0.key] == $0.value }
      && update.removeTags.allSatisfy { tags[$0] == nil }
      && (update.resourceGroupID == nil || update.resourceGroupID == after.resource.resourceGroupID)
  }
}

extension PlannedResource {
  /// Whether a placeholder stands for a sensitive value somewhere.
  fileprivate var isMasked: Bool {
    let texts = [build, test].compactMap(\.self).map { $0.rendered(\.name) }
    return texts.contains { FieldValue.text($0).isMasked } || resource.values.contains(where: \.isMasked)
  }

  /// Whether our tags on it name `stack`, its address and its digest.
  fileprivate func isOwned(by stack: StackIdentity) -> Bool {
    guard let ownership = OwnershipTags(observed: resource.tags) else { return false }
    return ownership.stack == stack.tagValue && ownership.address == address.unversioned
      && ownership.digest == digest
  }

  /// Whether our tags on it are those that follow from what it says.
  fileprivate var isSigned: Bool {
    let tags = resource.tags
    guard let ownership = OwnershipTags(observed: tags) else { return false }
    var expected = OwnershipTags(
      stack: ownership.stack, address: address, digest: digest,
      userTags: tags.filter { !$0.key.hasPrefix(OwnershipTags.prefix) }, group: resource.resourceGroupID,
      isProtected: ownership.isProtected, version: ownership.version)
    expected.marks.formUnion(ownership.lastingMarks)
    return expected.tags == tags.filter { $0.key.hasPrefix(OwnershipTags.prefix) }
  }
}

extension Resource {
  fileprivate var values: [FieldValue] {
    switch self {
    case .component(let component): ImageComponent.fields.compactMap { $0.read(component) }
    case .pipeline(let pipeline): ImagePipeline.fields.compactMap { $0.read(pipeline) }
    }
  }
}

extension JSONValue {
  /// What reviewers and policies read of a plan's future.
  fileprivate var approved: [JSONValue?] {
    func future(_ changes: JSONValue?) -> JSONValue {
      .array(
        (changes?.array ?? []).map { change in
          var members = change.object ?? [:]
          var inner = change["change"]?.object ?? [:]
          for past in ["before", "before_sensitive"] { inner[past] = nil }
          members["change"] = .object(inner)
          return .object(members)
        })
    }
    return [
      future(self["resource_changes"]), future(self["resource_drift"]), self["planned_values"],
      self["applyable"], self["complete"], self["errored"],
    ]
  }
}
