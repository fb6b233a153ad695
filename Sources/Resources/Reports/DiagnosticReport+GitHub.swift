// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension DiagnosticReport {
  /// How many annotations of one kind GitHub shows of a step; the others are dropped without a word.
  private static let limit = 10

  /// Workflow commands, one annotation a line; where there are more of a kind than are shown, the last one says so.
  var github: String {
    var lines: [String] = []
    for severity in Diagnostic.Severity.allCases {
      let all = diagnostics.filter { $0.severity == severity }
      let isCut = all.count > DiagnosticReport.limit
      lines += all.prefix(isCut ? DiagnosticReport.limit - 1 : DiagnosticReport.limit).map(\.command)
      if isCut {
        let rest = all.count - DiagnosticReport.limit + 1
        lines.append(
          "::\(severity.kind) title=kiln validate::\("\(rest) more of this kind; the log has all of them".data)"
        )
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Diagnostic.Severity {
  /// GitHub's word for it.
  fileprivate var kind: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}

extension Diagnostic {
  fileprivate var command: String {
    var properties: [String] = []
    if let location {
      let (start, end) = (location.range.start, location.range.end)
      properties += ["file=\(location.path.property)", "line=\(start.line)"]
      // Columns go with a single line only.
      if end.line <= start.line {
        properties += ["col=\(start.column)", "endColumn=\(max(end.column - 1, start.column))"]
      } else {
        properties.append("endLine=\(end.line)")
      }
    }
    properties.append("title=\(rule.property)")
    return "::\(severity.kind) \(properties.joined(separator: ","))::\(advice.data)"
  }
}

extension String {
  /// The text as the message of a workflow command.
  fileprivate var data: String {
    replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D")
      .replacing("\n", with: "%0A")
  }

  /// The text as a property of a workflow command.
  fileprivate var property: String { data.replacing(":", with: "%3A").replacing(",", with: "%2C") }
}
