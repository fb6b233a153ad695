// SPDX-License-Identifier: Apache-2.0

import Testing

/// Adding a case is adding a folder; `KILN_RECORD=1` writes what it comes to.
@Suite struct PlanCaseTests {
  @Test(arguments: PlanCase.all)
  func comesToWhatIsRecorded(_ plan: PlanCase) async throws {
    try await plan.run()
  }

  @Test func thereAreCases() {
    #expect(PlanCase.all.count > 20)
  }
}
