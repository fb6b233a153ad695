// SPDX-License-Identifier: Apache-2.0

import Resources

/// A word in a command by which a build says how its emulation ends: `RUN : emulate=fail`.
///
/// To a real shell such a command does nothing.
enum OutcomeMarker {
  /// The outcome that the first marker among `texts` asks for.
  static func outcome(of texts: [String]) -> ExecutionOutcome {
    for text in texts {
      for part in text.split(whereSeparator: { $0.isWhitespace || $0 == "\"" || $0 == "'" }) {
        guard part.hasPrefix("emulate="), let outcome = ExecutionOutcome(rawValue: String(part.dropFirst(8)))
        else {
          continue
        }
        return outcome
      }
    }
    return .success
  }
}
