// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import JSONSyntax
import Planning

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a saved plan.")

  @Argument(help: "The file that plan --out wrote.", completion: .file())
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let console = Console(output)
    guard let saved = try SavedPlan.read(file, console: console) else {
      console.complain("\(file) is not a plan of Kiln's")
      throw Exit.error
    }
    console.write(
      shown: output.json
        ? saved.json.encoded(pretty: true).text + "\n" : saved.plan.text(ink: console.outputInk))
    if !output.json { console.say("\(saved.binding.sentence(at: World.current.time.now()))") }
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension SavedPlan.Binding {
  /// Where the plan holds, and how long, at a time.
  fileprivate func sentence(at now: UTCTime) -> String {
    let owner = account.map { "account \($0), " } ?? ""
    let end =
      switch expiresAt.flatMap({ UTCTime(iso8601: $0) }) {
      case let end? where end < now: "; it ended at \(end.iso8601)"
      case let end?: ", and ends at \(end.iso8601)"
      case nil: ""
      }
    return "Made at \(createdAt) for \(owner)region \(regionID), endpoint \(endpoint)\(end)."
  }
}
