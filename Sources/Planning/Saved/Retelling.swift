// SPDX-License-Identifier: Apache-2.0

import Resources

/// What a saved plan tells of a change is worked out from what it would do, when it is written and when it is read: so
/// nobody can have a plan tell one thing and do another.
extension Plan {
  /// The addresses of the objects that the plan is about, those put off among them, by id.
  var addressByID: [String: Address] {
    let named = changes.compactMap { change in
      change.before.map {
        ($0.id, Address(change.address.kind, change.address.name, version: $0.version))
      }
    }
    return Dictionary(
      named + deferred.map { ($0.id, $0.address) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same plan, the values of its field changes taken from the objects on both sides.
  func retold(regionID: String) -> Plan {
    let comparer = PipelineComparer(
      addressByID: addressByID, addressByWireName: [:], regionID: regionID)
    var plan = self
    for index in changes.indices { plan.changes[index].retell(through: comparer) }
    return plan
  }
}

extension ResourceChange {
  fileprivate mutating func retell(through comparer: PipelineComparer) {
    guard let after, let before = presentableBefore, before.resource.kind == after.resource.kind else {
      return
    }
    let hidden = hiddenFields
    switch action {
    case .update:
      for index in fields.indices { retellTag(at: index, after, before, hidden) }
    case .create, .replace:
      for name in differing(after, before, through: comparer)
      where !hidden.contains(name) && !fields.contains(where: { $0.name == name }) {
        fields.append(FieldChange(name, from: nil, to: nil, forcesReplacement: true))
      }
      let values = values(after, before, through: comparer)
      for index in fields.indices where !fields[index].isSensitive {
        if fields[index].isOfTagsOrGroup {
          retellTag(at: index, after, before, hidden)
        } else {
          (fields[index].after, fields[index].before) = values(fields[index].name)
        }
      }
    case .delete, .nothing: break
    }
  }

  /// Names of the fields in which the new object is another than the old one, as planning sees it.
  private func differing(
    _ after: PlannedResource, _ before: ObservedResource, through comparer: PipelineComparer
  ) -> [String] {
    switch (after.resource, before.resource) {
    case (.component(var wanted), .component(let shown)):
      wanted.componentVersion = shown.componentVersion
      let comparison = ComponentComparison(wanted, digest: after.digest, sensitive: [], with: before)
      return (comparison.isDrift ? comparison.counted : comparison.found).map(\.change.name)
    case (.pipeline, .pipeline): return comparer.compare(after, with: before).fields.map(\.name)
    case (.component, .pipeline), (.pipeline, .component): return []
    }
  }

  private mutating func retellTag(
    at index: Int, _ after: PlannedResource, _ before: ObservedResource, _ hidden: Set<String>
  ) {
    let field = fields[index]
    guard !field.isSensitive else { return }
    if field.name == "resourceGroupId" {
      let isUpdate = action == .update
      fields[index].after = (isUpdate ? update.resourceGroupID : after.resource.resourceGroupID).map(
        FieldValue.text)
      if !hidden.contains(field.name) {
        fields[index].before = before.resource.resourceGroupID.map(FieldValue.text)
      }
    } else if field.name.hasPrefix("tags.") {
      let key = String(field.name.dropFirst("tags.".count))
      fields[index].after = (action == .update ? update.setTags : after.resource.tags)[key].map(
        FieldValue.text)
      if key.hasPrefix(OwnershipTags.prefix) || !hidden.contains("tags") {
        fields[index].before = before.resource.tags[key].map(FieldValue.text)
      }
    }
  }

  /// Gives the value of a field, but for tags and group, after and before.
  private func values(
    _ after: PlannedResource, _ before: ObservedResource, through comparer: PipelineComparer
  ) -> (_ name: String) -> (after: FieldValue?, before: FieldValue?) {
    switch (after.resource, before.resource) {
    case (.component(let wanted), .component(let shown)):
      return { (wanted.told($0), shown.told($0)) }
    case (.pipeline(let wanted), .pipeline(let shown)):
      var sides = (
        wanted: wanted.canonical.without(region: comparer.regionID),
        shown: shown.canonical.without(region: comparer.regionID)
      )
      (sides.wanted.buildContent, sides.shown.buildContent) = comparer.readable(
        after.build, sides.wanted.buildContent, sides.shown.buildContent, of: after)
      (sides.wanted.testContent, sides.shown.testContent) = comparer.readable(
        after.test, sides.wanted.testContent, sides.shown.testContent, of: after)
      return { [sides] in (sides.wanted.told($0), sides.shown.told($0)) }
    case (.component, .pipeline), (.pipeline, .component): return { _ in (nil, nil) }
    }
  }
}

extension FieldChange {
  fileprivate var isOfTagsOrGroup: Bool { name == "resourceGroupId" || name.hasPrefix("tags.") }
}

extension FieldTabled {
  /// The value of the field `name` as plans tell it.
  fileprivate func told(_ name: String) -> FieldValue? {
    guard let field = Self.fields.first(where: { $0.name == name }) else { return nil }
    return field.read(self) ?? (field.isContent || field.change == .identifies ? nil : field.defaultValue)
  }
}
