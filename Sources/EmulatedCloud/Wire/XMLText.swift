// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// The same reply in the notation of the RPC style: a member becomes an element, a list its element repeated.
struct XMLText: Sendable {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

  init(_ value: JSONValue, root: String) {
    write(value, as: root)
  }

  private mutating func write(_ value: JSONValue, as name: String) {
    switch value {
    case .array(let elements):
      for element in elements { write(element, as: name) }
    case .object(let members):
      text += "<\(name)>"
      for (member, value) in members.sorted(by: { $0.key < $1.key }) { write(value, as: member) }
      text += "</\(name)>"
    case .null: text += "<\(name)/>"
    case .bool(let bool): text += "<\(name)>\(bool)</\(name)>"
    case .integer, .decimal: text += "<\(name)>\(value.string ?? "")</\(name)>"
    case .string(let string): text += "<\(name)>\(Self.escaped(string))</\(name)>"
    }
  }

  private static func escaped(_ string: String) -> String {
    var output = ""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      // A parser would read a bare one as a line feed.
      case "\r": output += "&#13;"
      // XML 1.0 has no way to write the other control characters.
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
