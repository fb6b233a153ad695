// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import Testing

/// Expects that the page at `path` holds `text` between the lines `<!-- generated: NAME -->` and `<!-- end -->`.
///
/// With `KILN_RECORD` set, the text is written there instead. Parts of one page must be checked one after the other.
package func expectGenerated(
  _ text: String, as name: String, in path: String, root: String = packageRoot(),
  at location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: "\(root)/\(path)")
  let page = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  let opening = "<!-- generated: \(name) -->\n", closing = "\n<!-- end -->"
  guard let start = page.firstRange(of: opening)?.upperBound,
    let end = page[start...].firstRange(of: closing)?.lowerBound
  else {
    Issue.record("\(path) has no place for what is generated as \(name)", sourceLocation: location)
    return
  }
  let written = page[start..<end]
  guard written != text[...] else { return }
  guard ProcessInfo.processInfo.environment["KILN_RECORD"] != nil else {
    Issue.record(
      "\(path) is not up to date with \(name): make record, and read the difference",
      sourceLocation: location)
    return
  }
  try Data((page[..<start] + text + page[end...]).utf8).write(to: file)
}

/// The folder that holds Package.swift.
package func packageRoot() -> String {
  #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
}
