// SPDX-License-Identifier: Apache-2.0

/// What is to be done with the property of a field.
public enum FieldAccess: Sendable {
  /// Answers its value, or nil when it is unset.
  case read
  /// Sets it, or unsets it with nil.
  case write(FieldValue?)
  /// Answers an empty value of its shape.
  case example

  /// Does it with `property`.
  public func callAsFunction<Value: FieldRepresentable>(_ property: inout Value) -> FieldValue? {
    switch self {
    case .read: return property.fieldValue
    case .write(let value):
      property = Value(fieldValue: value)
      return nil
    case .example: return Value.shape.example
    }
  }
}

extension FieldShape {
  /// An empty value of the shape.
  fileprivate var example: FieldValue {
    switch self {
    case .text: .text("")
    case .integer: .integer(0)
    case .boolean: .boolean(false)
    case .texts: .texts([])
    case .integers: .integers([])
    case .pairs: .pairs([:])
    case .disks: .disks([])
    }
  }
}

extension FieldValue {
  /// The shape of the value.
  var shape: FieldShape {
    switch self {
    case .text: .text
    case .integer: .integer
    case .boolean: .boolean
    case .texts: .texts
    case .integers: .integers
    case .pairs: .pairs
    case .disks: .disks
    }
  }
}
