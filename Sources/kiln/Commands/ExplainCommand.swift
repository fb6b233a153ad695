// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import ManifestSyntax
import Resources

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a rule, or a code of the service; list all rules without one.")

  @Argument(
    help: "A rule, as it stands in brackets behind a message, or an error code of the service.",
    completion: .list(Rule.all.map(\.id)))
  var rule: String?

  @OptionGroup var colour: ColourOptions

  func run() throws {
    let console = Console(noColour: colour.noColor)
    guard let rule else { return console.write(shown: ExplainCommand.list) }
    let found = Rule.named(rule).map { [$0] } ?? Rule.all.filter { $0.codes.contains(rule) }
    if found.isEmpty, let fields = FieldRefusal.all[rule] {
      return console.write("\(rule)\n\n\(shown: fields.map { "\($0)\n" }.joined())")
    }
    guard !found.isEmpty else {
      let nearest = rule.nearest(among: Rule.all.map(\.id)).map { "did you mean \($0)?" }
      console.complain("there is no rule \(rule)", hint: nearest ?? "kiln explain lists them all")
      throw Exit.usage
    }
    console.write(shown: found.map { $0.explanation + "\n" }.joined(separator: "\n"))
  }

  /// All rules, a line each.
  private static var list: String {
    let width = Rule.all.map(\.id.count).max() ?? 0
    return Rule.Subject.allCases.map { subject in
      let rules = Rule.all.filter { $0.subject == subject }.map { rule in
        let name = rule.id + String(repeating: " ", count: width - rule.id.count)
        let severity =
          rule.severity.rawValue + String(repeating: " ", count: 7 - rule.severity.rawValue.count)
        return "  \(name)  \(severity)  \(rule.summary)\n"
      }
      return "\(subject.rawValue)\n" + rules.joined()
    }.joined(separator: "\n")
  }
}
