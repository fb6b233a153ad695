// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ManifestSyntax
import Resources
import TestSupport
import Testing

/// The list of rules is whole, and the page is made from it.
@Suite(.serialized) struct RuleBookTests {
  @Test func rulesAreOnThePage() throws {
    try expectGenerated(Rule.page, as: "rules", in: "Documentation/rules.md")
  }

  @Test func namesAreDifferentAndInKebabCase() {
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
    for rule in Rule.all {
      #expect(rule.id.wholeMatch(of: #/[a-z]+(-[a-z]+)*|not-utf8/#) != nil, "\(rule.id)")
      #expect(rule.summary.hasSuffix(".") && rule.reason.hasSuffix("."), "\(rule.id)")
    }
  }

  /// A rule that is told but not listed could not be explained; one that is listed but never told would be a promise.
  @Test func whatIsToldIsListed() throws {
    let known = Set(Rule.all.map(\.id)), contents = Set(ContentRule.all.map(\.id))
    var told: Set<String> = []
    for path in try swiftFiles(below: "Sources") where !path.contains("/Rules/") {
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
      for match in text.matches(of: #/rule: (?:String = )?"([a-z0-9-]+)"/#) { told.insert(String(match.1)) }
    }
    #expect(told.subtracting(known) == [], "add them to Sources/Resources/Rules")
    #expect(known.subtracting(told).subtracting(contents) == [])
  }

  @Test(arguments: Rule.all.map(\.id)) func everyRuleIsExplained(id: String) throws {
    let rule = try #require(Rule.named(id))
    #expect(rule.explanation.hasPrefix("\(id) (\(rule.severity.rawValue))\n"))
    #expect(rule.explanation.contains("# kiln:ignore \(id) REASON") == rule.isAdjustable)
    for code in rule.codes { #expect(rule.explanation.contains(code)) }
  }

  private func swiftFiles(below folder: String) throws -> [String] {
    let root = "\(packageRoot())/\(folder)"
    return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
      .map { "\(root)/\($0)" }
  }
}
