// SPDX-License-Identifier: Apache-2.0

import Planning
import TestSupport
import Testing

@Suite struct EventTests {
  /// Whoever reads events finds every type that there is on the page.
  @Test func eventsAreOnThePage() throws {
    let rows = EventType.allCases.map { "| `\($0.rawValue)` | \($0.occasion) |" }
    try expectGenerated(
      "| type | when |\n| --- | --- |\n" + rows.joined(separator: "\n"), as: "events",
      in: "Documentation/ci.md")
  }
}
