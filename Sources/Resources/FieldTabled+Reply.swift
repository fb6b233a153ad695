// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax

extension FieldTabled {
  /// The resource as an item of a Describe reply (reference §2.2); unset fields are absent.
  public var replyItem: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    var root = self
    for field in Self.fields {
      guard let value = field.read(from: &root) else { continue }
      insert(field.replyValue(value), at: field.replyPath[...], into: &members)
    }
    return members
  }

  /// Reads a resource out of an item of a Describe reply.
  ///
  /// Absent wrappers, nulls, empty texts and numbers given as text are taken as reference §2.2 advises.
  public init(replyItem item: JSONValue) {
    self.init()
    for field in Self.fields {
      var found: JSONValue? = item
      for part in field.replyPath { found = found?[part] }
      guard let found, let value = field.fieldValue(reply: found) else { continue }
      field.write(&self, value)
    }
  }
}

private func insert(
  _ value: JSONValue, at path: ArraySlice<String>, into members: inout [String: JSONValue]
) {
  guard let first = path.first else { return }
  if path.count == 1 {
    members[first] = value
    return
  }
  var inner: [String: JSONValue] = [:]
  if case .object(let existing)? = members[first] { inner = existing }
  insert(value, at: path.dropFirst(), into: &inner)
  members[first] = .object(inner)
}

extension Field {
  /// The names that lead from a Describe item to the value of a field called `wire`.
  static func replyPath(_ wire: String, _ reply: Reply) -> [String] {
    let parts = wire.split(separator: ".").map(String.init)
    switch reply {
    case .sameName: return parts
    case .list(let wrapper, let element), .pairs(let wrapper, let element, _, _):
      return parts.dropLast() + [wrapper, element]
    }
  }

  func replyValue(_ value: FieldValue) -> JSONValue {
    switch value {
    case .text(let text): return .string(text)
    case .integer(let number): return .integer(number)
    case .boolean(let truth): return .bool(truth)
    case .texts(let texts): return .array(texts.map(JSONValue.string))
    case .integers(let numbers): return .array(numbers.map { .string(String($0)) })
    case .pairs(let pairs):
      guard case .pairs(_, _, let keyName, let valueName) = reply else { return .null }
      return .array(
        pairs.sorted { $0.key < $1.key }.map {
          .object([keyName: .string($0.key), valueName: .string($0.value)])
        })
    case .disks(let disks): return .array(disks.map { .object($0.replyItem) })
    }
  }

  func fieldValue(reply value: JSONValue) -> FieldValue? {
    switch shape {
    case .text:
      guard let text = value.string, !text.isEmpty else { return nil }
      return .text(text)
    case .integer: return value.integer.map { .integer(Int64($0)) }
    case .boolean:
      return (value.bool ?? value.string.flatMap { Bool($0.lowercased()) }).map(FieldValue.boolean)
    case .texts: return .texts(value.array?.compactMap(\.string) ?? [])
    case .integers: return .integers(value.array?.compactMap { $0.integer.map(Int64.init) } ?? [])
    case .disks: return .disks(value.array?.map(DiskDeviceMapping.init(replyItem:)) ?? [])
    case .pairs:
      guard case .pairs(_, _, let keyName, let valueName) = reply else { return nil }
      // The documents contradict each other in how the members of a tag are called (reference §2.2).
      let names = [(keyName, valueName), ("TagKey", "TagValue"), ("Key", "Value")]
      var pairs: [String: String] = [:]
      for element in value.array ?? [] {
        guard let (keyName, valueName) = names.first(where: { element[$0.0]?.string != nil }),
          let key = element[keyName]?.string
        else { continue }
        pairs[key] = element[valueName]?.string ?? ""
      }
      return .pairs(pairs)
    }
  }
}
