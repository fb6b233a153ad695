// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Checks what steps say of components of the stack.
struct ReferenceResolver {
  private let components: [String: DescribedVersions]
  private let described: [DescribedResource]
  private let target: Target?
  private let reading: Reading
  /// After so many mistakes nobody looks for the nearest name any more, and that search takes long.
  private static let hintLimit = 100

  /// A resolver for the resources `described`, which `target` does not leave out.
  init(_ described: [DescribedResource], target: Target?, reading: Reading) {
    self.described = described
    self.target = target
    self.reading = reading
    var components: [String: DescribedVersions] = [:]
    for case .component(let component) in described {
      components[component.name, default: DescribedVersions()].append(component)
    }
    self.components = components
  }

  /// The components that `reference` may mean.
  func matching(_ reference: ComponentReference) -> [DesiredComponent] {
    components[reference.name]?.matching(reference.version) ?? []
  }

  /// What is wrong with the systems that pipelines and their components are for.
  func systemProblems() -> Problems {
    var problems = Problems()
    for case .pipeline(let pipeline, let references) in described {
      checkSystems(of: pipeline, references, into: &problems)
    }
    return problems
  }

  /// What else is wrong with the references.
  func problems() -> Problems {
    var problems = Problems()
    var dangling: [DecodedSteps.Reference] = []
    for case .pipeline(_, let references) in described {
      for use in references {
        if let candidates = components[use.reference.name] {
          check(use, candidates, into: &problems)
        } else if !reading.mayDescribe(use.reference.name) {
          dangling.append(use)
        }
      }
    }
    report(dangling: dangling, into: &problems)
    return problems
  }

  private func report(dangling: [DecodedSteps.Reference], into problems: inout Problems) {
    let addresses = dangling.isEmpty ? [] : reading.addresses
    for (index, use) in dangling.enumerated() {
      let name = use.reference.name
      if let cut = name.lastIndex(of: "@"), components[String(name[..<cut])] != nil {
        problems.report(
          Diagnostic(
            .error, rule: "dangling-reference", "the stack describes no component \(name)", at: use.place,
            hint: "write component: \(name[..<cut]) and version: \(name[cut...].dropFirst())"))
        continue
      }
      if let target, addresses.contains(Address(.component, name).description) {
        problems.report(
          Diagnostic(
            .error, rule: "dangling-reference", "target \(target.name) leaves out component \(name)",
            at: use.place, hint: "leave out the pipeline too, or patch its steps"))
        continue
      }
      let nearest = index < ReferenceResolver.hintLimit ? name.nearest(among: components.keys) : nil
      problems.report(
        Diagnostic(
          .error, rule: "dangling-reference", "the stack describes no component \(name)", at: use.place,
          hint: nearest.map { "did you mean \($0)?" }
            ?? "for one that the stack does not own write component: {id: ic-...}"))
    }
  }

  private func check(
    _ use: DecodedSteps.Reference, _ candidates: DescribedVersions,
    into problems: inout Problems
  ) {
    let reference = use.reference, place = use.place
    let matching = candidates.matching(reference.version)
    if matching.isEmpty {
      problems.report(
        Diagnostic(
          .error, rule: "dangling-reference",
          "no described version of \(reference.name) matches \(reference)",
          at: use.versionPlace ?? place, hint: "described: \(candidates.names)"))
    } else if reference.version == nil, !reference.follows, candidates.all.count > 1 {
      problems.report(
        Diagnostic(
          .error, rule: "ambiguous-reference", "several versions of \(reference.name) are described",
          at: place, hint: "add version: to the step; described: \(candidates.names)"))
    }
    let wrong = use.isTest ? "Build" : "Test"
    if let component = matching.first(where: { $0.knownType == wrong }) {
      problems.report(
        Diagnostic(
          .error, rule: "component-type",
          "\(component.address) is a \(wrong) component, so it can't stand under \(use.isTest ? "test" : "build")",
          at: place,
          related: [Diagnostic.Related("it is described here", at: component.provenance.location)],
          hint: "the service would answer InvalidImageComponent.NotSupported"))
    }
    // Which of several versions is meant is for the author to say first; all that a pattern admits must take the same.
    guard use.isWhole, reference.version != nil || reference.follows || candidates.all.count == 1 else {
      return
    }
    for component in matching {
      let found = use.mistakes(handingTo: component)
      problems.report(contentsOf: found)
      if !found.isEmpty { return }
    }
  }
}

extension DesiredComponent {
  /// `Build` or `Test`; another word where what is written is neither.
  fileprivate var knownType: String? {
    resource.componentType ?? (provenance.isReadable("componentType") ? "Build" : nil)
  }
}

/// The components of one name that are described.
private struct DescribedVersions {
  private(set) var all: [DesiredComponent] = []
  /// Those of a version of their own, once there are too many to look through all.
  private var pinned: [Version: [DesiredComponent]] = [:]
  /// Those whose version is chosen when planning, from then on.
  private var open: [DesiredComponent] = []
  private static let lookThroughLimit = 16

  mutating func append(_ component: DesiredComponent) {
    all.append(component)
    guard all.count > DescribedVersions.lookThroughLimit else { return }
    for component in pinned.isEmpty && open.isEmpty ? all : [component] {
      if let version = component.versionRule.pinned {
        pinned[version, default: []].append(component)
      } else {
        open.append(component)
      }
    }
  }

  /// Those that `pattern` may mean: all of them where there is none.
  func matching(_ pattern: VersionPattern?) -> [DesiredComponent] {
    guard let pattern else { return all }
    guard all.count > DescribedVersions.lookThroughLimit, let major = pattern.major,
      let minor = pattern.minor, let patch = pattern.patch
    else { return all.filter { $0.versionRule.mayMatch(pattern) } }
    return (pinned[Version(major, minor, patch)] ?? []) + open.filter { $0.versionRule.mayMatch(pattern) }
  }

  /// Some of the versions, for a hint.
  var names: String {
    let shown = 10
    let names = all.map(\.versionRule.description).sorted()
    return names.prefix(shown).joined(separator: ", ") + (names.count > shown ? ", ..." : "")
  }
}

extension VersionRule {
  /// Whether the version that the rule chooses may be one that `pattern` admits.
  fileprivate func mayMatch(_ pattern: VersionPattern) -> Bool {
    switch self {
    case .pinned(let version): pattern.matches(version)
    case .patch(let major, let minor): pattern.matches(Version(major, minor, pattern.patch ?? 0))
    case .automatic: true
    }
  }
}
