// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The repository that the tests were built from.
enum Repository {
  static let root: String = {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    return parts.joined(separator: "/")
  }()

  /// The text of the file at a path relative to the root.
  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(path)")), as: UTF8.self)
  }

  /// Paths of the files below `folders`, hidden and built ones left out, in a fixed order.
  static func files(below folders: [String]) throws -> [String] {
    var found: [String] = []
    for folder in folders {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
      where !name.hasPrefix(".") && name != "__pycache__" {
        let path = "\(folder)/\(name)"
        var isFolder = false
        _ = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
        found += isFolder ? try files(below: [path]) : [path]
      }
    }
    return found
  }

  /// Names of the folders right below `folder`.
  static func folders(in folder: String) throws -> Set<String> {
    Set(try files(below: [folder]).compactMap { $0.split(separator: "/").dropFirst().first.map(String.init) })
  }
}

/// One Swift file of the repository.
struct SwiftFile: Sendable {
  /// Path relative to the root.
  let path: String
  let lines: [Substring]
  /// The lines without what comments and literals say; code inside interpolations stays.
  let code: [Substring]

  init(_ path: String) throws {
    let text = try Repository.text(path)
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    code = CodeScanner.code(of: text).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The target that the file belongs to.
  var target: String { String(path.split(separator: "/")[1]) }

  /// Modules that the file imports.
  var imports: [String] {
    code.compactMap { line in
      let words = line.split(separator: " ").drop { ["public", "package", "@testable"].contains($0) }
      guard words.first == "import", let module = words.dropFirst().last else { return nil }
      return module.split(separator: ".").first.map(String.init)
    }
  }

  /// The files of all targets, read once.
  static let sources = Result {
    try Repository.files(below: ["Sources"]).filter { $0.hasSuffix(".swift") }.map(SwiftFile.init)
  }

  /// The files of all test targets, read once.
  static let tests = Result {
    try Repository.files(below: ["Tests"]).filter { $0.hasSuffix(".swift") }.map(SwiftFile.init)
  }
}
