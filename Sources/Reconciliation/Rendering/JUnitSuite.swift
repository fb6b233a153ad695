// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Planning
import Resources

/// What an apply at one target comes to for those who read JUnit's XML.
package struct JUnitSuite: Sendable {
  private let name: String
  private let className: String
  private let cases: [Case]

  fileprivate struct Case: Sendable {
    enum Result: Sendable {
      case passed
      case failed(String)
      case skipped(String)
    }

    let name: String
    let result: Result
    var took: Duration?
  }

  /// A test case a step of the plan: deferred steps are skipped ones.
  ///
  /// - Parameters:
  ///   - stack: The stack's name.
  ///   - target: The target's name.
  package init(stack: String, target: String, _ report: ApplyReport) {
    self.init(
      stack: stack, target: target,
      cases: report.entries.map { entry in
        let result: Case.Result =
          switch entry.outcome {
          case .done: .passed
          case .deferred(_, let reason): .skipped("deferred: \(reason)")
          case .skipped(let reason): .skipped(reason)
          case .failed(let reason), .outrun(let reason): .failed(reason)
          }
        return Case(name: "\(entry.step.verb) \(entry.step.address)", result: result, took: entry.took)
      })
  }

  /// A target at which nothing was tried, for this reason; one case `plan`, which failed.
  package init(stack: String, target: String, failure: String) {
    self.init(stack: stack, target: target, cases: [Case(name: "plan", result: .failed(failure))])
  }

  /// A target at which there was nothing to do.
  package init(stack: String, target: String) {
    self.init(stack: stack, target: target, cases: [])
  }

  private init(stack: String, target: String, cases: [Case]) {
    name = "\(stack)/\(target)"
    className = "\(stack).\(target)"
    self.cases = cases
  }

  /// The file that shows `suites`.
  package static func document(_ suites: [JUnitSuite]) -> String {
    let all = suites.flatMap(\.cases)
    let body = suites.map(\.xml).joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="kiln apply"\(counts(of: all))>
      \(body)</testsuites>

      """
  }

  private var xml: String {
    "  <testsuite name=\"\(name.inXML)\"\(Self.counts(of: cases))>\n"
      + cases.map { $0.xml(className: className) }.joined() + "  </testsuite>\n"
  }

  private static func counts(of cases: [Case]) -> String {
    var failures = 0, skipped = 0
    for test in cases {
      switch test.result {
      case .passed: break
      case .failed: failures += 1
      case .skipped: skipped += 1
      }
    }
    let time = cases.compactMap(\.took).reduce(Duration.zero, +)
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
      + " time=\"\(time.inSeconds)\""
  }
}

extension JUnitSuite.Case {
  fileprivate func xml(className: String) -> String {
    let head =
      "    <testcase classname=\"\(className.inXML)\" name=\"\(name.inXML)\""
      + (took.map { " time=\"\($0.inSeconds)\"" } ?? "")
    return switch result {
    case .passed: "\(head)/>\n"
    case .failed(let reason):
      "\(head)>\n      <failure message=\"\(reason.inXML)\">\(reason.inXML)</failure>\n    </testcase>\n"
    case .skipped(let reason):
      "\(head)>\n      <skipped message=\"\(reason.inXML)\"/>\n    </testcase>\n"
    }
  }
}

extension Duration {
  /// Seconds with three digits behind the point.
  fileprivate var inSeconds: String {
    let (seconds, attoseconds) = components
    let thousandths = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds).\(String(repeating: "0", count: Swift.max(0, 3 - thousandths.count)))\(thousandths)"
  }
}

extension String {
  /// The text as XML takes it, in elements and attributes alike.
  fileprivate var inXML: String {
    withVisibleControls.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
