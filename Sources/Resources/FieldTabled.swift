// SPDX-License-Identifier: Apache-2.0

/// A thing of the API that has a field table.
public protocol FieldTabled: Hashable, Sendable {
  /// The table, in the order in which plans show the fields.
  static var fields: [Field<Self>] { get }
  /// The table's names, to be looked up.
  static var names: FieldNames { get }
  /// One in which every field is unset.
  init()
  /// Breaches of the rules that concern several fields at once.
  var combinationViolations: [Violation] { get }
}

extension FieldTabled {
  /// Breaches of the service's rules: each field's own, in the table's order, then those of combinations.
  public var violations: [Violation] { ownViolations() + combinationViolations }

  @specialized(where Self == ImageComponent)
  @specialized(where Self == ImagePipeline)
  private func ownViolations() -> [Violation] {
    var found: [Violation] = []
    var root = self
    // By index, since to hold a row would touch its count of references, about which all cores would quarrel.
    let fields = Self.fields
    for index in fields.indices {
      guard let value = fields[index].read(from: &root), !fields[index].admits(value) else { continue }
      fields[index].check(value, into: &found)
    }
    return found
  }
}

extension Field {
  /// Whether `value` keeps all rules; disks have rules of their own.
  @inline(__always)
  fileprivate func admits(_ value: FieldValue) -> Bool {
    for index in checks.indices where !checks[index].constraint.holds(for: value) { return false }
    return shape != .disks
  }

  /// Adds for what the service refuses `value`.
  fileprivate func check(_ value: FieldValue, into found: inout [Violation]) {
    for index in checks.indices where !checks[index].holds(for: value) {
      found += checks[index].violations(of: value, in: name)
      // Of a single value the first breach says it; the others are often the same mistake.
      if shape.isSingle { break }
    }
    guard case .disks(let disks) = value else { return }
    for (index, disk) in disks.enumerated() {
      found += disk.violations.map { $0.moved(under: "\(name)[\(index)]") }
    }
  }
}
