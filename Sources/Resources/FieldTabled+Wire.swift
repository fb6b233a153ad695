// SPDX-License-Identifier: Apache-2.0

/// One parameter of a request, as it stands on the wire.
public struct WireParameter: Hashable, Sendable {
  /// The flattened name, such as `Tag.1.Key`.
  public let name: String
  /// The value as text.
  public let value: String

  /// The parameter `name` = `value`.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension FieldTabled {
  /// The parameters of a request (reference §2.1), in the table's order; unset fields are absent.
  public var wireParameters: [WireParameter] {
    var parameters: [WireParameter] = []
    var root = self
    for field in Self.fields {
      guard let value = field.read(from: &root) else { continue }
      value.append(to: &parameters, named: field.wire)
    }
    return parameters
  }

  /// Reads a resource out of a request's parameters.
  ///
  /// What can't be read as the field's type, such as a size that is no number, is a violation.
  public static func decode(wire parameters: [String: String]) -> (resource: Self, violations: [Violation]) {
    decode(wire: parameters, prefix: "")
  }

  static func decode(
    wire parameters: [String: String], prefix: String
  ) -> (resource: Self, violations: [Violation]) {
    var resource = Self()
    var violations: [Violation] = []
    for field in Self.fields {
      let decoded = FieldValue.decode(wire: parameters, named: prefix + field.wire, shape: field.shape)
      switch decoded {
      case .absent:
        continue
      case .value(let value):
        field.write(&resource, value)
      case .duplicateTagKey:
        violations.append(
          Violation(field: field.name, code: "Duplicate.TagKey", expectation: "must not have a key twice"))
      case .malformed(let expected):
        violations.append(
          Violation(
            field: field.name, code: field.checks.first?.code ?? "InvalidParameter",
            expectation: "must be \(expected)"))
      }
    }
    return (resource, violations)
  }
}

enum WireDecoding {
  case absent
  case value(FieldValue)
  case duplicateTagKey
  case malformed(expected: String)
}

extension FieldValue {
  func append(to parameters: inout [WireParameter], named name: String) {
    switch self {
    case .text(let text):
      parameters.append(WireParameter(name, text))
    case .integer(let number):
      parameters.append(WireParameter(name, String(number)))
    case .boolean(let truth):
      parameters.append(WireParameter(name, truth ? "true" : "false"))
    case .texts(let texts):
      for (index, text) in texts.enumerated() {
        parameters.append(WireParameter("\(name).\(index + 1)", text))
      }
    case .integers(let numbers):
      for (index, number) in numbers.enumerated() {
        parameters.append(WireParameter("\(name).\(index + 1)", String(number)))
      }
    case .pairs(let pairs):
      for (index, pair) in pairs.sorted(by: { $0.key < $1.key }).enumerated() {
        parameters.append(WireParameter("\(name).\(index + 1).Key", pair.key))
        parameters.append(WireParameter("\(name).\(index + 1).Value", pair.value))
      }
    case .disks(let disks):
      for (index, disk) in disks.enumerated() {
        for parameter in disk.wireParameters {
          parameters.append(WireParameter("\(name).\(index + 1).\(parameter.name)", parameter.value))
        }
      }
    }
  }

  static func decode(
    wire parameters: [String: String], named name: String, shape: FieldShape
  ) -> WireDecoding {
    switch shape {
    case .text:
      return parameters[name].map { .value(.text($0)) } ?? .absent
    case .integer:
      guard let text = parameters[name], !text.isEmpty else { return .absent }
      return Int64(text).map { .value(.integer($0)) } ?? .malformed(expected: "a whole number")
    case .boolean:
      guard let text = parameters[name], !text.isEmpty else { return .absent }
      switch text.lowercased() {
      case "true": return .value(.boolean(true))
      case "false": return .value(.boolean(false))
      default: return .malformed(expected: "true or false")
      }
    case .texts:
      let texts = numbered(name, in: parameters)
      return texts.isEmpty ? .absent : .value(.texts(texts))
    case .integers:
      let texts = numbered(name, in: parameters)
      let numbers = texts.compactMap { Int64($0) }
      guard numbers.count == texts.count else { return .malformed(expected: "whole numbers") }
      return numbers.isEmpty ? .absent : .value(.integers(numbers))
    case .pairs:
      return decodePairs(wire: parameters, named: name)
    case .disks:
      var disks: [DiskDeviceMapping] = []
      while true {
        let prefix = "\(name).\(disks.count + 1)."
        guard DiskDeviceMapping.fields.contains(where: { parameters[prefix + $0.wire] != nil }) else { break }
        let (disk, violations) = DiskDeviceMapping.decode(wire: parameters, prefix: prefix)
        guard violations.isEmpty else { return .malformed(expected: "sizes in whole GiB") }
        disks.append(disk)
      }
      return disks.isEmpty ? .absent : .value(.disks(disks))
    }
  }

  private static func numbered(_ name: String, in parameters: [String: String]) -> [String] {
    var values: [String] = []
    while let value = parameters["\(name).\(values.count + 1)"] { values.append(value) }
    return values
  }

  private static func decodePairs(wire parameters: [String: String], named name: String) -> WireDecoding {
    var pairs: [String: String] = [:]
    var index = 1
    while true {
      let key = parameters["\(name).\(index).Key"]
      let value = parameters["\(name).\(index).Value"]
      guard key != nil || value != nil else { break }
      guard pairs.updateValue(value ?? "", forKey: key ?? "") == nil else { return .duplicateTagKey }
      index += 1
    }
    return pairs.isEmpty ? .absent : .value(.pairs(pairs))
  }
}
