// SPDX-License-Identifier: Apache-2.0

public import Resources

/// Which objects of the service are meant: `kind=pipeline,name=web-*,tag:team=web`.
///
/// All terms must hold. A `*` in a value stands for any text.
public struct ObjectQuery: Hashable, Sendable {
  private enum Term: Hashable, Sendable {
    case kind(ResourceKind)
    case name(String)
    case group(String)
    case tag(String, String)
  }

  private let terms: [Term]

  /// The query that `text` writes; nil where it can't be read.
  ///
  /// Terms are `kind=component` or `kind=pipeline`, `name=…`, `group=…` for the resource group's id, and
  /// `tag:KEY=…`; they are parted by commas.
  public init?(_ text: String) {
    var terms: [Term] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let cut = part.firstIndex(of: "=") else { return nil }
      let key = part[..<cut], value = String(part[part.index(after: cut)...])
      switch key {
      case "kind":
        guard let kind = ResourceKind(rawValue: value) else { return nil }
        terms.append(.kind(kind))
      case "name": terms.append(.name(value))
      case "group": terms.append(.group(value))
      case _ where key.hasPrefix("tag:") && key.count > 4:
        terms.append(.tag(String(key.dropFirst(4)), value))
      default: return nil
      }
    }
    self.terms = terms
  }

  /// Whether `object` is meant.
  public func matches(_ object: ObservedResource) -> Bool {
    terms.allSatisfy { term in
      switch term {
      case .kind(let kind): object.resource.kind == kind
      case .name(let pattern): (object.resource.wireName ?? "").matches(wildcard: pattern)
      case .group(let pattern): (object.resource.resourceGroupID ?? "").matches(wildcard: pattern)
      case .tag(let key, let pattern):
        object.resource.tags[key].map { $0.matches(wildcard: pattern) } ?? false
      }
    }
  }
}

extension String {
  /// Whether the text is `pattern`, in which `*` stands for any text.
  func matches(wildcard pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return self == pattern }
    guard hasPrefix(first) else { return false }
    var rest = self[...].dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
