// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax

extension DiagnosticReport {
  /// Kiln's own JSON: counts, and every diagnostic with its places; lines and columns count from 1, columns in code points.
  var json: String {
    let counts: JSONValue = [
      "errors": .integer(Int64(count(.error))), "warnings": .integer(Int64(count(.warning))),
      "notes": .integer(Int64(count(.note))),
    ]
    let document: JSONValue = [
      "format_version": "1.0", "kiln": .string(version), "folder": .string(folder), "summary": counts,
      "diagnostics": .array(diagnostics.map(\.json)),
    ]
    return String(decoding: document.encoded(pretty: true), as: UTF8.self)
  }
}

extension Diagnostic {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "rule": .string(rule), "severity": .string(severity.rawValue), "message": .string(message),
    ]
    if let hint { members["hint"] = .string(hint) }
    if let location { members["location"] = location.json }
    if !related.isEmpty {
      members["related"] = .array(
        related.map { ["message": .string($0.message), "location": $0.location.json] })
    }
    return .object(members)
  }
}

extension Location {
  fileprivate var json: JSONValue {
    ["file": .string(file), "start": range.start.json, "end": range.end.json]
  }
}

extension Mark {
  fileprivate var json: JSONValue { ["line": .integer(Int64(line)), "column": .integer(Int64(column))] }
}
