// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A component that was made of a Dockerfile.
struct ImportedComponent {
  /// Its `metadata.name`.
  let name: String
  /// The Dockerfile.
  let source: SourceFile
  /// What it came to.
  let result: DockerfileImport

  /// The component that the Dockerfile `source` makes, called `name` or after the file.
  init(_ source: SourceFile, named name: String?, in folder: String) {
    self.source = source
    self.name = name ?? ImportedComponent.name(of: source.path, in: folder)
    result = DockerfileImport(String(decoding: source.bytes, as: UTF8.self))
  }

  /// Its manifest, which tells first what is not as it was.
  var file: Starter.File {
    let file = source.path.split(separator: "/").last.map(String.init) ?? source.path
    let remarks = result.remarks.map { remark in
      "# \(file):\(remark.line): \(remark.message)\(remark.isMapped ? "" : remark.hint.map { "; \($0)" } ?? "").\n"
    }
    return Starter.File(
      path: "components/\(name).yaml",
      text: Starter.modeline(depth: 1)
        + "# Made of \(file) by kiln init.\(remarks.isEmpty ? "" : " What is not as it was there:")\n"
        + remarks.joined().filter { $0 == "\n" || $0 >= " " } + """
          apiVersion: kiln.imagebuilder/v1alpha1
          kind: ImageComponent
          metadata:
            name: \(YAMLText.inline(name))
          spec:
            version: 1.0.0
            content: \(YAMLText.value(result.content, indent: 2))

          """)
  }

  /// What is not as it was, for the one who imports.
  var diagnostics: [Diagnostic] {
    result.remarks.map { remark in
      Diagnostic(
        remark.isMapped ? .note : .warning,
        rule: remark.isMapped ? "dockerfile-changed" : "dockerfile-left-out",
        remark.message, at: Location(file: source.path, at: Mark(line: remark.line, column: 1)),
        hint: remark.hint)
    }
  }

  /// The image family with the system that `FROM` names, where there is one.
  var family: String? {
    guard let image = result.baseImage else { return nil }
    let name = image.split(separator: "/").last ?? ""
    return ImportedComponent.families.first { name.hasPrefix($0.key) }?.value
  }

  /// Beginnings of Docker's images with the public families of the same system.
  private static let families: KeyValuePairs = [
    "ubuntu": "acs:ubuntu_22_04_x64", "debian": "acs:debian_12_6_x64", "centos": "acs:centos_stream_9_x64",
  ]

  /// A name made of the file's own, or of its folder's.
  private static func name(of path: String, in folder: String) -> String {
    let parts = (path.hasPrefix("/") ? path : "\(folder)/\(path)").split(separator: "/").filter { $0 != "." }
    let file = parts.last.map(String.init) ?? ""
    let word = file.split(separator: ".").first {
      !["dockerfile", "containerfile"].contains($0.lowercased())
    }
    let wished = word.map(String.init) ?? parts.dropLast().last.map(String.init) ?? ""
    let allowed = wished.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let name = String(String(allowed).drop { !$0.isLetter }.prefix(60))
    return name.count < 2 ? "app" : name
  }
}
