// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

extension ResourceChange {
  /// The object that exists, with no value that may be a sensitive one.
  ///
  /// Of an object that goes, nobody can tell any more what came from a sensitive variable.
  var presentableBefore: ObservedResource? {
    guard after != nil else { return before?.identity }
    return before?.without(hiddenFields)
  }

  /// Names of the fields of which nothing is told.
  var hiddenFields: Set<String> {
    (after?.sensitive ?? []).union(fields.filter(\.isSensitive).map(\.fieldName))
  }
}

extension FieldChange {
  /// The name of the table's row: tags have one together.
  var fieldName: String { name.hasPrefix("tags.") ? "tags" : name }
}

extension ObservedResource {
  /// As much of the object as deleting it needs: its names, our tags, and which components it names.
  fileprivate var identity: ObservedResource {
    let ours = resource.tags.filter { $0.key.hasPrefix(OwnershipTags.prefix) }
    switch without(contents: contentFields).resource {
    case .component(let component):
      var bare = ImageComponent()
      (bare.name, bare.componentVersion, bare.tags) = (component.name, component.componentVersion, ours)
      return ObservedResource(id: id, resource: .component(bare), creationTime: creationTime)
    case .pipeline(let pipeline):
      var bare = ImagePipeline()
      (bare.name, bare.tags) = (pipeline.name, ours)
      (bare.buildContent, bare.testContent) = (pipeline.buildContent, pipeline.testContent)
      return ObservedResource(id: id, resource: .pipeline(bare), creationTime: creationTime)
    }
  }

  /// The object without these contents, but for the lines that name components: deleting needs no more.
  private func without(contents: Set<String>) -> ObservedResource {
    func components(of content: String?) -> String? {
      content.map { $0.componentHandles.map { "COMPONENT \($0)" }.joined(separator: "\n") }
    }
    switch resource {
    case .component(var component):
      if contents.contains("content") { component.content = nil }
      return ObservedResource(id: id, resource: .component(component), creationTime: creationTime)
    case .pipeline(var pipeline):
      if contents.contains("buildContent") { pipeline.buildContent = components(of: pipeline.buildContent) }
      if contents.contains("testContent") { pipeline.testContent = components(of: pipeline.testContent) }
      return ObservedResource(id: id, resource: .pipeline(pipeline), creationTime: creationTime)
    }
  }

  /// The object without what stands in `hidden` fields, but for what only Kiln reads.
  fileprivate func without(_ hidden: Set<String>) -> ObservedResource {
    guard !hidden.isEmpty else { return self }
    let bare = without(contents: hidden.intersection(contentFields))
    switch bare.resource {
    case .component(var component):
      component.blank(hidden)
      return ObservedResource(id: id, resource: .component(component), creationTime: creationTime)
    case .pipeline(var pipeline):
      pipeline.blank(hidden)
      return ObservedResource(id: id, resource: .pipeline(pipeline), creationTime: creationTime)
    }
  }
}

extension FieldTabled {
  fileprivate mutating func blank(_ hidden: Set<String>) {
    for field in Self.fields where hidden.contains(field.name) && !contentFields.contains(field.name) {
      guard field.name == "tags", case .pairs(let tags)? = field.read(self) else {
        field.write(&self, nil)
        continue
      }
      field.write(&self, .pairs(tags.filter { $0.key.hasPrefix(OwnershipTags.prefix) }))
    }
  }
}

/// The parts of a saved plan that policy engines read, under the names of Terraform's plan.
extension Plan {
  /// Everything that shall exist after the plan, as `planned_values.root_module.resources`.
  var plannedValues: [JSONValue] {
    changes.compactMap { change in
      guard let after = change.after else { return nil }
      return [
        "address": .string(change.address.description), "mode": "managed",
        "type": .string(change.address.kind.manifestKind), "name": .string(change.address.name),
        "values": after.policyValues, "sensitive_values": after.sensitiveMarks,
      ]
    }
  }
}

extension ResourceChange {
  /// The change as an element of `resource_changes`.
  var policyView: JSONValue {
    var change: [String: JSONValue] = [
      "actions": .array(actions.map(JSONValue.string)),
      "before": action == .create
        ? .null
        : presentableBefore?.resource.manifestValues(hiding: after?.sensitive ?? contentFields) ?? .null,
      "after": after?.policyValues ?? .null,
      "after_unknown": after?.unknownMarks ?? [:],
      "before_sensitive": after?.sensitiveMarks ?? [:],
      "after_sensitive": after?.sensitiveMarks ?? [:],
    ]
    if action == .replace {
      change["replace_paths"] = .array(
        fields.filter(\.forcesReplacement).map { field in
          .array(field.name.split(separator: ".").map { .string(String($0)) })
        })
    }
    var members: [String: JSONValue] = [
      "address": .string(address.description), "mode": "managed",
      "type": .string(address.kind.manifestKind), "name": .string(address.name),
      "provider_name": "kiln", "change": .object(change),
    ]
    members["action_reason"] = reasons.first.map(JSONValue.string)
    return .object(members)
  }

  private var actions: [String] {
    switch action {
    case .create: ["create"]
    case .replace: ["create", "delete"]
    case .update: ["update"]
    case .delete: ["delete"]
    case .nothing: [isTriedAgain ? "delete" : "no-op"]
    }
  }
}

extension PlannedResource {
  /// The fields under their manifest names, contents made of steps with components by address.
  fileprivate var policyValues: JSONValue {
    guard case .pipeline(var pipeline) = resource else { return resource.manifestValues(hiding: sensitive) }
    func text(_ composition: Composition) -> String {
      rendered(composition, \.description)
    }
    if let build { pipeline.buildContent = text(build) }
    if let test { pipeline.testContent = text(test) }
    return Resource.pipeline(pipeline).manifestValues(hiding: sensitive)
  }

  fileprivate var sensitiveMarks: JSONValue {
    .object(Dictionary(uniqueKeysWithValues: sensitive.map { ($0, JSONValue.bool(true)) }))
  }

  fileprivate var unknownMarks: JSONValue {
    var marks: [String: JSONValue] = ["id": true]
    if build?.references.contains(where: { !$0.follows }) == true { marks["buildContent"] = true }
    if test?.references.contains(where: { !$0.follows }) == true { marks["testContent"] = true }
    return .object(marks)
  }
}

extension Resource {
  /// The set fields under their manifest names; hidden ones are null.
  func manifestValues(hiding hidden: Set<String>) -> JSONValue {
    switch self {
    case .component(let component): .object(component.manifestJSON(hiding: hidden))
    case .pipeline(let pipeline): .object(pipeline.manifestJSON(hiding: hidden))
    }
  }
}
