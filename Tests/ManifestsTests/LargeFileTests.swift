// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Manifests
import Resources
import Testing

/// Files so large that they are read in pieces, side by side.
@Suite struct LargeFileTests {
  private static let stack = """
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: Stack
    metadata: {name: large}
    spec:
      id: large
      targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]

    """
  /// How many lines a component has, and which of them names it.
  private static let height = 7, nameLine = 4

  private func component(_ number: Int) -> String {
    """
    ---
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: ImageComponent
    metadata: {name: component-\(number)}
    spec:
      version: 1.0.\(number)
      content: RUN echo \(String(repeating: "x", count: 200))

    """
  }

  /// Loads `count` components from one file, that of `place` with `extra` behind it.
  private func load(
    _ count: Int, _ extra: String = "", at place: Int = 0
  ) async -> (desired: DesiredState?, diagnostics: [Diagnostic]) {
    let all = (0..<count).map { component($0) + ($0 == place ? extra : "") }.joined()
    let folder = ProjectFolder(path: "m", files: ["stack.yaml": Self.stack, "all.yaml": all])
    var problems = Problems()
    let project = await Project.load(folder, target: nil, into: &problems)
    return (project?.desired, problems.sorted)
  }

  @Test func everythingIsReadOnceAndKnowsItsLine() async throws {
    let (desired, diagnostics) = await load(1000)
    #expect(diagnostics.isEmpty)
    let components = try #require(desired).components
    #expect(Set(components.map(\.name)) == Set((0..<1000).map { "component-\($0)" }))
    for component in components {
      let number = try #require(Int(component.name.dropFirst("component-".count)))
      let place = component.provenance.location
      #expect(place.description == "m/all.yaml:\(number * Self.height + Self.nameLine):18")
    }
  }

  @Test func aMistakeInTheGrammarEndsTheFile() async throws {
    let (desired, diagnostics) = await load(1000, "---\nbroken: [\n", at: 699)
    #expect(diagnostics.map(\.severity) == [.error])
    #expect(diagnostics.first?.location?.description == "m/all.yaml:\(700 * Self.height + 3):1")
    #expect(try #require(desired).components.count == 700)
  }

  @Test func mistakesOfAllPiecesAreTold() async throws {
    let twice = "  description: one\n  description: two\n"
    let (desired, diagnostics) = await load(1000, twice, at: 900)
    #expect(diagnostics.map(\.rule) == ["duplicate-key"])
    #expect(diagnostics.first?.location?.range.start == Mark(line: 901 * Self.height + 2, column: 3))
    #expect(try #require(desired).components.count == 1000)
  }
}
