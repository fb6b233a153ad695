// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax

extension DiagnosticReport {
  /// SARIF 2.1.0 with one run; every rule is described, found or not.
  var sarif: String {
    let rules = Rule.all.filter { $0.subject != .plans }
    let places = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let driver: JSONValue = [
      "name": "kiln", "semanticVersion": .string(version), "rules": .array(rules.map(\.sarif)),
    ]
    let run: JSONValue = [
      "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
      "results": .array(diagnostics.map { $0.sarif(ruleAt: places[$0.rule]) }),
    ]
    let log: JSONValue = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
    ]
    return String(decoding: log.encoded(pretty: true), as: UTF8.self)
  }
}

extension Rule {
  fileprivate var sarif: JSONValue {
    [
      "id": .string(id), "shortDescription": ["text": .string(summary)],
      "fullDescription": ["text": .string("\(summary) \(reason)")],
      "help": ["text": .string(explanation), "markdown": .string(section)],
      "defaultConfiguration": ["level": .string(severity.rawValue)],
      "properties": ["tags": [.string(subject.rawValue.lowercased())]],
    ]
  }
}

extension Diagnostic {
  fileprivate func sarif(ruleAt index: Int?) -> JSONValue {
    var members: [String: JSONValue] = [
      "ruleId": .string(rule), "level": .string(severity.rawValue), "message": ["text": .string(advice)],
    ]
    if let index { members["ruleIndex"] = .integer(Int64(index)) }
    if let location { members["locations"] = [["physicalLocation": location.sarif]] }
    if !related.isEmpty {
      members["relatedLocations"] = .array(
        related.enumerated().map { index, related in
          [
            "id": .integer(Int64(index)), "message": ["text": .string(related.message)],
            "physicalLocation": related.location.sarif,
          ]
        })
    }
    return .object(members)
  }
}

extension Location {
  fileprivate var sarif: JSONValue {
    let (start, end) = (range.start, max(range.start, range.end))
    return [
      "artifactLocation": ["uri": .string(uri)],
      "region": [
        "startLine": .integer(Int64(start.line)), "startColumn": .integer(Int64(start.column)),
        "endLine": .integer(Int64(end.line)), "endColumn": .integer(Int64(end.column)),
      ],
    ]
  }

  /// The path as a URI reference; a relative one has no scheme.
  private var uri: String {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      if allowed.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return (path.hasPrefix("/") ? "file://" : "") + String(decoding: bytes, as: UTF8.self)
  }
}
