// SPDX-License-Identifier: Apache-2.0

import Crypto
import JSONSyntax
import ManifestSyntax

extension DiagnosticReport {
  /// GitLab's code quality report.
  ///
  /// A fingerprint does not hang on lines, so that a finding stays the same one when text moves above it; of
  /// several equal ones in a file each has its number.
  var gitlab: String {
    var seen: [String: Int] = [:]
    let issues = diagnostics.map { diagnostic -> JSONValue in
      let path = diagnostic.location?.path ?? folder
      let identity = [diagnostic.rule, path, diagnostic.message].joined(separator: "\u{0}")
      let number = seen[identity, default: 0]
      seen[identity] = number + 1
      let digest = SHA256.hash(data: Array("\(identity)\u{0}\(number)".utf8))
      return [
        "description": .string(diagnostic.advice), "check_name": .string(diagnostic.rule),
        "fingerprint": .string(digest.map(\.hexadecimal).joined()),
        "severity": .string(diagnostic.severity.gitlab),
        "location": [
          "path": .string(path),
          "lines": ["begin": .integer(Int64(diagnostic.location?.range.start.line ?? 1))],
        ],
      ]
    }
    return String(decoding: JSONValue.array(issues).encoded(pretty: true), as: UTF8.self)
  }
}

extension Diagnostic.Severity {
  /// GitLab's word for it.
  fileprivate var gitlab: String {
    switch self {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }
}

extension UInt8 {
  fileprivate var hexadecimal: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}
