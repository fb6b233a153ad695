// SPDX-License-Identifier: Apache-2.0

import Reconciliation
import Resources
import Testing

/// A token stands for one intent: nothing more, and nothing less.
@Suite struct ClientTokenTests {
  private struct Intent {
    var operation = "CreateImageComponent"
    var regionID = "cn-hangzhou"
    var stackTag = "gi-test/local"
    var address = Address(.component, "nginx", version: Version(1, 0, 0))
    var digest = SpecDigest(recorded: "1:0000000000000000000000000000000000000000")
    var predecessor: String?
    var attempt = 0

    var token: String {
      ClientToken(
        operation: operation, regionID: regionID, stackTag: stackTag, address: address, digest: digest,
        predecessor: predecessor, attempt: attempt
      ).text
    }
  }

  /// A later Kiln that finishes what this one began must come to the same token.
  @Test func theTokenStaysWhatItIs() {
    #expect(Intent().token == "kiln-wn4755fvacs2r5xpvj4vsqezx5mxwbr4i3rnnaku35kwq4yzzsfq")
  }

  @Test func everyPartOfTheIntentCounts() {
    var others = Array(repeating: Intent(), count: 9)
    others[1].operation = "CreateImagePipeline"
    others[2].regionID = "cn-beijing"
    others[3].stackTag = "gi-test/prod"
    others[4].address = Address(.component, "nginy", version: Version(1, 0, 0))
    others[5].address = Address(.component, "nginx", version: Version(1, 0, 1))
    others[6].digest = SpecDigest(recorded: "1:0000000000000000000000000000000000000001")
    others[7].predecessor = "ic-1"
    others[8].attempt = 1
    #expect(Set(others.map(\.token)).count == others.count)
  }

  @Test func whereOnePartEndsAndTheNextBeginsCounts() {
    var left = Intent(), right = Intent()
    (left.operation, left.regionID) = ("ab", "c")
    (right.operation, right.regionID) = ("a", "bc")
    #expect(left.token != right.token)
  }
}
