// SPDX-License-Identifier: Apache-2.0

import Resources

/// Bytes → content → findings: every rule looks at it, and every place that is told lies in the text.
func examine(_ bytes: [UInt8]) {
  let content = ContentText(String(decoding: bytes, as: UTF8.self))
  for place in [ContentPlace.component(.linux), .component(.windows), .build] {
    let review = content.review(in: ContentContext(place, internetMaxBandwidthOut: 0))
    for finding in review.findings + review.downloads {
      precondition(finding.byteRange.upperBound <= content.size, "a finding lies in the text")
      precondition(ContentRule.named(finding.rule) != nil, "a finding has a rule")
      precondition(!finding.message.isEmpty, "a finding says something")
    }
    for script in review.scripts {
      let breaks = script.text.utf8.count { $0 == UInt8(ascii: "\n") }
      precondition(script.lines.count >= breaks, "every line of a script but an empty last one has a place")
      for line in script.lines { precondition(line.upperBound <= content.size, "a script lies in the text") }
    }
  }
}
