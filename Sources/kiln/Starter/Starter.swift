// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Manifests

/// The files that `kiln init` writes: a small project that can be planned and applied at once.
struct Starter {
  /// A file of the project.
  struct File: Hashable {
    /// Its path, relative to the project's folder.
    let path: String
    /// What it holds.
    let text: String
  }

  /// The stack's id, which no other stack has.
  let stackID: String
  /// The component that was made of a Dockerfile, if any.
  var component: ImportedComponent?

  /// The lines that keep Kiln's own files out of a repository, but for the schema.
  static let ignored = ".kiln/*\n!.kiln/schema.json\n"

  /// All files, in the order in which they are told.
  var files: [File] {
    let manifests =
      if let component { [component.file, pipeline(of: component)] } else { [nginx, smokeTest, pipeline] }
    return [stack] + manifests + [
      File(path: ".gitignore", text: Starter.ignored), Starter.schema,
    ]
  }

  /// The schema that the first line of each manifest names.
  static var schema: File {
    let schema = ManifestSchema.schema(of: nil)?.encoded(pretty: true) ?? []
    return File(path: ".kiln/schema.json", text: String(decoding: schema, as: UTF8.self) + "\n")
  }

  /// The first line of a manifest: how editors find the schema.
  static func modeline(depth: Int) -> String {
    "# yaml-language-server: $schema=\(String(repeating: "../", count: depth)).kiln/schema.json\n"
  }

  /// A new id: `gi-` and 30 random bits as six letters and digits that are hard to confuse.
  static func newStackID(using random: inout some RandomNumberGenerator) -> String {
    let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
    return "gi-" + String((0..<6).map { _ in digits[Int.random(in: digits.indices, using: &random)] })
  }
}
