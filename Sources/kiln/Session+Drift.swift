// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Planning

extension Session {
  /// Shows what was changed outside the manifests.
  func tell(_ drift: [Drift]) {
    if console.isJSON {
      for finding in drift { console.write(event: finding.event) }
    } else if drift.isEmpty {
      console.write("No drift. What Kiln made is as Kiln made it.\n")
    } else {
      console.write("Changed outside the manifests:\n")
      for finding in drift {
        console.write("  \(finding.address) (\(finding.id)) \(finding.description)\n")
      }
      console.write("\nDrift: \(drift.count) found. kiln plan shows what would mend it.\n")
    }
  }
}

extension Drift {
  fileprivate var event: JSONValue {
    EventType.resourceDrift.event(
      "\(address): \(description)",
      [
        "change": [
          "resource": address.eventResource, "id": .string(id), "description": .string(description),
        ]
      ])
  }
}
