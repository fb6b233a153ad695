// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import EmulatedCloud

/// The error tables of all operations, held against what the emulated cloud answers.
@Suite struct DocumentedCodesTests {
  static let rows: [Provocation] =
    Provocation.components + Provocation.pipelines + Provocation.executions + Provocation.tagging
    + Provocation.tagLists + Provocation.groups + Provocation.images + Provocation.common

  @Test(arguments: DocumentedCodes.all.keys.sorted())
  func everyDocumentedCodeHasItsRow(operation: String) throws {
    let documented = try #require(DocumentedCodes.all[operation])
    let rows = Self.rows.filter { $0.operation == operation }.map(\.verdict)
    #expect(Set(documented).count == documented.count, "a code is written twice")
    #expect(rows.sorted() == documented.sorted())
  }

  @Test func everyOperationHasATable() {
    let served = Operation.all.filter { $0.api == .ecs }.map(\.name)
    #expect(Set(DocumentedCodes.all.keys) == Set(served + [DocumentedCodes.common]))
  }

  @Test(arguments: rows) func eachCodeIsAnsweredWithItsStatus(row: Provocation) async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.controlEndpoint = true
    row.configure(&configuration)
    let operation = row.operation == DocumentedCodes.common ? "DescribeRegions" : row.operation
    if row.isFault {
      let words = row.verdict.split(separator: " ")
      let fault = Fault.error(status: try #require(Int(words[0])), code: String(words[1]))
      configuration.faults = FaultPlan(rules: [FaultRule(fault, operation: operation)])
    }
    let front = Front(try Service(configuration), configuration)
    let cloud = TestClient(configuration) { request in
      try #require(try await front.respond(to: request).answer)
    }
    let outcome =
      switch row.means {
      case .request(let provoke): try await provoke(cloud)
      case .fault: try await cloud.call(operation)
      }
    #expect(outcome.verdict == row.verdict, "\(outcome.text)")
    #expect(outcome["RequestId"] != "")
    #expect(outcome["Message"] != "")
  }

  /// The page names what can be had as a fault only, so that nobody looks for a request that provokes it.
  @Test func whatIsToBeHadAsAFaultIsOnThePage() throws {
    let page = try String(
      contentsOf: repository.appending(path: "Documentation/emulator.md"), encoding: .utf8)
    for row in Self.rows where row.isFault {
      let code = row.verdict.split(separator: " ").last ?? ""
      #expect(page.contains("`\(code)`"), "\(row.testDescription) is to be had as a fault only")
    }
  }

  private var repository: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }
}
