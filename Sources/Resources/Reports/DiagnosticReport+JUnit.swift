// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension DiagnosticReport {
  /// JUnit's XML: a suite for each file, a case for each diagnostic; a run without any has one case that passes.
  var junit: String {
    var suites: [(name: String, diagnostics: [Diagnostic])] = []
    for diagnostic in diagnostics {
      let name = diagnostic.location?.path ?? folder
      if let index = suites.firstIndex(where: { $0.name == name }) {
        suites[index].diagnostics.append(diagnostic)
      } else {
        suites.append((name, [diagnostic]))
      }
    }
    let failures = diagnostics.count(where: isFailure)
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="kiln validate" tests="\#(max(diagnostics.count, 1))" failures="\#(failures)">"#,
    ]
    if suites.isEmpty {
      lines += [
        #"  <testsuite name="\#(folder.xml)" tests="1" failures="0">"#,
        #"    <testcase name="manifests" classname="\#(folder.xml)"/>"#, "  </testsuite>",
      ]
    }
    for suite in suites {
      let failures = suite.diagnostics.count(where: isFailure)
      lines.append(
        #"  <testsuite name="\#(suite.name.xml)" tests="\#(suite.diagnostics.count)" failures="\#(failures)">"#
      )
      for diagnostic in suite.diagnostics { lines += testCase(diagnostic, in: suite.name) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private func testCase(_ diagnostic: Diagnostic, in suite: String) -> [String] {
    let place = diagnostic.location.map { " at \($0.range.start.line):\($0.range.start.column)" } ?? ""
    let text = (diagnostic.location.map { "\($0.description): " } ?? "") + diagnostic.advice
    let opening = #"    <testcase name="\#((diagnostic.rule + place).xml)" classname="\#(suite.xml)""#
    let outcome =
      isFailure(diagnostic)
      ? #"      <failure type="\#(diagnostic.severity.rawValue)" message="\#(diagnostic.message.xml)">\#(text.xml)</failure>"#
      : "      <system-out>\(diagnostic.severity.rawValue): \(text.xml)</system-out>"
    return [opening + ">", outcome, "    </testcase>"]
  }
}

extension String {
  /// The text as XML 1.0 can hold it, in an element or in quotes.
  fileprivate var xml: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x26: text.append(contentsOf: "&amp;".unicodeScalars)
      case 0x3C: text.append(contentsOf: "&lt;".unicodeScalars)
      case 0x3E: text.append(contentsOf: "&gt;".unicodeScalars)
      case 0x22: text.append(contentsOf: "&quot;".unicodeScalars)
      case 0x9, 0xA, 0xD: text.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...: text.append(scalar)
      default: text.append("\u{FFFD}")
      }
    }
    return String(text)
  }
}
