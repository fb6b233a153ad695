// SPDX-License-Identifier: Apache-2.0

/// The names of a table's rows, taken apart at their dots: what stands at each level of a manifest.
public struct FieldNames: Sendable {
  /// What a key stands for.
  public enum Member: Sendable {
    /// The row at this place of the table.
    case row(Int)
    /// A mapping that holds rows.
    case group(FieldNames)
  }

  /// What the keys of this level have before them: empty at the top, else `imageOptions`.
  public private(set) var name = ""
  private var members: [String: Member] = [:]

  /// The names of `fields`.
  public init<Root>(of fields: [Field<Root>]) {
    for (place, field) in fields.enumerated() {
      insert(field.name.split(separator: ".")[...], .row(place))
    }
  }

  private init(under name: String) {
    self.name = name
  }

  private mutating func insert(_ path: ArraySlice<Substring>, _ row: Member) {
    guard let first = path.first.map(String.init) else { return }
    guard path.count > 1 else {
      members[first] = row
      return
    }
    var group = FieldNames(under: name.isEmpty ? first : "\(name).\(first)")
    if case .group(let existing) = members[first] { group = existing }
    group.insert(path.dropFirst(), row)
    members[first] = .group(group)
  }

  /// What `key` stands for at this level; nil where it is not known.
  public subscript(key: String) -> Member? { members[key] }
}
