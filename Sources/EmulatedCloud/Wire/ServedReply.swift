// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// What a successful operation answers, as the text of its JSON members without braces and without `RequestId`.
///
/// Text rather than a value: the members of stored objects were encoded when they were written, so a page of 500 is a
/// concatenation.
struct ServedReply: Hashable, Sendable {
  private(set) var members: String

  init(members: String = "") {
    self.members = members
  }

  init(_ values: KeyValuePairs<String, JSONValue>) {
    self.init()
    for (name, value) in values { add(name, value) }
  }

  /// Adds one member.
  mutating func add(_ name: String, _ value: JSONValue) {
    add(name, json: value.text)
  }

  /// Adds one member whose value is JSON already.
  mutating func add(_ name: String, json: String) {
    if !members.isEmpty { members += "," }
    members += "\"\(name)\":\(json)"
  }

  /// Adds a list in its wrapper: `"Regions":{"Region":[…]}`, each of `items` being JSON already.
  mutating func add(_ wrapper: String, _ name: String, of items: [String]) {
    add(wrapper, json: "{\"\(name)\":[\(items.joined(separator: ","))]}")
  }
}
