// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Resources
import Testing

/// A saved plan is read as it was written, or not at all.
@Suite struct SavedPlanTests {
  private func saved(_ network: TargetNetwork) throws -> SavedPlan {
    let world = try World(.plain)
    return SavedPlan(
      Plan(from: ObservedState(owned: []), to: world.desired),
      binding: SavedPlan.Binding(
        account: nil, network: network, regionID: "cn-hangzhou", endpoint: "embedded", folder: "f",
        createdAt: "2026-01-02T03:04:05Z", expiresAt: nil, kilnVersion: "0"),
      lookedUp: NamesToLookUp(components: [], pipelines: []), observed: ObservedState(owned: []))
  }

  @Test(arguments: TargetNetwork.allCases)
  func theNetworkIsRead(_ network: TargetNetwork) throws {
    let saved = try saved(network)
    #expect(try SavedPlan(json: saved.json).binding == saved.binding)
  }

  @Test func anUnknownNetworkIsRefused() throws {
    let text = try saved(.vpc).json.text
    #expect(text.contains(#""network":"vpc""#))
    let garbled = try JSONValue(parsing: text.replacing(#""network":"vpc""#, with: #""network":"cvp""#))
    let failure = #expect(throws: SavedPlanFailure.self) { try SavedPlan(json: garbled) }
    #expect(failure?.description == "it names an unknown network")
  }
}
