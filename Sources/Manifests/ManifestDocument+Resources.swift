// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What one manifest describes.
enum DescribedResource: Sendable {
  case component(DesiredComponent)
  case pipeline(DesiredPipeline, steps: StepPlaces)
}

/// Where the steps of a pipeline name components.
struct StepPlaces: Sendable {
  var places: [(reference: ComponentReference, place: Location, isTest: Bool)] = []
}

extension ManifestDocument {
  /// Reads a component or pipeline; nil with a report when the manifest can't be used.
  func described(
    expandedBy expansion: inout Expansion, patches: [PreparedPatch], isIntact: Bool,
    into problems: inout Problems
  ) -> DescribedResource? {
    // The stack's own document is read elsewhere.
    if kind == .stack { return nil }
    let spec = expansion.expand(spec, into: &problems)
    let patches = patches.filter { $0.kind == kind.rawValue && $0.name == name }
    guard let patch = patches.first else {
      return described(spec, expansion.sensitive, isIntact, into: &problems)
    }
    var patched = (spec: spec, sensitive: expansion.sensitive)
    for patch in patches { patched = patch.applied(to: patched.spec, patched.sensitive) }
    var found = Problems()
    let resource = described(patched.spec, patched.sensitive, isIntact, into: &found)
    problems.report(contentsOf: found.diagnostics.map(patch.ledBack))
    return resource?.withPlaces(patch.ledBack)
  }

  private func described(
    _ spec: Node, _ sensitive: Set<SourceRange>, _ isIntact: Bool, into problems: inout Problems
  ) -> DescribedResource? {
    switch kind {
    case .stack: nil
    case .component:
      component(spec, sensitive, isIntact, into: &problems).map(DescribedResource.component)
    case .pipeline: pipeline(spec, sensitive, isIntact, into: &problems)
    }
  }

  private func component(
    _ spec: Node, _ sensitive: Set<SourceRange>, _ isIntact: Bool, into problems: inout Problems
  ) -> DesiredComponent? {
    var provenance = Provenance(location: nameLocation)
    let decoder = FieldDecoder(file: file, sensitive: sensitive)
    var resource = decoder.decode(
      spec, as: ImageComponent.self, sugar: ["lifecycle"], provenance: &provenance, into: &problems)
    let rule = versionRule(resource.componentVersion, provenance, into: &problems)
    resource.componentVersion = rule?.pinned?.description
    resource.name = resource.name ?? name
    let lifecycle = lifecycle(spec, into: &problems)
    report(resource, spec, provenance, isIntact, into: &problems)
    guard let rule else { return nil }
    return DesiredComponent(
      name: name, versionRule: rule, resource: resource, lifecycle: lifecycle, provenance: provenance)
  }

  private func versionRule(
    _ text: String?, _ provenance: Provenance, into problems: inout Problems
  ) -> VersionRule? {
    guard let text else { return provenance.isReadable("version") ? .automatic : nil }
    if let rule = VersionRule(text) { return rule }
    let isSecret = provenance.sensitive.contains("version")
    problems.report(
      .refusedValue(
        Violation(
          field: "version", code: "InvalidParameter.ComponentVersion",
          expectation: "must be like 1.4.0, 1.4.x or auto" + (isSecret ? "" : ", not \(text)")),
        at: provenance.place(of: "version")))
    return nil
  }

  private func pipeline(
    _ spec: Node, _ sensitive: Set<SourceRange>, _ isIntact: Bool, into problems: inout Problems
  ) -> DescribedResource? {
    var provenance = Provenance(location: nameLocation)
    let decoder = FieldDecoder(file: file, sensitive: sensitive)
    var resource = decoder.decode(
      spec, as: ImagePipeline.self, sugar: ["lifecycle", "version", "build", "test"],
      provenance: &provenance, into: &problems)
    resource.name = resource.name ?? name
    let build = steps("build", insteadOf: "buildContent", spec, decoder, &provenance, into: &problems)
    let test = steps("test", insteadOf: "testContent", spec, decoder, &provenance, into: &problems)
    let lifecycle = lifecycle(spec, into: &problems)
    report(resource, spec, provenance, isIntact, into: &problems)
    let pipeline = DesiredPipeline(
      name: name, version: pipelineVersion(spec, into: &problems), resource: resource,
      build: build?.composition, test: test?.composition, lifecycle: lifecycle, provenance: provenance)
    var places = StepPlaces()
    places.places += (build?.references ?? []).map { ($0.reference, $0.place, false) }
    places.places += (test?.references ?? []).map { ($0.reference, $0.place, true) }
    return .pipeline(pipeline, steps: places)
  }

  private func pipelineVersion(_ spec: Node, into problems: inout Problems) -> String? {
    guard let node = spec["version"], !node.isNull, node.tag == nil else { return nil }
    guard let text = node.scalar?.text, Version(text) != nil else {
      let place = Location(file: file, range: node.range)
      problems.report(.wrongType("version", expected: "major.minor.patch, such as 2.0.0", at: place))
      return nil
    }
    return text
  }

  private func steps(
    _ key: String, insteadOf contentField: String, _ spec: Node, _ decoder: FieldDecoder,
    _ provenance: inout Provenance, into problems: inout Problems
  ) -> DecodedSteps? {
    guard let node = spec[key], !node.isNull else { return nil }
    let place = Location(file: file, range: node.range)
    if let content = provenance.fields[contentField] {
      problems.report(
        Diagnostic(
          .error, rule: "two-contents", "\(key) and \(contentField) can't both be given",
          at: spec.keyRange(of: key).map { Location(file: file, range: $0) } ?? place,
          related: [Diagnostic.Related("\(contentField) is here", at: content)]))
    }
    provenance.fields[contentField] = place
    if decoder.holdsSensitive(node) { provenance.sensitive.insert(contentField) }
    let steps = DecodedSteps(node, called: key, file: file, into: &problems)
    for violation in steps.composition.violations(of: contentField) {
      problems.report(.refusedValue(violation.renamed(key), at: place))
    }
    return steps
  }

  private func lifecycle(_ spec: Node, into problems: inout Problems) -> Lifecycle {
    var lifecycle = Lifecycle()
    guard let node = spec["lifecycle"], !node.isNull,
      let reader = MappingReader(
        node, what: "lifecycle", file: file, isExpanded: true, into: &problems)
    else { return lifecycle }
    reader.rejectUnknown(["protected", "retain"], into: &problems)
    lifecycle.isProtected = reader.boolean("protected", into: &problems) ?? false
    lifecycle.retain = reader.integer("retain", in: 0...1000, into: &problems) ?? 0
    return lifecycle
  }
}

extension DescribedResource {
  /// The resource with each place replaced by what `lead` makes of it.
  fileprivate func withPlaces(_ lead: (Location) -> Location) -> DescribedResource {
    switch self {
    case .component(let component):
      return .component(
        DesiredComponent(
          name: component.name, versionRule: component.versionRule, resource: component.resource,
          lifecycle: component.lifecycle, provenance: component.provenance.withPlaces(lead)))
    case .pipeline(let pipeline, let steps):
      var ledBack = steps
      ledBack.places = steps.places.map { ($0.reference, lead($0.place), $0.isTest) }
      return .pipeline(
        DesiredPipeline(
          name: pipeline.name, version: pipeline.version, resource: pipeline.resource, build: pipeline.build,
          test: pipeline.test, lifecycle: pipeline.lifecycle,
          provenance: pipeline.provenance.withPlaces(lead)), steps: ledBack)
    }
  }
}

extension Provenance {
  fileprivate func withPlaces(_ lead: (Location) -> Location) -> Provenance {
    var provenance = self
    provenance.fields = fields.mapValues(lead)
    return provenance
  }
}
