// SPDX-License-Identifier: Apache-2.0

extension ObservedResource {
  /// The object as a manifest in YAML, with a comment that tells its id.
  ///
  /// What means the same as no value is left out, `FROM` among it, and so is what belongs to owners: Kiln's tags,
  /// the service's tags, and the resource group, which the service chooses where none is asked for.
  ///
  /// - Parameter name: `metadata.name`; where the service calls the object otherwise, `spec.name` says so.
  public func manifestYAML(named name: String) -> String {
    var text = "# \(id), created \(creationTime)\n"
    text += "apiVersion: kiln.imagebuilder/v1alpha1\n"
    text += "kind: \(resource.kind.manifestKind)\n"
    text += "metadata:\n  name: \(YAMLText.inline(name))\nspec:\n"
    switch resource {
    case .component(var component):
      component.tags = exportedTags
      component.resourceGroupID = nil
      if component.name == name { component.name = nil }
      text += component.specYAML
    case .pipeline(var pipeline):
      pipeline = pipeline.canonical
      pipeline.buildContent = pipeline.buildContent?.withoutLeadingFrom
      pipeline.testContent = pipeline.testContent?.withoutLeadingFrom
      pipeline.tags = exportedTags
      pipeline.resourceGroupID = nil
      if pipeline.name == name { pipeline.name = nil }
      text += pipeline.specYAML
    }
    return text
  }

  private var exportedTags: [String: String] {
    resource.tags.filter { tag in
      !tag.key.hasPrefix(OwnershipTags.prefix) && !OwnershipTags.isOfTheSystem(tag.key)
    }
  }
}

extension FieldTabled {
  /// The set fields as the lines of a `spec`.
  fileprivate var specYAML: String {
    var text = ""
    var open: [Substring] = []
    var root = self
    for field in Self.fields {
      guard let value = field.read(from: &root), field.canonical(value) != nil else { continue }
      let path = field.name.split(separator: ".")
      let shared = zip(path.dropLast(), open).prefix { $0 == $1 }.count
      for depth in shared..<(path.count - 1) { text += margin(depth + 1) + "\(path[depth]):\n" }
      open = Array(path.dropLast())
      text += "\(margin(path.count))\(path[path.count - 1]):\(value.yaml(indent: path.count * 2))\n"
    }
    return text
  }

  private func margin(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}

extension FieldValue {
  /// The value as it follows the colon of a key that is indented by `indent`.
  fileprivate func yaml(indent: Int) -> String {
    let margin = "\n" + String(repeating: " ", count: indent + 2)
    switch self {
    case .text(let text): return " " + YAMLText.value(text, indent: indent)
    case .integer(let number): return " \(number)"
    case .boolean(let truth): return " \(truth)"
    case .texts(let texts): return texts.map { "\(margin)- \(YAMLText.inline($0))" }.joined()
    case .integers(let numbers): return numbers.map { "\(margin)- \"\($0)\"" }.joined()
    case .pairs(let pairs):
      return pairs.sorted { $0.key < $1.key }.map {
        "\(margin)\(YAMLText.inline($0.key)): \(YAMLText.inline($0.value))"
      }.joined()
    case .disks(let disks):
      return disks.map { disk in
        let members = DiskDeviceMapping.fields.compactMap { field in
          field.read(disk).map { "\(field.name):\($0.yaml(indent: indent + 4))" }
        }
        return "\(margin)- " + members.joined(separator: "\(margin)  ")
      }.joined()
    }
  }
}
