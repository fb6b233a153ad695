// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

extension FieldDecoder {
  /// The value that `node` writes for the field `name`; nil, told where the author is to blame, when it can't be read.
  func value(
    of node: Node, shape: FieldShape, name: String, provenance: inout Provenance, problems: inout Problems
  ) -> FieldValue? {
    guard node.tag == nil else { return nil }
    switch shape {
    case .text:
      return text(node, name, &problems).map(FieldValue.text)
    case .integer:
      return integer(node, name, &problems).map(FieldValue.integer)
    case .boolean:
      guard let scalar = node.scalar, scalar.isBare, let truth = Bool(scalar.text) else {
        report(name, isNot: "true or false", node, &problems)
        return nil
      }
      return .boolean(truth)
    case .texts:
      return list(node, name, of: "texts", &problems, element: text).map(FieldValue.texts)
    case .integers:
      return list(node, name, of: "whole numbers", &problems, element: wholeNumber)
        .map(FieldValue.integers)
    case .pairs:
      return pairs(node, name, &problems).map(FieldValue.pairs)
    case .disks:
      return disks(node, name, &provenance, &problems)
    }
  }

  // Names of elements are put together only for messages: most values are fine.

  private func text(
    _ node: Node, _ name: @autoclosure () -> String, _ problems: inout Problems
  ) -> String? {
    guard case .scalar(let scalar) = node.content else {
      report(name(), isNot: "text", node, &problems)
      return nil
    }
    return scalar.text
  }

  private func integer(_ node: Node, _ name: String, _ problems: inout Problems) -> Int64? {
    guard let scalar = node.scalar, scalar.isBare, let number = Int64(scalar.text) else {
      report(name, isNot: "a whole number", node, &problems)
      return nil
    }
    return number
  }

  /// An element of a list of account ids and the like, which people put in quotes for good reasons.
  private func wholeNumber(
    _ node: Node, _ name: @autoclosure () -> String, _ problems: inout Problems
  ) -> Int64? {
    guard let text = node.scalar?.text, let number = Int64(text) else {
      report(name(), isNot: "a whole number", node, &problems)
      return nil
    }
    return number
  }

  /// The elements of a list; nil when one of them can't be read.
  private func list<Element>(
    _ node: Node, _ name: String, of what: String, _ problems: inout Problems,
    element: (Node, @autoclosure () -> String, inout Problems) -> Element?
  ) -> [Element]? {
    guard case .sequence(let nodes) = node.content else {
      report(name, isNot: "a list of \(what)", node, &problems)
      return nil
    }
    var elements: [Element] = []
    elements.reserveCapacity(nodes.count)
    for index in nodes.indices where nodes[index].tag == nil {
      let element = element(nodes[index], "\(name)[\(index)]", &problems)
      if let element { elements.append(element) }
    }
    return elements.count == nodes.count ? elements : nil
  }

  private func disks(
    _ node: Node, _ name: String, _ provenance: inout Provenance, _ problems: inout Problems
  ) -> FieldValue? {
    guard case .sequence(let elements) = node.content else {
      report(name, isNot: "a list of mappings", node, &problems)
      return nil
    }
    var disks: [DiskDeviceMapping] = []
    for (index, element) in elements.enumerated() {
      let place = "\(within)\(name)[\(index)]"
      var inner = Provenance(location: Location(file: file, range: element.range))
      var decoder = self
      decoder.within = place + "."
      disks.append(decoder.decode(element, as: DiskDeviceMapping.self, provenance: &inner, into: &problems))
      provenance.fields[place] = inner.location
      provenance.fields.append(inner.fields, under: place)
      for field in inner.unreadable { provenance.unreadable.insert("\(place).\(field)") }
    }
    return .disks(disks)
  }

  /// Tags, as a mapping or as the API's own list of key and value.
  private func pairs(_ node: Node, _ name: String, _ problems: inout Problems) -> [String: String]? {
    var pairs: [String: String] = [:]
    var isWhole = true
    switch node.content {
    case .mapping(let entries):
      pairs.reserveCapacity(entries.count)
      for index in entries.indices {
        let key = entries[index].key
        guard entries[index].value.tag == nil,
          let value = text(entries[index].value, "\(name).\(key)", &problems)
        else {
          isWhole = false
          continue
        }
        pairs[key] = entries[index].value.isNull ? "" : value
      }
    case .sequence(let elements):
      for (index, element) in elements.enumerated() {
        guard let (key, value) = pair(element, "\(name)[\(index)]", &problems) else {
          isWhole = false
          continue
        }
        if pairs.updateValue(value, forKey: key) != nil {
          problems.report(
            Diagnostic(
              .error, rule: "duplicate-tag", "\(within)\(name) has the key \(key) twice",
              at: Location(file: file, range: element.range),
              hint: "the service would answer Duplicate.TagKey"))
        }
      }
    case .scalar:
      report(name, isNot: "a mapping of texts", node, &problems)
      return nil
    }
    return isWhole ? pairs : nil
  }

  private func pair(_ node: Node, _ name: String, _ problems: inout Problems) -> (String, String)? {
    guard case .mapping(let entries) = node.content, let key = node["key"] else {
      report(name, isNot: "a mapping with key and value", node, &problems)
      return nil
    }
    for entry in entries where entry.key != "key" && entry.key != "value" {
      problems.report(
        .unknownField(
          entry.key, known: ["key", "value"], at: Location(file: file, range: entry.keyRange)))
    }
    let value = node["value"]
    guard key.tag == nil, value?.tag == nil, let text = text(key, "\(name).key", &problems) else {
      return nil
    }
    guard let value, !value.isNull else { return (text, "") }
    return self.text(value, "\(name).value", &problems).map { (text, $0) }
  }

  private func report(
    _ name: String, isNot expected: String, _ node: Node, _ problems: inout Problems
  ) {
    problems.report(.wrongType(within + name, expected, node, in: file))
  }
}

extension Diagnostic {
  /// A node of another type than `what` has.
  static func wrongType(_ what: String, _ expected: String, _ node: Node, in file: String) -> Diagnostic {
    Diagnostic(
      .error, rule: "wrong-type", "\(what) must be \(expected)",
      at: Location(file: file, range: node.range),
      hint: node.hint(towards: expected))
  }
}

extension Node {
  /// Whether the node is an empty or `null` plain scalar: the same as leaving the field out.
  public var isNull: Bool {
    guard let scalar, tag == nil else { return false }
    switch scalar.forcedType {
    case nil: return scalar.style == .plain && scalar.text.isNullWord
    case .null: return true
    case .string, .integer, .decimal, .bool: return false
    }
  }

  /// What would make the node what is `expected`, where that is a matter of how it is written.
  fileprivate func hint(towards expected: String) -> String? {
    switch content {
    case .scalar(let scalar):
      let text = scalar.text
      if expected == "a whole number", !scalar.isBare, Int64(text) != nil {
        return "write \(text) without quotes"
      }
      if expected == "true or false" { return scalar.truthHint }
      if expected.hasPrefix("a list of"), expected != "a list of mappings", !text.isEmpty, text.count < 60 {
        return "write [\(text)]"
      }
      return nil
    case .sequence(let elements):
      return expected == "text" && elements.count == 1 ? "write the text without brackets or dash" : nil
    case .mapping: return nil
    }
  }
}

extension String {
  /// Whether the text is empty or a word for nothing; most are too long for that.
  fileprivate var isNullWord: Bool {
    guard utf8.count <= 4 else { return false }
    return switch self {
    case "", "~", "null", "Null", "NULL": true
    default: false
    }
  }
}

extension Scalar {
  /// Whether the text stands bare and untagged, so that it may write a number or truth value.
  fileprivate var isBare: Bool { style == .plain && forcedType != .string }

  fileprivate var truthHint: String? {
    switch text.lowercased() {
    case "true", "yes", "on", "y": "write true" + (isBare ? "" : " without quotes")
    case "false", "no", "off", "n": "write false" + (isBare ? "" : " without quotes")
    default: nil
    }
  }
}
