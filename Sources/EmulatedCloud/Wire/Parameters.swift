// SPDX-License-Identifier: Apache-2.0

/// The parameters of one call, by their names on the wire, such as `Tag.1.Key`.
struct Parameters: Sendable {
  /// Every name with its value; where the query and the form both had a name, the form's.
  let values: [String: String]

  init(_ values: [String: String]) {
    self.values = values
  }

  /// The value of `name`; an empty one counts as absent.
  subscript(_ name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether `name` or anything below it was sent.
  func has(_ name: String) -> Bool {
    self[name] != nil || values.contains { $0.key.hasPrefix(name + ".") && !$0.value.isEmpty }
  }

  /// The whole number of `name`; what is not one is refused with 400 `InvalidParameter`.
  func integer(_ name: String) throws(Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text) else { throw .invalid(name) }
    return number
  }

  /// The truth value of `name`, in any case, as the Python SDK writes `True`.
  func boolean(_ name: String) throws(Refusal) -> Bool? {
    switch self[name]?.lowercased() {
    case nil: nil
    case "true": true
    case "false": false
    case .some: throw .invalid(name)
    }
  }

  /// The numbers N of all `name.N` and `name.N.…` that were sent.
  func numbers(of name: String) -> [Int] {
    let prefix = name + "."
    return values.keys.filter { $0.hasPrefix(prefix) }
      .compactMap { Int($0.dropFirst(prefix.count).prefix { $0 != "." }) }
  }

  /// The values of `name.1`, `name.2` and so on, in the order of their numbers.
  func list(_ name: String) -> [String] {
    guard !values.isEmpty else { return [] }
    let prefix = name + "."
    let numbered = values.compactMap { key, value -> (Int, String)? in
      guard key.hasPrefix(prefix), let number = Int(key.dropFirst(prefix.count)) else { return nil }
      return (number, value)
    }
    return numbered.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The pairs `name.N.Key` and `name.N.Value`, in the order of their numbers.
  func pairs(_ name: String) -> [TagQuery] {
    let prefix = name + "."
    var found: [Int: TagQuery] = [:]
    for (key, value) in values where key.hasPrefix(prefix) {
      let rest = key.dropFirst(prefix.count)
      guard let dot = rest.firstIndex(of: "."), let number = Int(rest[..<dot]) else { continue }
      switch rest[rest.index(after: dot)...] {
      case "Key", "key": found[number, default: TagQuery()].key = value
      case "Value", "value": found[number, default: TagQuery()].value = value
      default: continue
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// One `Tag.N`, of which either half may be missing.
struct TagQuery: Hashable, Sendable {
  var key: String?
  var value: String?
}
