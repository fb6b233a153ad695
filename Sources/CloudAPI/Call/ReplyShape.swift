// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// What a reply must hold beside its request id; an answer without it is as good as none.
///
/// Above all an answer that shows no list must never pass for a list of nothing.
package enum ReplyShape: Hashable, Sendable {
  /// Nothing further.
  case any
  /// An id, such as that of what was created.
  case text(String)
  /// A list (reference §2.2): the member that wraps it, its own name, and the id that each item bears.
  case list(in: String, named: String, ofItemsWith: String)

  /// What `reply` lacks, in the words of a message about "the answer"; nil where it is as it should be.
  func problem(in reply: JSONValue) -> String? {
    switch self {
    case .any: nil
    case .text(let name): reply.problem(withID: name).map { "it has \($0)" }
    case .list(let wrapper, let name, let id):
      switch reply[wrapper]?[name] {
      case .array(let items)?:
        items.lazy.compactMap { $0.problem(withID: id) }.first.map { "an item has \($0)" }
      case nil, .null?:
        reply.isSilent(about: wrapper) ? nil : "it shows no \(name)"
      default: "its \(name) is not a list"
      }
    }
  }

  /// The items of the list in a reply that has this shape.
  func items(of reply: JSONValue) -> [JSONValue] {
    guard case .list(let wrapper, let name, _) = self else { return [] }
    return reply[wrapper]?[name]?.array ?? []
  }
}

extension JSONValue {
  /// What is wrong with the id in the member `name`: ids are shown, sent back and compared, so they are plain words.
  fileprivate func problem(withID name: String) -> String? {
    guard let id = self[name]?.string, !id.isEmpty else { return "no \(name)" }
    return id.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? nil : "no \(name) of printable ASCII"
  }

  /// Whether the list that `wrapper` should hold may be left out, there being nothing to show: the service says so
  /// itself by its count, which stands in every reply (reference §4).
  fileprivate func isSilent(about wrapper: String) -> Bool {
    guard self["TotalCount"]?.integer == 0 else { return false }
    switch self[wrapper] {
    case nil, .null?, .object?: return true
    default: return false
    }
  }
}
