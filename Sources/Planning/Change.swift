// SPDX-License-Identifier: Apache-2.0

public import Resources

/// What a plan does to one resource.
public enum Action: String, Hashable, Sendable, CaseIterable {
  /// A new object comes to be.
  case create
  /// A new object takes the place of an old one, which is retired afterwards.
  case replace
  /// Tags or resource group of the object change.
  case update
  /// The object goes.
  case delete
  /// Nothing is to be done.
  case nothing = "no-op"

  /// The sign in front of the resource in a plan.
  public var symbol: String {
    switch self {
    case .create: "+"
    case .replace: "+/-"
    case .update: "~"
    case .delete: "-"
    case .nothing: " "
    }
  }
}

/// How one field of a resource differs between what is observed and what is planned.
public struct FieldChange: Hashable, Sendable {
  /// The field's name, as manifests write it.
  public let name: String
  /// The value as observed; nil where unset.
  public internal(set) var before: FieldValue?
  /// The value as planned; nil where unset.
  public internal(set) var after: FieldValue?
  /// Whether this field alone would force a new object.
  public internal(set) var forcesReplacement: Bool
  /// Whether the value came from a sensitive variable.
  public internal(set) var isSensitive: Bool
  /// Whether the manifest asks for the same as when it was last applied: the difference arose elsewhere.
  public let isDrift: Bool

  /// The change of `name` from `before` to `after`.
  public init(
    _ name: String, from before: FieldValue?, to after: FieldValue?, forcesReplacement: Bool = false,
    isSensitive: Bool = false, isDrift: Bool = false
  ) {
    self.name = name
    self.before = before
    self.after = after
    self.forcesReplacement = forcesReplacement
    self.isSensitive = isSensitive
    self.isDrift = isDrift
  }
}

/// What one call or two change about an object without replacing it.
public struct InPlaceUpdate: Hashable, Sendable {
  /// Tags to set.
  public var setTags: [String: String] = [:]
  /// Keys of tags to remove: only such as Kiln had set.
  public var removeTags: [String] = []
  /// The resource group to join.
  public var resourceGroupID: String?

  /// Nothing to do.
  init() {}

  /// What must change on `present` so that it bears the tags `wanted`, ours among them, and lies in `group`.
  ///
  /// Of other tags only such go as `kiln:keys` says that we have set.
  public init(of present: ObservedResource, tags wanted: [String: String], group: String?) {
    let tags = present.resource.tags
    for (key, value) in wanted where tags[key] != value { setTags[key] = value }
    removeTags = tags.keys.filter { key in
      guard wanted[key] == nil else { return false }
      if key.hasPrefix(OwnershipTags.prefix) {
        return [OwnershipTags.protectedKey, OwnershipTags.versionKey, OwnershipTags.keysKey].contains(key)
      }
      return present.ownership?.hasSet(tag: key) == true
    }.sorted()
    if let group, !present.lies(in: group) { resourceGroupID = group }
    if setTags.count == 1, removeTags.isEmpty, resourceGroupID == nil,
      let keys = setTags[OwnershipTags.keysKey], present.lacksOnlyOwnMarks(of: keys)
    {
      setTags = [:]
    }
  }

  /// Whether there is nothing to do.
  public var isEmpty: Bool { setTags.isEmpty && removeTags.isEmpty && resourceGroupID == nil }
}

/// What a plan says about one address.
public struct ResourceChange: Hashable, Sendable {
  /// The address, with the version that the plan chose.
  public let address: Address
  /// What happens.
  public internal(set) var action: Action
  /// The object that exists: the one that stays, changes or goes; when one is created, the one that it takes
  /// the place of but that is retained, if any.
  public internal(set) var before: ObservedResource?
  /// What shall exist; nil when the object goes, or stays though nothing describes it as it is.
  public let after: PlannedResource?
  /// Fields that differ, in the table's order.
  public internal(set) var fields: [FieldChange]
  /// Why the action is what it is, one sentence each.
  public internal(set) var reasons: [String]
  /// What is changed on the existing object; empty unless the action is an update.
  public let update: InPlaceUpdate
  /// Whether the difference arose outside the manifests.
  public let isDrift: Bool
  /// Whether the object, of which the service has refused the deletion, is among what is deferred and yet is tried again.
  public let isTriedAgain: Bool

  init(
    _ address: Address, _ action: Action, before: ObservedResource? = nil, after: PlannedResource? = nil,
    fields: [FieldChange] = [], reasons: [String] = [], update: InPlaceUpdate = InPlaceUpdate(),
    isDrift: Bool = false, isTriedAgain: Bool = false
  ) {
    self.address = address
    self.action = action
    self.before = before
    self.after = after
    self.fields = fields
    self.reasons = reasons
    self.update = update
    self.isDrift = isDrift
    self.isTriedAgain = isTriedAgain
  }
}

extension ObservedResource {
  /// Whether the object is as `update` would make it.
  public func bears(_ update: InPlaceUpdate) -> Bool {
    let tags = resource.tags, group = resource.resourceGroupID
    return update.setTags.allSatisfy { tags[$0.key] == $0.value }
      && update.removeTags.allSatisfy { tags[$0] == nil }
      && (group == nil || update.resourceGroupID == nil || update.resourceGroupID == group)
  }

  /// Whether `keys` tells no more than the object's own record but of Kiln's own tags: that can wait for another change.
  fileprivate func lacksOnlyOwnMarks(of keys: String) -> Bool {
    resource.tags[OwnershipTags.keysKey].map(SettingMark.isReadable) != false
      && ownership?.lacksOnlyOwnMarks(of: keys) == true
  }

  /// Whether the object lies in `group`; where the service does not show that, whether Kiln has put it there.
  func lies(in group: String) -> Bool {
    guard let shown = resource.resourceGroupID else {
      return ownership?.marks.contains(SettingMark(resourceGroup: group)) ?? false
    }
    return shown == group
  }
}
