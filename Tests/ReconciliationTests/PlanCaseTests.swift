// SPDX-License-Identifier: Apache-2.0

import Testing

/// Adding a case is adding a folder; `KILN_RECORD=1` writes what it comes to.
@Suite struct PlanCaseTests {
  @Test(arguments: PlanCase.all)
  func comesToWhatIsRecorded(_ plan: PlanCase) async throws {
    try await plan.run()
  }

  /// Content, version and pipeline changed or not, a reference kept, added or removed.
  @Test func everyCombinationOfChangesHasACase() {
    let names = Set(PlanCase.all.map(\.name))
    for number in 0..<8 {
      let changed = [(1, "content"), (2, "version"), (4, "pipeline")].filter { number & $0.0 != 0 }.map(\.1)
      for reference in ["", "reference-added", "reference-removed"] {
        let parts = (changed + [reference]).filter { !$0.isEmpty }
        let name = (["combined"] + (parts.isEmpty ? ["nothing"] : parts)).joined(separator: "-")
        #expect(names.contains(name))
      }
    }
  }

  @Test func thereAreCases() {
    #expect(PlanCase.all.count > 20)
  }
}
