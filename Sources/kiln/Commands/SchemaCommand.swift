// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import Manifests

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Write the JSON Schema of manifests.",
    discussion: """
      Draft-07, as editors want it: names, types, rules and descriptions of all fields. Documents that are not Kiln's \
      pass the schema of all kinds.
      """)

  @Argument(
    help: ArgumentHelp(
      "\(ManifestSchema.kinds.joined(separator: ", ")). Default: one schema for all of them.",
      valueName: "kind"),
    completion: .list(ManifestSchema.kinds))
  var kind: String?

  func validate() throws {
    if let kind, !ManifestSchema.kinds.contains(kind) {
      throw ValidationError(
        "there is no kind \(kind): it is one of \(ManifestSchema.kinds.joined(separator: ", "))")
    }
  }

  func run() throws {
    guard let schema = ManifestSchema.schema(of: kind) else { throw Exit.usage }
    Console().write(shown: String(decoding: schema.encoded(pretty: true), as: UTF8.self) + "\n")
  }
}
