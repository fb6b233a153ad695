// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Checks what no single manifest can know: duplicates, references, cycles.
struct ReferenceResolver {
  private let components: [String: [DesiredComponent]]
  private let described: [DescribedResource]

  init(_ described: [DescribedResource]) {
    self.described = described
    var components: [String: [DesiredComponent]] = [:]
    for case .component(let component) in described {
      components[component.name, default: []].append(component)
    }
    self.components = components
  }

  func check(into problems: inout Problems) {
    checkDuplicates(into: &problems)
    for case .pipeline(_, let references) in described {
      for reference in references { check(reference, into: &problems) }
    }
    checkCycles(into: &problems)
  }

  private func checkDuplicates(into problems: inout Problems) {
    var first: [String: Location] = [:]
    for resource in described {
      let (what, place) =
        switch resource {
        case .component(let component):
          ("component \(component.name) in version \(component.versionRule)", component.provenance.location)
        case .pipeline(let pipeline, _):
          ("pipeline \(pipeline.name)", pipeline.provenance.location)
        }
      guard let earlier = first[what] else {
        first[what] = place
        continue
      }
      problems.report(
        Diagnostic(
          .error, rule: "duplicate-resource", "\(what) is described twice", at: max(place, earlier),
          related: [Diagnostic.Related("it is also described here", at: min(place, earlier))]))
    }
  }

  private func check(_ use: DecodedSteps.Reference, into problems: inout Problems) {
    let reference = use.reference, place = use.place
    guard let candidates = components[reference.name] else {
      let hint = reference.name.nearest(among: components.keys).map { "did you mean \($0)?" }
      problems.report(
        Diagnostic(
          .error, rule: "dangling-reference", "the stack describes no component \(reference.name)", at: place,
          hint: hint ?? "for one that the stack does not own write component: {id: ic-...}"))
      return
    }
    let matching = candidates.filter { candidate in
      guard let pattern = reference.version, let pinned = candidate.versionRule.pinned else { return true }
      return pattern.matches(pinned)
    }
    let versions = candidates.map(\.versionRule.description).sorted().joined(separator: ", ")
    if matching.isEmpty {
      problems.report(
        Diagnostic(
          .error, rule: "dangling-reference",
          "no described version of \(reference.name) matches \(reference)",
          at: place, hint: "described: \(versions)"))
    } else if reference.version == nil, candidates.count > 1 {
      problems.report(
        Diagnostic(
          .error, rule: "ambiguous-reference", "several versions of \(reference.name) are described",
          at: place,
          hint: "add version: to the step; described: \(versions)"))
    }
    let wanted = use.isTest ? "Test" : "Build"
    if let wrong = matching.first(where: { ($0.resource.componentType ?? "Build") != wanted }) {
      problems.report(
        Diagnostic(
          .error, rule: "component-type",
          "\(wrong.address) is not a \(wanted) component, so it can't stand under \(use.isTest ? "test" : "build")",
          at: place, related: [Diagnostic.Related("it is described here", at: wrong.provenance.location)],
          hint: "the service would answer InvalidImageComponent.NotSupported"))
    }
    for component in matching { checkArguments(use, component, into: &problems) }
  }

  /// Whether the component takes the parameters that the step hands it.
  private func checkArguments(
    _ use: DecodedSteps.Reference, _ component: DesiredComponent, into problems: inout Problems
  ) {
    let declared = component.parameters
    if declared.isEmpty, use.arguments.isEmpty { return }
    let names = declared.map(\.name)
    let related = [Diagnostic.Related("the component is described here", at: component.provenance.location)]
    for argument in use.arguments {
      guard let parameter = declared.first(where: { $0.name == argument.name }) else {
        let hint = argument.name.nearest(among: names).map { "did you mean \($0)?" }
        problems.report(
          Diagnostic(
            .error, rule: "unknown-parameter", "\(component.name) has no parameter \(argument.name)",
            at: use.place, related: related,
            hint: hint ?? (names.isEmpty ? "it declares none" : "it has \(names.joined(separator: ", "))")))
        continue
      }
      guard parameter.type.admits(argument.value) else {
        problems.report(
          Diagnostic(
            .error, rule: "wrong-type",
            "parameter \(argument.name) of \(component.name) must be a \(parameter.type.rawValue)",
            at: use.place, related: related))
        continue
      }
    }
    let given = Set(use.arguments.map(\.name))
    for parameter in declared where parameter.defaultValue == nil && !given.contains(parameter.name) {
      problems.report(
        Diagnostic(
          .error, rule: "missing-parameter",
          "\(component.name) needs the parameter \(parameter.name), which has no default", at: use.place,
          related: related, hint: "add it under parameters: of the step"))
    }
  }

  /// Pipelines that start from each other's image families can never be built for the first time.
  private func checkCycles(into problems: inout Problems) {
    // Only what is looked at: pipelines are large, and a stack has thousands.
    var pipelines: [(name: String, family: String?, base: String?, place: Location)] = []
    for case .pipeline(let pipeline, _) in described {
      let isFromFamily = pipeline.resource.baseImageType == "IMAGE_FAMILY"
      pipelines.append(
        (
          pipeline.name, pipeline.resource.withoutTwins.imageOptions.imageFamily,
          isFromFamily ? pipeline.resource.baseImage : nil, pipeline.provenance.place(of: "baseImage")
        ))
    }
    var producers: [String: [Int]] = [:]
    for (index, pipeline) in pipelines.enumerated() {
      if let family = pipeline.family { producers[family, default: []].append(index) }
    }
    let needs = pipelines.indices.map { index -> [Int] in
      guard let base = pipelines[index].base else { return [] }
      return (producers[base] ?? []).filter { $0 != index }
    }
    var state = Array(repeating: 0, count: pipelines.count)
    for start in pipelines.indices where state[start] == 0 {
      var trail: [Int] = []
      follow(start, needs: needs, state: &state, trail: &trail) { cycle in
        let names = (cycle + cycle.prefix(1)).map { pipelines[$0].name }.joined(separator: " -> ")
        problems.report(
          Diagnostic(
            .error, rule: "reference-cycle", "pipelines start from each other's image families: \(names)",
            at: pipelines[cycle[0]].place))
      }
    }
  }

  private func follow(
    _ index: Int, needs: [[Int]], state: inout [Int], trail: inout [Int], report: ([Int]) -> Void
  ) {
    let unseen = 0, onTrail = 1, done = 2
    state[index] = onTrail
    trail.append(index)
    for next in needs[index] {
      if state[next] == onTrail, let start = trail.firstIndex(of: next) {
        report(Array(trail[start...]))
      } else if state[next] == unseen {
        follow(next, needs: needs, state: &state, trail: &trail, report: report)
      }
    }
    trail.removeLast()
    state[index] = done
  }
}
