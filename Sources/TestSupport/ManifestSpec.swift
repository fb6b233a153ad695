// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax
package import Resources

extension FieldTabled {
  /// The resource as the `spec` of a manifest, in JSON, which YAML reads too.
  package var manifestSpec: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    for field in Self.fields {
      guard let value = field.read(self) else { continue }
      insert(value.manifestValue, at: field.name.split(separator: ".").map(String.init)[...], into: &members)
    }
    return members
  }

  private func insert(
    _ value: JSONValue, at path: ArraySlice<String>, into members: inout [String: JSONValue]
  ) {
    guard let first = path.first else { return }
    guard path.count > 1 else { return members[first] = value }
    var inner = members[first]?.object ?? [:]
    insert(value, at: path.dropFirst(), into: &inner)
    members[first] = .object(inner)
  }
}

extension FieldValue {
  fileprivate var manifestValue: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .integer(let number): .integer(number)
    case .boolean(let truth): .bool(truth)
    case .texts(let texts): .array(texts.map(JSONValue.string))
    case .integers(let numbers): .array(numbers.map(JSONValue.integer))
    case .pairs(let pairs): .object(pairs.mapValues(JSONValue.string))
    case .disks(let disks):
      .array(
        disks.map { disk in
          .object(
            Dictionary(
              uniqueKeysWithValues: DiskDeviceMapping.fields.compactMap { field in
                field.read(disk).map { (field.name, $0.manifestValue) }
              }))
        })
    }
  }
}
