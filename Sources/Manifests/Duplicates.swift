// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Resources that are described twice, or that the service could not keep apart.
struct Duplicates {
  private let described: [DescribedResource]

  init(in described: [DescribedResource]) {
    self.described = described
  }

  /// What is told of them.
  func problems() -> Problems {
    var problems = Problems()
    checkManifests(into: &problems)
    checkNames(into: &problems)
    return problems
  }

  private func checkManifests(into problems: inout Problems) {
    var first: [DescribedKey: DescribedResource] = [:]
    first.reserveCapacity(described.count)
    for resource in described {
      let key = DescribedKey(resource)
      guard let earlier = first.updateValue(resource, forKey: key) else { continue }
      first[key] = earlier
      let what =
        switch resource {
        case .component(let component): "component \(component.name) in version \(component.versionRule)"
        case .pipeline(let pipeline, _): "pipeline \(pipeline.name)"
        }
      let places = [earlier.location, resource.location].sorted()
      problems.report(
        Diagnostic(
          .error, rule: "duplicate-resource", "\(what) is described twice", at: places[1],
          related: [Diagnostic.Related("it is also described here", at: places[0])]))
    }
  }

  /// Tells of components that the service would call alike; names of manifests are told of as duplicates.
  private func checkNames(into problems: inout Problems) {
    guard described.contains(where: \.hasNameOfItsOwn) else { return }
    var wireNames: [DescribedKey: DesiredComponent] = [:]
    var seen: Set<DescribedKey> = []
    for case .component(let component) in described {
      guard seen.insert(DescribedKey(name: component.name, rule: component.versionRule)).inserted else {
        continue
      }
      let other = wireNames.updateValue(
        component, forKey: DescribedKey(name: component.wireName, rule: component.versionRule))
      if let other { reportSharedName(component, other, into: &problems) }
    }
  }

  private func reportSharedName(
    _ component: DesiredComponent, _ other: DesiredComponent, into problems: inout Problems
  ) {
    let places = [component, other].map { $0.provenance.place(of: "name") }.sorted()
    problems.report(
      Diagnostic(
        .error, rule: "duplicate-name",
        "two components would be called \(component.wireName) in version \(component.versionRule)",
        at: places[1], related: [Diagnostic.Related("the other is here", at: places[0])],
        hint: "the service would answer InvalidComponentVersion.Exist"))
  }
}

/// What no two described resources may share.
private struct DescribedKey: Hashable {
  let name: String
  /// A component's version rule; nil for pipelines.
  let rule: VersionRule?
}

extension DescribedKey {
  init(_ resource: DescribedResource) {
    switch resource {
    case .component(let component): self.init(name: component.name, rule: component.versionRule)
    case .pipeline(let pipeline, _): self.init(name: pipeline.name, rule: nil)
    }
  }
}

extension DescribedResource {
  /// Whether it is a component that the service calls otherwise than its manifest.
  fileprivate var hasNameOfItsOwn: Bool {
    guard case .component(let component) = self else { return false }
    return component.wireName != component.name
  }
}
