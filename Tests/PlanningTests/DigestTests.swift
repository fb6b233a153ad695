// SPDX-License-Identifier: Apache-2.0

import Planning
import Resources
import TestSupport
import Testing

/// Objects all over the world bear digests: one that is computed otherwise must name another format.
@Suite struct DigestTests {
  /// If this fails, all that exists gets new digest tags.
  ///
  /// Raise `SpecDigest.format` with it; only before the first release may the file just be recorded anew.
  @Test func digestsStayAsTheyAre() throws {
    var lines: [String] = []
    for (name, described) in [
      ("plain", Described.plain), ("whole", .importing(setEverything)), ("text", .text("RUN echo 1\r\n")),
    ] {
      for object in try World(described).state.owned {
        let address = object.address?.description ?? ""
        lines.append("\(name) \(address) \(object.ownership?.digest.text ?? "")\n")
      }
    }
    try expectGolden(lines.joined(), at: "\(packageRoot())/Tests/Cases/digests.txt")
  }
}
