// SPDX-License-Identifier: Apache-2.0

import Testing

/// Words that the product must not have, but for the files that are listed with them.
struct HabitTests {
  struct Ban: CustomTestStringConvertible {
    /// What is looked for first, as it is quick to find.
    let word: String
    /// Files and folders below Sources that may have it; each must.
    let files: Set<String>
    let inComments: Bool
    /// Whether the ban does not hold for what only tests use.
    let isForProducts: Bool
    let matches: @Sendable (Substring) -> Bool

    init(
      _ word: String, in files: Set<String> = [], inComments: Bool = false,
      isForProducts: Bool = false, _ matches: @escaping @Sendable (Substring) -> Bool = { _ in true }
    ) {
      self.word = word
      self.files = files
      self.inComments = inComments
      self.isForProducts = isForProducts
      self.matches = matches
    }

    var testDescription: String { word }
  }

  static let bans: [Ban] = [
    Ban("unsafe", in: ["ManifestSyntax/EventReader.swift"]),
    Ban("@unchecked"),
    Ban("!") { $0.contains(#/[\w)\]}"]!(?!=)/#) },
    // Single flight: one fetch serves all who wait for it.
    Ban(
      "Task",
      in: [
        "CloudAPI/Credentials/CredentialChain.swift", "CloudAPI/Credentials/RefreshingCredentials.swift",
      ]
    ) { $0.contains(#/\bTask(\.detached)?\s*(\(priority.*\)\s*)?\{/#) },
    Ban("fatalError()"),
    Ban("preconditionFailure()"),
    Ban("Date()", in: ["kiln/World.swift"]),
    Ban("UUID()", isForProducts: true),
    Ban("ProcessInfo", in: ["kiln/World.swift"], isForProducts: true),
    Ban("FileManager", in: ["kiln/Disk.swift"], isForProducts: true),
    Ban("rint(", in: ["kiln/Commands/VersionCommand.swift"]) { $0.contains(#/\b(debugP|p)rint\(/#) },
    Ban("import Foundation", isForProducts: true) { $0.contains(#/import Foundation\s*$/#) },
    Ban("#if os"),
    // Events have their types, which the page tells of, from one place.
    Ban("\"@module\"", in: ["Planning/Rendering/EventType.swift"], inComments: true),
    Ban("MARK", inComments: true) { $0.contains(#/\bMARK:/#) },
    Ban("TODO", inComments: true),
    Ban("FIXME", inComments: true),
  ]

  @Test(arguments: bans)
  func nobodyElseDoesIt(ban: Ban) throws {
    var unused = ban.files
    for file in try SwiftFile.sources.get() {
      let path = String(file.path.dropFirst("Sources/".count))
      // What tests share runs programs, makes scratch folders and reads the environment.
      if path.hasPrefix("TestSupport/"), ban.isForProducts { continue }
      let lines = ban.inComments ? file.lines : file.code
      for (index, line) in lines.enumerated() where line.contains(ban.word) && ban.matches(line) {
        let granted = ban.files.filter(path.hasPrefix)
        unused.subtract(granted)
        #expect(!granted.isEmpty, "\(file.path):\(index + 1): \(line)")
      }
    }
    #expect(unused.isEmpty, "who no longer does it leaves the list")
  }

  @Test func everyFileNamesItsLicence() throws {
    let paths =
      try Repository.files(below: ["Sources", "Tests", "Benchmarks", "scripts"]) + [
        "Package.swift", "Makefile",
      ]
    let written = paths.filter { path in
      [".swift", ".c", ".h", ".py", ".sh", "/run", "/setup", "Makefile"].contains(where: path.hasSuffix)
    }
    for path in written where !path.contains("/Cases/") {
      let head = try Repository.text(path).split(separator: "\n").prefix(2)
      #expect(
        head.contains { $0.contains("SPDX-License-Identifier: Apache-2.0") },
        "\(path) does not name its licence")
    }
  }

  /// The formatter sees to what is `public`; this sees to what our own modules share.
  @Test func everySharedDeclarationIsDocumented() throws {
    let declaration = #/^(@\w+ )*(public|package) (?!import|extension)/#
    for file in try SwiftFile.sources.get() {
      for (index, line) in file.lines.enumerated() where line.contains(declaration) {
        var above = index - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        let isDocumented = above >= 0 && file.lines[above].drop { $0 == " " }.hasPrefix("///")
        #expect(isDocumented, "\(file.path):\(index + 1) lacks a comment: \(line)")
      }
    }
  }

  @Test func noLineKnowsAMachine() throws {
    let place = #/(^|[\s"'`(=])/(root|Users|work|mnt)/\w/#
    let folders = ["Sources", "Tests", "Documentation", "Benchmarks/Sources", "manifests", "scripts", ".ci"]
    let pages = [
      "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "Package.swift",
    ]
    // Real Dockerfiles, which the content tests read, speak of homes of their own.
    let files = try Repository.files(below: folders).filter { !$0.hasPrefix("Tests/ResourcesTests/Content/") }
    for path in files + pages {
      for (index, line) in try Repository.text(path).split(separator: "\n").enumerated() {
        #expect(!line.contains(place), "\(path):\(index + 1) names a place on somebody's machine")
      }
    }
  }
}
