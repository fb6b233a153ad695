// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import JSONSyntax
import Planning

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a saved plan.")

  @Argument(help: "The file that plan --out wrote.", completion: .file())
  var file: String

  @Flag(help: "Write the plan as one JSON document, as it is in the file.")
  var json = false

  @OptionGroup var colour: ColourOptions

  func run() throws {
    let console = Console(noColour: colour.noColor)
    guard let saved = try SavedPlan.read(file, console: console) else {
      console.complain("\(file) is not a plan of Kiln's")
      throw Exit.error
    }
    console.write(
      shown: json
        ? saved.json.encoded(pretty: true).text + "\n" : saved.plan.text(ink: console.outputInk))
    if !json { console.say("\(shown: saved.binding.sentences(at: World.current.time.now()))") }
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension SavedPlan.Binding {
  /// How long the plan holds, at a time, and where.
  fileprivate func sentences(at now: UTCTime) -> String {
    let owner = account.map { "account \($0), " } ?? ""
    let end =
      switch expiresAt.flatMap({ UTCTime(iso8601: $0) }) {
      case let end? where end < now: ", ended at \(end.iso8601)"
      case let end?: ", ends at \(end.iso8601)"
      case nil: ""
      }
    let lines: [ShownText] = [
      "Made at \(createdAt)\(end).", "For \(owner)region \(regionID),", "endpoint \(endpoint).",
    ]
    return lines.map(\.text).joined(separator: "\n")
  }
}
