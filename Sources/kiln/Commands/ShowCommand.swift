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
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
