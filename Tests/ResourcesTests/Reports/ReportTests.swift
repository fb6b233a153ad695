// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Resources
import TestSupport
import Testing

/// Every format, from one list with all that is hard to write: a golden file each.
struct ReportTests {
  private static let place = Location(
    file: "manifests/a b,c:d.yaml",
    range: SourceRange(Mark(line: 3, column: 5), Mark(line: 3, column: 9)))

  static let awkward: [Diagnostic] = [
    Diagnostic(
      .error, rule: "no-stack", "there is no Stack document in manifests", at: nil, hint: "write one"),
    Diagnostic(
      .error, rule: "duplicate-key", "the key '<a & \"b\">' stands twice: 100%\r\nof it\u{1}", at: place,
      related: [
        Diagnostic.Related(
          "it stands here first", at: Location(file: "./manifests/ä.yaml", at: Mark(line: 1, column: 1)))
      ], hint: "keep one, or none"),
    Diagnostic(
      .note, rule: "comment-line", "several lines",
      at: Location(
        file: "manifests/z.yaml", range: SourceRange(Mark(line: 7, column: 3), Mark(line: 9, column: 1)))),
    Diagnostic(
      .note, rule: "a-rule-of-tomorrow", "not in the list",
      at: Location(file: "/srv/manifests/z.yaml", at: Mark(line: 2, column: 1))),
  ]

  static let many = (1...12).map { line in
    Diagnostic(
      .warning, rule: "unquoted-value", "the value of A is not in double quotes",
      at: Location(file: "manifests/z.yaml", at: Mark(line: line, column: 1)), hint: "write A=\"…\"")
  }

  @Test(arguments: DiagnosticReport.Format.allCases)
  func everyFormatIsAsRecorded(_ format: DiagnosticReport.Format) throws {
    let source = SourceFile(path: Self.place.file, bytes: Array("a\nb\n    word: 1\n".utf8))
    let report = DiagnosticReport(
      Self.awkward + (format == .sarif ? [] : Self.many), folder: "manifests", version: "1.2.3")
    let text = report.rendered(as: format) { $0 == source.path ? source : nil }
    let shown = format == .sarif ? try withoutRules(text) : text
    try expectGolden(shown, at: "\(packageRoot())/Tests/Cases/reports/awkward.\(format.rawValue)")
  }

  @Test func aCleanRunIsAReportToo() {
    let clean = DiagnosticReport([], folder: "manifests", version: "1.2.3")
    #expect(!clean.isFailure)
    #expect(clean.rendered(as: .text) { _ in nil } == "")
    #expect(clean.rendered(as: .github) { _ in nil } == "")
    #expect(clean.rendered(as: .gitlab) { _ in nil } == "[]\n")
    #expect(clean.rendered(as: .junit) { _ in nil }.contains(#"tests="1" failures="0""#))
  }

  @Test func strictnessMakesWarningsFail() {
    let lenient = DiagnosticReport(Self.many, folder: "m", version: "1")
    let strict = DiagnosticReport(Self.many, folder: "m", version: "1", isStrict: true)
    #expect((lenient.isFailure, strict.isFailure) == (false, true))
    #expect(lenient.rendered(as: .junit) { _ in nil }.contains(#"failures="0""#))
    #expect(strict.rendered(as: .junit) { _ in nil }.contains(#"failures="12""#))
  }

  @Test func gitHubIsGivenTenOfAKindAndToldOfTheOthers() {
    let report = DiagnosticReport(Self.many, folder: "m", version: "1")
    let lines = report.rendered(as: .github) { _ in nil }.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.last == "::warning title=kiln validate::3 more of this kind; the log has all of them")
    let ten = DiagnosticReport(Array(Self.many.prefix(10)), folder: "m", version: "1")
    #expect(!ten.rendered(as: .github) { _ in nil }.contains("more of this kind"))
  }

  @Test func fingerprintsDoNotHangOnLines() throws {
    func fingerprints(_ diagnostics: [Diagnostic]) throws -> [String?] {
      let text = DiagnosticReport(diagnostics, folder: "m", version: "1").rendered(as: .gitlab) { _ in nil }
      guard case .array(let issues) = try JSONValue(parsing: Array(text.utf8)) else { return [] }
      return issues.map { $0["fingerprint"]?.string }
    }
    let first = try fingerprints(Array(Self.many.prefix(3)))
    #expect(Set(first).count == 3)
    #expect(try fingerprints(Array(Self.many.suffix(3))) == first)
  }

  /// The rules are on a page of their own; here they would only be in the way.
  private func withoutRules(_ sarif: String) throws -> String {
    let log = try JSONValue(parsing: Array(sarif.utf8))
    guard case .object(var members) = log, case .array(var runs)? = members["runs"],
      case .object(var run)? = runs.first, case .object(var tool)? = run["tool"],
      case .object(var driver)? = tool["driver"], case .array(let rules)? = driver["rules"]
    else {
      Issue.record("the report has no rules")
      return sarif
    }
    #expect(rules.count > 80)
    driver["rules"] = .array([])
    tool["driver"] = .object(driver)
    run["tool"] = .object(tool)
    if case .array(let results)? = run["results"] {
      run["results"] = .array(results.map { $0.pointing(into: rules) })
    }
    runs[0] = .object(run)
    members["runs"] = .array(runs)
    return String(decoding: JSONValue.object(members).encoded(pretty: true), as: UTF8.self) + "\n"
  }
}

extension JSONValue {
  /// The result with the rule that its index points at in the place of the index.
  fileprivate func pointing(into rules: [JSONValue]) -> JSONValue {
    guard case .object(var members) = self, case .integer(let index)? = members["ruleIndex"] else {
      return self
    }
    members["ruleIndex"] = rules[Int(index)]["id"]
    return .object(members)
  }
}
