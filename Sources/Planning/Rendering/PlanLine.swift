// SPDX-License-Identifier: Apache-2.0

/// A line about a field of a resource, with what happens there.
struct PlanLine: Hashable {
  /// What a line stands for.
  enum Sign: String {
    case added = "+"
    case changed = "~"
    case removed = "-"
  }

  /// What happens, where the line says so.
  let sign: Sign?
  /// The line with its indentation and sign, for terminals.
  let text: String

  /// A line in which `text` is all that is shown.
  init(_ sign: Sign? = nil, text: String) {
    self.sign = sign
    self.text = text
  }

  /// The line of a field: its sign in colour, then `text`.
  init(_ sign: Sign, _ text: String, _ ink: Ink) {
    let colour =
      switch sign {
      case .added: ink.green(sign.rawValue)
      case .changed: ink.yellow(sign.rawValue)
      case .removed: ink.red(sign.rawValue)
      }
    self.init(sign, text: "      \(colour) \(text)")
  }
}
