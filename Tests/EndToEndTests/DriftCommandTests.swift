// SPDX-License-Identifier: Apache-2.0

import Reconciliation
import Resources
import TestSupport
import Testing

@Suite struct DriftCommandTests {
  @Test func aDeletionIsDriftWhereTheJournalTellsThatTheObjectWasMade() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let address = try #require(project.address)
      let web = try #require(
        try await resources(at: address).first { $0.address?.description == "pipeline/web" })
      try await withCloud(at: address) { try await $0.delete(.pipeline, id: web.id) }
      let known = try await project.kiln("drift")
      #expect(known.exitCode == 3, "\(known)")
      #expect(known.output.contains("pipeline/web (\(web.id)) was deleted"), "\(known)")

      try project.binary.delete("project/.kiln")
      let unknown = try await project.kiln("drift")
      #expect(unknown.exitCode == 0, "\(unknown)")
      #expect(unknown.talk.contains("never made or deleted elsewhere: pipeline/web."), "\(unknown)")
    }
  }
}
