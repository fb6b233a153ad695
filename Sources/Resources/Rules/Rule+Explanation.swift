// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension Rule {
  /// The rule explained for a terminal, without a line end behind it.
  public var explanation: String {
    var parts = ["\(id) (\(severity.rawValue))", "\(summary)\n\(reason)"]
    if !codes.isEmpty { parts.append("The service would answer \(codes.joined(separator: ", ")).") }
    for (title, examples) in [("Wrong:", wrong), ("Right:", right)] where !examples.isEmpty {
      parts.append(title + "\n\n" + examples.map(\.indented).joined(separator: "\n\n"))
    }
    parts.append(isAdjustable ? adjusting : "It can't be set or silenced.")
    return parts.joined(separator: "\n\n")
  }

  /// The rule as a section of a page in Markdown, without a line end behind it.
  public var section: String {
    var parts = ["### `\(id)`", "\(severity.rawValue.capitalizedWord). \(summary) \(reason)"]
    if !codes.isEmpty {
      parts.append("The service would answer \(codes.map { "`\($0)`" }.joined(separator: ", ")).")
    }
    for (title, examples) in [("Wrong:", wrong), ("Right:", right)] where !examples.isEmpty {
      parts.append(title)
      parts += examples.map { "```text\n\($0.shownBreaks)\n```" }
    }
    return parts.joined(separator: "\n\n")
  }

  /// All rules as a page in Markdown, a heading for each subject, without a line end behind it.
  public static var page: String {
    Subject.allCases.map { subject in
      let rules = all.filter { $0.subject == subject }
      return (["## \(subject.rawValue)"] + rules.map(\.section)).joined(separator: "\n\n")
    }.joined(separator: "\n\n")
  }

  private var adjusting: String {
    """
    To silence it in one place, write on the line, or on a line of its own before it:

        # kiln:ignore \(id) REASON

    To set it for the stack, in the Stack's spec:

        rules:
          - {rule: \(id), severity: \(severity == .error ? "warning" : "off"), reason: REASON}
    """
  }
}

extension String {
  fileprivate var indented: String {
    shownBreaks.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
  }

  /// The text without the line end behind it, and with carriage returns and blanks at the ends of lines visible.
  fileprivate var shownBreaks: String {
    var lines = replacing("\r\n", with: "\\r\n").replacing("\u{0}", with: "\\0")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      let text = line.reversed().drop { $0 == " " }.count
      return String(line.prefix(text)) + String(repeating: "·", count: line.count - text)
    }.joined(separator: "\n")
  }

  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
