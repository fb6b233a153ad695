// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONSyntax
import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

/// The reports of a plan case, where a folder of its name lies below `Tests/Cases/reports`.
struct ReportGoldens {
  private let folder: String
  private let stack: StackIdentity
  /// Puts names in the place of ids.
  var names: (String) -> String

  init(of name: String, stack: StackIdentity, names: @escaping (String) -> String) {
    folder = "\(packageRoot())/Tests/Cases/reports/\(name)"
    self.stack = stack
    self.names = names
  }

  private var isWanted: Bool { FileManager.default.fileExists(atPath: folder) }

  func expect(_ plan: Plan) throws {
    guard isWanted else { return }
    var comment = MarkdownComment(about: .plan, stack: stack.id, target: stack.target)
    comment.add(plan)
    try expectGolden(names(comment.text), at: "\(folder)/plan.md")
    let tokens = #/(ClientToken kiln-)[a-z2-7]+/#
    let requests = plan.isApplicable ? plan.requests(regionID: "cn-hangzhou") : []
    let shown = requests.map { $0.text(regionID: "cn-hangzhou").replacing(tokens) { "\($0.1)..." } }
    try expectGolden(names(shown.joined(separator: "\n")), at: "\(folder)/requests.txt")
  }

  func expect(_ report: ApplyReport) throws {
    guard isWanted else { return }
    var comment = MarkdownComment(about: .apply, stack: stack.id, target: stack.target)
    comment.add(report, stack: stack.name, target: stack.target)
    try expectGolden(names(comment.text), at: "\(folder)/apply.md")
    var timed = report
    for index in timed.entries.indices { timed.entries[index].took = .milliseconds(1_250 * (index + 1)) }
    let suite = JUnitSuite(stack: stack.name, target: stack.target, timed)
    try expectGolden(names(JUnitSuite.document([suite])), at: "\(folder)/junit.xml")
    try expectGolden(
      names(report.closingEvents.map { $0.text + "\n" }.joined()), at: "\(folder)/closing-events.jsonl")
  }
}
