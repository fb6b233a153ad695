// SPDX-License-Identifier: Apache-2.0

import CloudAPI
package import JSONSyntax
import ManifestSyntax
import Planning
import Resources

extension PlannedRequest {
  /// The call as a command of the vendor's CLI, to be read or pasted into a shell.
  ///
  /// - Parameter regionID: The region that it will be sent to.
  package func text(regionID: String) -> String {
    let parameters = shownParameters(regionID: regionID).map { name, value in
      "  --\(name) \(value.withVisibleControlsInLines.asShellWord)"
    }
    return "aliyun ecs \(call.operation) \\\n" + parameters.joined(separator: " \\\n") + "\n"
  }

  /// The call as an event.
  ///
  /// - Parameter regionID: The region that it will be sent to.
  package func event(regionID: String) -> JSONValue {
    EventType.plannedRequest.event(
      "\(address): \(call.operation)",
      [
        "request": [
          "resource": address.eventResource, "product": .string(call.product.name),
          "version": .string(call.product.version), "operation": .string(call.operation),
          "parameters": .object(
            Dictionary(
              shownParameters(regionID: regionID).map { ($0.name, JSONValue.string($0.value)) },
              uniquingKeysWith: { $1 })),
        ]
      ])
  }
}

extension String {
  /// The text with its lines as they are, and all else visible that could hide or steer a terminal.
  var withVisibleControlsInLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).withVisibleControls }
      .joined(separator: "\n")
  }

  /// The text as one word of a POSIX shell.
  fileprivate var asShellWord: String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+=,")
    if !isEmpty, allSatisfy(plain.contains) { return self }
    return "'\(replacing("'", with: "'\\''"))'"
  }
}
