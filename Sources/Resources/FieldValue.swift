// SPDX-License-Identifier: Apache-2.0

/// The value of one field, whatever its type: what field tables read, compare, print and encode.
public enum FieldValue: Hashable, Sendable {
  /// A text.
  case text(String)
  /// A whole number.
  case integer(Int64)
  /// A truth value.
  case boolean(Bool)
  /// A list of texts.
  case texts([String])
  /// A list of whole numbers.
  case integers([Int64])
  /// Tags: values by key.
  case pairs([String: String])
  /// The disks of an image to be imported; the first is the system disk.
  case disks([DiskDeviceMapping])
}

/// The types that a field may have.
public enum FieldShape: Hashable, Sendable {
  /// A text.
  case text
  /// A whole number.
  case integer
  /// `true` or `false`.
  case boolean
  /// A list of texts.
  case texts
  /// A list of whole numbers.
  case integers
  /// Tags.
  case pairs
  /// Disk mappings.
  case disks

  /// Whether it is the shape of one value, not of a list or map.
  var isSingle: Bool {
    switch self {
    case .text, .integer, .boolean: true
    case .texts, .integers, .pairs, .disks: false
    }
  }
}

/// A Swift type that a field table can read and write.
///
/// Nil, an empty list and an empty map all mean that the field is unset.
public protocol FieldRepresentable: Sendable {
  /// The shape of the type's values.
  static var shape: FieldShape { get }
  /// The value for `fieldValue`; unset for nil and for a value of another shape.
  init(fieldValue: FieldValue?)
  /// The value, or nil when unset.
  var fieldValue: FieldValue? { get }
}

/// A type whose optional is a scalar field.
public protocol ScalarFieldValue: Sendable {
  /// The shape of the type's values.
  static var shape: FieldShape { get }
  /// The value that `fieldValue` holds, if it is of this shape.
  init?(scalar fieldValue: FieldValue)
  /// The value for the tables.
  var scalarFieldValue: FieldValue { get }
}

extension Optional: FieldRepresentable where Wrapped: ScalarFieldValue {
  /// The shape of the wrapped type.
  public static var shape: FieldShape { Wrapped.shape }
  /// The wrapped value, or nil.
  public init(fieldValue: FieldValue?) { self = fieldValue.flatMap(Wrapped.init(scalar:)) }
  /// The wrapped value, or nil.
  public var fieldValue: FieldValue? { self?.scalarFieldValue }
}

extension String: ScalarFieldValue {
  /// Text.
  public static var shape: FieldShape { .text }
  /// The text that `fieldValue` holds.
  public init?(scalar fieldValue: FieldValue) {
    guard case .text(let text) = fieldValue else { return nil }
    self = text
  }
  /// The text.
  public var scalarFieldValue: FieldValue { .text(self) }
}

extension Int64: ScalarFieldValue {
  /// A whole number.
  public static var shape: FieldShape { .integer }
  /// The number that `fieldValue` holds.
  public init?(scalar fieldValue: FieldValue) {
    guard case .integer(let number) = fieldValue else { return nil }
    self = number
  }
  /// The number.
  public var scalarFieldValue: FieldValue { .integer(self) }
}

extension Bool: ScalarFieldValue {
  /// A truth value.
  public static var shape: FieldShape { .boolean }
  /// The truth value that `fieldValue` holds.
  public init?(scalar fieldValue: FieldValue) {
    guard case .boolean(let truth) = fieldValue else { return nil }
    self = truth
  }
  /// The truth value.
  public var scalarFieldValue: FieldValue { .boolean(self) }
}

/// A type of which lists are fields.
public protocol ListedFieldValue: Sendable {
  /// The shape of a list of these.
  static var listShape: FieldShape { get }
  /// The elements that `fieldValue` holds; none when it is of another shape.
  static func elements(of fieldValue: FieldValue) -> [Self]
  /// `elements` as one value.
  static func list(_ elements: [Self]) -> FieldValue
}

extension Array: FieldRepresentable where Element: ListedFieldValue {
  /// The shape of a list of the elements.
  public static var shape: FieldShape { Element.listShape }
  /// The elements, or an empty list.
  public init(fieldValue: FieldValue?) { self = fieldValue.map(Element.elements(of:)) ?? [] }
  /// The list, or nil when it is empty.
  public var fieldValue: FieldValue? { isEmpty ? nil : Element.list(self) }
}

extension String: ListedFieldValue {
  /// A list of texts.
  public static var listShape: FieldShape { .texts }
  /// The texts that `fieldValue` holds.
  public static func elements(of fieldValue: FieldValue) -> [String] {
    if case .texts(let texts) = fieldValue { texts } else { [] }
  }
  /// `elements` as one value.
  public static func list(_ elements: [String]) -> FieldValue { .texts(elements) }
}

extension Int64: ListedFieldValue {
  /// A list of whole numbers.
  public static var listShape: FieldShape { .integers }
  /// The numbers that `fieldValue` holds.
  public static func elements(of fieldValue: FieldValue) -> [Int64] {
    if case .integers(let numbers) = fieldValue { numbers } else { [] }
  }
  /// `elements` as one value.
  public static func list(_ elements: [Int64]) -> FieldValue { .integers(elements) }
}

extension DiskDeviceMapping: ListedFieldValue {
  /// Disk mappings.
  public static var listShape: FieldShape { .disks }
  /// The mappings that `fieldValue` holds.
  public static func elements(of fieldValue: FieldValue) -> [DiskDeviceMapping] {
    if case .disks(let disks) = fieldValue { disks } else { [] }
  }
  /// `elements` as one value.
  public static func list(_ elements: [DiskDeviceMapping]) -> FieldValue { .disks(elements) }
}

extension [String: String]: FieldRepresentable {
  /// Tags.
  public static var shape: FieldShape { .pairs }
  /// The tags that `fieldValue` holds, or none.
  public init(fieldValue: FieldValue?) {
    if case .pairs(let pairs) = fieldValue { self = pairs } else { self = [:] }
  }
  /// The tags, or nil when there are none.
  public var fieldValue: FieldValue? { isEmpty ? nil : .pairs(self) }
}
