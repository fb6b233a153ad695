// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Pipelines that start from each other's image families, so that none of them can be built for the first time.
struct FamilyCycles {
  /// By name, so that a cycle is told in the same way whatever the files are called.
  private let pipelines: [DesiredPipeline]
  /// The pipelines that make a family.
  private let makers: [String: [Int]]

  init(_ described: [DescribedResource]) {
    var pipelines: [DesiredPipeline] = []
    for case .pipeline(let pipeline, _) in described { pipelines.append(pipeline) }
    // In most stacks none waits for another, which is found out much sooner than what hangs on what.
    let families = Set(pipelines.compactMap(\.madeFamily))
    if !pipelines.contains(where: { $0.neededFamily.map(families.contains) ?? false }) { pipelines = [] }
    pipelines.sort { $0.name < $1.name }
    var makers: [String: [Int]] = [:]
    for (index, pipeline) in pipelines.enumerated() {
      if let family = pipeline.madeFamily { makers[family, default: []].append(index) }
    }
    self.pipelines = pipelines
    self.makers = makers
  }

  /// What is told of them.
  func problems() -> Problems {
    var problems = Problems()
    check(into: &problems)
    return problems
  }

  private func check(into problems: inout Problems) {
    var isOpen = Array(repeating: false, count: pipelines.count)
    for index in stuck() { isOpen[index] = true }
    // Each that is stuck waits for one that is stuck too: following the first of these leads into a cycle.
    var isSeen = Array(repeating: false, count: pipelines.count)
    for start in pipelines.indices where isOpen[start] && !isSeen[start] {
      var trail: [Int] = []
      var next = start
      while !isSeen[next] {
        isSeen[next] = true
        trail.append(next)
        guard let maker = needed(by: next).flatMap({ makers[$0]?.first }) else { break }
        next = maker
      }
      if let entry = trail.firstIndex(of: next) { report(Array(trail[entry...]), into: &problems) }
    }
  }

  /// The pipelines that can't be built, however many of the others have been.
  private func stuck() -> [Int] {
    var waiting: [String: [Int]] = [:]
    var ready: [Int] = []
    for index in pipelines.indices {
      if let family = needed(by: index) {
        waiting[family, default: []].append(index)
      } else {
        ready.append(index)
      }
    }
    while let index = ready.popLast() {
      guard let family = pipelines[index].madeFamily else { continue }
      ready += waiting.removeValue(forKey: family) ?? []
    }
    return waiting.values.flatMap(\.self)
  }

  /// The family of the stack that a pipeline starts from.
  private func needed(by index: Int) -> String? {
    guard let family = pipelines[index].neededFamily, makers[family] != nil else { return nil }
    return family
  }

  private func report(_ found: [Int], into problems: inout Problems) {
    // It begins with the first by name, wherever the walk came in.
    let first = found.indices.min { found[$0] < found[$1] } ?? 0
    let cycle = Array(found[first...] + found[..<first])
    let names = (cycle + cycle.prefix(1)).map { pipelines[$0].name }.joined(separator: " -> ")
    problems.report(
      Diagnostic(
        .error, rule: "reference-cycle", "pipelines start from each other's image families: \(names)",
        at: pipelines[cycle[0]].provenance.place(of: "baseImage"),
        related: cycle.dropFirst().map {
          Diagnostic.Related(
            "\(pipelines[$0].name) starts here", at: pipelines[$0].provenance.place(of: "baseImage"))
        }, hint: "let one of them start from an image or family that none of them makes"))
  }
}

extension DesiredPipeline {
  /// The family that its images join, under the present name of the field or the deprecated one.
  fileprivate var madeFamily: String? { resource.imageOptions.imageFamily ?? resource.imageFamily }

  /// The family that it starts from.
  ///
  /// One that goes on from the latest image of its own family does so because there is one.
  fileprivate var neededFamily: String? {
    guard resource.baseImageType == "IMAGE_FAMILY", let family = resource.baseImage, family != madeFamily
    else {
      return nil
    }
    return family
  }
}
