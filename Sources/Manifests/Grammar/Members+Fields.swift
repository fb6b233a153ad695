// SPDX-License-Identifier: Apache-2.0

import Resources

extension Members {
  /// The keys of a field table, those of `fields` with dots in their names as mappings of their own.
  init<Root: FieldTabled>(of root: Root.Type, isExpandable: Bool = true) {
    self.init(Members.nested(root.fields.map { ($0.name[...], Member($0)) }))
    guard isExpandable else { return }
    self.init(all.map(\.expandable))
  }

  private static func nested(_ fields: [(path: Substring, member: Member)]) -> [Member] {
    var members: [Member] = []
    var groups: [String: [(path: Substring, member: Member)]] = [:]
    for (path, member) in fields {
      guard let cut = path.firstIndex(of: ".") else {
        members.append(member.renamed(String(path)))
        continue
      }
      let group = String(path[..<cut])
      if groups[group] == nil { members.append(Member(group, .anything, "Settings of \(group).")) }
      groups[group, default: []].append((path[path.index(after: cut)...], member))
    }
    return members.map { member in
      guard let inner = groups[member.name] else { return member }
      return Member(member.name, .mapping(Members(nested(inner))), member.summary)
    }
  }
}

extension Member {
  /// The row of a field table as the key of a mapping.
  fileprivate init<Root>(_ field: Field<Root>) {
    self.init(
      field.name, Form(field.shape, field.checks.map(\.constraint)), default: field.defaultValue,
      field.summary)
  }

  fileprivate func renamed(_ name: String) -> Member {
    Member(name, form, isRequired: isRequired, default: defaultValue, summary)
  }

  /// The key, with a value that may come from a file or a variable, and so may everything in it.
  var expandable: Member {
    Member(name, form.expandable, isRequired: isRequired, default: defaultValue, summary)
  }
}

extension Form {
  /// The form of a field's values.
  fileprivate init(_ shape: FieldShape, _ constraints: [Constraint]) {
    switch shape {
    case .text: self = .text(constraints)
    case .integer: self = .integer(constraints)
    case .boolean: self = .boolean
    case .texts: self = .list(.text(constraints.filter { !$0.countsElements }), constraints)
    case .integers: self = .list(.integer(isQuotable: true), constraints)
    case .pairs:
      let pair = Members([
        Member("key", .text(), isRequired: true, "The tag's key."),
        Member("value", .text(), "The tag's value."),
      ])
      self = .either([.dictionary(.text(), constraints), .list(.mapping(pair), constraints)])
    case .disks: self = .list(.mapping(Members(of: DiskDeviceMapping.self, isExpandable: false)), constraints)
    }
  }

  /// The form where files and variables are put in, at every depth.
  var expandable: Form {
    switch self {
    case .text, .integer, .boolean, .pattern, .manifest, .anything: .expandable(self)
    case .list(let element, let constraints): .expandable(.list(element.expandable, constraints))
    case .mapping(let members): .expandable(.mapping(members.mapped(\.expandable)))
    case .dictionary(let value, let constraints): .expandable(.dictionary(value.expandable, constraints))
    case .either(let forms): .expandable(.either(forms.map(\.inner)))
    case .whereKeyed(let keys, let form): .expandable(.whereKeyed(keys, form.inner))
    case .expandable: self
    }
  }

  /// The form with expandable parts, itself not to be replaced.
  private var inner: Form {
    if case .expandable(let form) = expandable { form } else { self }
  }
}

extension Members {
  /// The same rules for keys that `change` made.
  func mapped(_ change: (Member) -> Member) -> Members {
    var members = Members(all.map(change))
    members.alternatives = alternatives
    members.companions = companions
    members.exclusive = exclusive
    members.isOpen = isOpen
    return members
  }
}

extension Constraint {
  /// Whether the rule is one for a list as a whole.
  fileprivate var countsElements: Bool {
    if case .count = self { true } else { false }
  }
}
