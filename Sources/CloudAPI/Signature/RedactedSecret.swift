// SPDX-License-Identifier: Apache-2.0

/// A text that no print, log line, dump or interpolation shows.
package struct RedactedSecret: Hashable, Sendable {
  private let value: String

  /// Wraps `value`.
  package init(_ value: String) { self.value = value }

  /// The text itself, for signing and for headers; never for a message.
  package func reveal() -> String { value }

  /// Whether there is no text at all.
  package var isEmpty: Bool { value.isEmpty }
}

extension RedactedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
