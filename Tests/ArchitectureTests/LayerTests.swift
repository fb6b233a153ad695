// SPDX-License-Identifier: Apache-2.0

import Testing

/// ARCHITECTURE.md's table of targets is the rule; these tests hold the sources against it.
struct LayerTests {
  /// What the toolchain brings, and so costs nothing: every target may import it.
  static let standard: Set<String> = ["Swift", "Synchronization"]

  struct Target {
    let name: String
    let level: Int
    let own: Set<String>
    let others: Set<String>
  }

  /// The rows `| level | target | purpose | own | others |` of the table.
  static let table: [Target] = {
    let lines = (try? Repository.text("ARCHITECTURE.md"))?.split(separator: "\n") ?? []
    return lines.compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.drop { $0 == " " }
      }
      guard cells.count == 7, let level = Int(cells[1].prefix { $0.isNumber }),
        let name = names(in: cells[2]).first
      else { return nil }
      return Target(name: name, level: level, own: Set(names(in: cells[4])), others: Set(names(in: cells[5])))
    }
  }()

  /// The words between back quotes.
  private static func names(in cell: Substring) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) == false }.map { String($0.element) }
  }

  @Test func tableNamesEveryTargetAndNoOther() throws {
    #expect(Set(LayerTests.table.map(\.name)) == (try Repository.folders(in: "Sources")))
  }

  @Test func targetsImportFromLowerLevelsOnly() {
    let levels = Dictionary(uniqueKeysWithValues: LayerTests.table.map { ($0.name, $0.level) })
    for target in LayerTests.table {
      for other in target.own {
        #expect((levels[other] ?? .max) < target.level, "\(target.name) may not import \(other)")
      }
    }
  }

  @Test(arguments: table.map(\.name))
  func targetImportsWhatTheTableGrants(name: String) throws {
    let target = try #require(LayerTests.table.first { $0.name == name })
    var unused = target.own.union(target.others)
    for file in try SwiftFile.sources.get() where file.target == name {
      for module in file.imports {
        unused.remove(module)
        let isGranted =
          target.own.contains(module) || target.others.contains(module)
          || LayerTests.standard.contains(module)
        #expect(isGranted, "\(file.path) imports \(module), which ARCHITECTURE.md does not grant")
      }
    }
    // Test support may be asked for anything; elsewhere a grant that nobody uses is a gap in the fence.
    if name != "TestSupport" { #expect(unused.isEmpty, "\(name) is granted \(unused) and does not use it") }
  }

  @Test func theManifestDeclaresWhatIsImported() throws {
    // What needs no declaration: the toolchain's modules, and TestSupport, which all tests are given. The end-to-end
    // tests run the program and do not import it.
    let free = LayerTests.standard.union(["Testing", "Foundation", "FoundationEssentials", "Glibc"])
      .union(["TestSupport", "kiln"])
    let files = try SwiftFile.sources.get() + SwiftFile.tests.get()
    let imported = Dictionary(grouping: files, by: \.target).mapValues {
      Set($0.flatMap(\.imports)).subtracting(free)
    }
    let declared = try PackageManifest.dependencies.get().mapValues { $0.subtracting(free) }
    #expect(imported.keys.sorted() == declared.keys.sorted())
    for (target, modules) in imported { #expect(modules == declared[target], "\(target)") }
  }

  @Test func everyFileThatThePageNamesExists() throws {
    let paths = try SwiftFile.sources.get().map(\.path)
    let named = LayerTests.names(in: try Repository.text("ARCHITECTURE.md")[...]).filter {
      $0.hasSuffix(".swift")
    }
    #expect(named.count > 20)
    for name in named { #expect(paths.contains { $0.hasSuffix("/\(name)") }, "there is no \(name)") }
  }
}
