// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// Where the fields of a resource stand in the manifests, and which of them must not be shown.
public struct Provenance: Hashable, Sendable {
  /// Where the resource is described: its `metadata.name`.
  public let location: Location
  /// Where each field that is set stands, by its name in the table.
  public var fields: [String: Location] = [:]
  /// Names of the fields whose value came from a sensitive variable.
  public var sensitive: Set<String> = []

  /// A resource described at `location`, nothing known of its fields yet.
  public init(location: Location) {
    self.location = location
  }

  /// The place of `field`, or of the nearest thing around it.
  public func place(of field: String) -> Location {
    var name = Substring(field)
    while true {
      if let place = fields[String(name)] { return place }
      guard let cut = name.lastIndex(where: { $0 == "." || $0 == "[" }) else { return location }
      name = name[..<cut]
    }
  }
}

/// Reads the fields of one kind of resource out of a manifest's `spec`.
public struct FieldDecoder {
  /// The file that the nodes are from.
  public let file: String
  /// Whether the value at a range came from a sensitive variable.
  public let isSensitive: (SourceRange) -> Bool

  /// A decoder for nodes of `file`.
  public init(file: String, isSensitive: @escaping (SourceRange) -> Bool = { _ in false }) {
    self.file = file
    self.isSensitive = isSensitive
  }

  /// Reads `spec` by the table of `Root`.
  ///
  /// - Parameters:
  ///   - sugar: Keys at the top of `spec` that others read.
  ///   - provenance: Takes the place of each field.
  ///   - problems: Takes unknown fields and wrong types; rules of the service are checked elsewhere.
  public func decode<Root: FieldTabled>(
    _ spec: Node, as root: Root.Type, sugar: Set<String> = [], provenance: inout Provenance,
    into problems: inout Problems
  ) -> Root {
    var resource = Root()
    decode(spec, prefix: "", into: &resource, sugar: sugar, provenance: &provenance, problems: &problems)
    return resource
  }

  private func decode<Root: FieldTabled>(
    _ node: Node, prefix: String, into resource: inout Root, sugar: Set<String>,
    provenance: inout Provenance, problems: inout Problems
  ) {
    guard case .mapping(let entries) = node.content else {
      if !node.isNull {
        let what = prefix.isEmpty ? "spec" : String(prefix.dropLast())
        problems.report(wrongType(what, expected: "a mapping", at: node.range))
      }
      return
    }
    if prefix.isEmpty { provenance.fields.reserveCapacity(entries.count + 8) }
    for entry in entries {
      let name = prefix + entry.key
      if let field = Root.names.place(of: name).map({ Root.fields[$0] }) {
        provenance.fields[name] = Location(file: file, range: entry.value.range)
        guard !entry.value.isNull else { continue }
        if isSensitive(entry.value.range) { provenance.sensitive.insert(name) }
        if let value = decode(
          entry.value, shape: field.shape, name: name, provenance: &provenance, problems: &problems)
        {
          field.write(&resource, value)
        }
      } else if Root.names.hasGroup(name) {
        decode(
          entry.value, prefix: name + ".", into: &resource, sugar: [], provenance: &provenance,
          problems: &problems)
      } else if !sugar.contains(name) {
        let known = Root.fields.compactMap { $0.name.member(under: prefix) } + sugar
        problems.report(
          .unknownField(entry.key, known: known, at: Location(file: file, range: entry.keyRange)))
      }
    }
  }

  private func decode(
    _ node: Node, shape: FieldShape, name: String, provenance: inout Provenance, problems: inout Problems
  ) -> FieldValue? {
    switch shape {
    case .text:
      guard let scalar = node.scalar else { return refuse(name, "text", node, &problems) }
      return .text(scalar.text)
    case .integer:
      guard let scalar = node.scalar, scalar.style == .plain, let number = Int64(scalar.text) else {
        return refuse(name, "a whole number", node, &problems)
      }
      return .integer(number)
    case .boolean:
      guard let scalar = node.scalar, scalar.style == .plain, let truth = Bool(scalar.text) else {
        return refuse(name, "true or false", node, &problems)
      }
      return .boolean(truth)
    case .texts:
      return texts(node, name, "a list of texts", &problems).map(FieldValue.texts)
    case .integers:
      guard let texts = texts(node, name, "a list of whole numbers", &problems) else { return nil }
      let numbers = texts.compactMap { Int64($0) }
      guard numbers.count == texts.count else {
        return refuse(name, "a list of whole numbers", node, &problems)
      }
      return .integers(numbers)
    case .pairs:
      return pairs(node, name, &problems).map(FieldValue.pairs)
    case .disks:
      guard case .sequence(let elements) = node.content else {
        return refuse(name, "a list of mappings", node, &problems)
      }
      var disks: [DiskDeviceMapping] = []
      for (index, element) in elements.enumerated() {
        var inner = Provenance(location: Location(file: file, range: element.range))
        disks.append(decode(element, as: DiskDeviceMapping.self, provenance: &inner, into: &problems))
        provenance.fields["\(name)[\(index)]"] = inner.location
        for (field, place) in inner.fields { provenance.fields["\(name)[\(index)].\(field)"] = place }
      }
      return .disks(disks)
    }
  }

  private func texts(
    _ node: Node, _ name: String, _ expected: String, _ problems: inout Problems
  ) -> [String]? {
    guard case .sequence(let elements) = node.content else {
      problems.report(wrongType(name, expected: expected, at: node.range))
      return nil
    }
    let scalars = elements.compactMap(\.scalar)
    guard scalars.count == elements.count else {
      problems.report(wrongType(name, expected: expected, at: node.range))
      return nil
    }
    return scalars.map(\.text)
  }

  private func pairs(_ node: Node, _ name: String, _ problems: inout Problems) -> [String: String]? {
    var pairs: [String: String] = [:]
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        guard let value = entry.value.scalar else {
          problems.report(wrongType("\(name).\(entry.key)", expected: "text", at: entry.value.range))
          continue
        }
        pairs[entry.key] = entry.value.isNull ? "" : value.text
      }
    case .sequence(let elements):
      for element in elements {
        guard let key = element["key"]?.scalar, case .mapping(let entries) = element.content,
          entries.allSatisfy({ ["key", "value"].contains($0.key) && $0.value.scalar != nil })
        else {
          problems.report(
            wrongType(name, expected: "a mapping, or a list of key and value", at: element.range))
          continue
        }
        if pairs.updateValue(element["value"]?.scalar?.text ?? "", forKey: key.text) != nil {
          problems.report(
            Diagnostic(
              .error, rule: "duplicate-tag", "\(name) has the key \(key.text) twice",
              at: Location(file: file, range: element.range)))
        }
      }
    case .scalar:
      problems.report(wrongType(name, expected: "a mapping of texts", at: node.range))
      return nil
    }
    return pairs
  }

  private func refuse(
    _ name: String, _ expected: String, _ node: Node, _ problems: inout Problems
  ) -> FieldValue? {
    problems.report(wrongType(name, expected: expected, at: node.range))
    return nil
  }

  private func wrongType(_ name: String, expected: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, rule: "wrong-type", "\(name) must be \(expected)", at: Location(file: file, range: range))
  }
}

extension Node {
  /// Whether the node is an empty or `null` plain scalar: the same as leaving the field out.
  public var isNull: Bool {
    guard let scalar, scalar.style == .plain, tag == nil else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
  }
}

extension String {
  /// The part of a dotted name that stands right under `prefix`.
  fileprivate func member(under prefix: String) -> String? {
    guard hasPrefix(prefix) else { return nil }
    return dropFirst(prefix.count).split(separator: ".").first.map(String.init)
  }
}
