// SPDX-License-Identifier: Apache-2.0

/// A line of a content that names a component: `COMPONENT HANDLE ARGUMENTS`.
struct ComponentLine {
  /// The id or ARN.
  let handle: String
  /// What follows it; nil where nothing does.
  let arguments: Substring?

  /// The line `line`; nil where it names no component.
  init?(_ line: Substring) {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let words = line.utf8.split(maxSplits: 2, whereSeparator: isBlank)
    guard words.count >= 2, words[0].elementsEqual("COMPONENT".utf8) else { return nil }
    handle = String(Substring(words[1]))
    arguments = words.count > 2 ? Substring(words[2].drop(while: isBlank)) : nil
  }
}

extension String {
  /// What follows COMPONENT on each line that begins so: ids or ARNs.
  var componentHandles: [String] { lines.compactMap { ComponentLine($0)?.handle } }

  /// The content with other handles in the place of those that `handle` knows another for.
  func replacingComponents(by handle: (String) -> String?) -> String {
    lines.map { line -> Substring in
      guard let component = ComponentLine(line), let other = handle(component.handle) else { return line }
      return "COMPONENT \(other)\(component.arguments.map { " \($0)" } ?? "")"
    }.joined(separator: "\n")
  }
}
