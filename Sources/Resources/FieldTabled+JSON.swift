// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax

extension FieldTabled {
  /// The fields that are set, as the `spec` of a manifest in JSON has them; `hidden` ones are null.
  package func manifestJSON(hiding hidden: Set<String> = []) -> [String: JSONValue] {
    var resource = self
    var members: [String: JSONValue] = [:]
    for field in Self.fields {
      guard let value = field.read(from: &resource) else { continue }
      let path = field.name.split(separator: ".").map(String.init)
      members.set(path[...], to: hidden.contains(field.name) ? .null : value.manifestJSON)
    }
    return members
  }
}

extension FieldValue {
  /// The value as a manifest in JSON has it.
  package var manifestJSON: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .integer(let number): .integer(number)
    case .boolean(let truth): .bool(truth)
    case .texts(let texts): .array(texts.map(JSONValue.string))
    case .integers(let numbers): .array(numbers.map(JSONValue.integer))
    case .pairs(let pairs): .object(pairs.mapValues(JSONValue.string))
    case .disks(let disks): .array(disks.map { .object($0.manifestJSON()) })
    }
  }
}

extension [String: JSONValue] {
  fileprivate mutating func set(_ path: ArraySlice<String>, to value: JSONValue) {
    guard let first = path.first else { return }
    guard path.count > 1 else { return self[first] = value }
    var inner = self[first]?.object ?? [:]
    inner.set(path.dropFirst(), to: value)
    self[first] = .object(inner)
  }
}
