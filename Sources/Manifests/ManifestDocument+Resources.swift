// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What one manifest describes; indirect, since such large values are handed on several times.
indirect enum DescribedResource: Sendable {
  case component(DesiredComponent)
  case pipeline(DesiredPipeline, references: [DecodedSteps.Reference])
}

extension ManifestDocument {
  /// Reads a component or pipeline; nil with a report when the manifest can't be used.
  func described(
    expandedBy expansion: inout Expansion, patches: [Patch], isIntact: Bool, into problems: inout Problems
  ) -> DescribedResource? {
    var spec = expansion.expand(spec, into: &problems)
    for patch in patches where patch.kind == kind.rawValue && patch.name == name {
      spec = spec.merged(with: expansion.expand(patch.spec, into: &problems))
    }
    switch kind {
    case .stack:
      return nil
    case .component:
      return component(spec, expansion, isIntact, into: &problems).map(DescribedResource.component)
    case .pipeline:
      return pipeline(spec, expansion, isIntact, into: &problems)
    }
  }

  private func component(
    _ spec: Node, _ expansion: Expansion, _ isIntact: Bool, into problems: inout Problems
  ) -> DesiredComponent? {
    var provenance = Provenance(location: nameLocation)
    let decoder = FieldDecoder(file: file) { expansion.sensitive.contains($0) }
    var resource = decoder.decode(
      spec, as: ImageComponent.self, sugar: ["lifecycle", "parameters", "tasks"], provenance: &provenance,
      into: &problems)
    if let structured = StructuredContent(spec: spec, file: file, into: &problems) {
      let place = Location(file: file, range: (spec["tasks"] ?? spec).range)
      rejectTwoContents("tasks", at: place, insteadOf: "content", &provenance, into: &problems)
      resource.content = structured.yaml
    }
    let rule = versionRule(resource.componentVersion, provenance, into: &problems)
    resource.componentVersion = rule?.pinned?.description
    resource.name = resource.name ?? name
    let lifecycle = lifecycle(spec, into: &problems)
    checkTags(resource.tags, provenance, into: &problems)
    report(resource.violations, of: provenance, isIntact, into: &problems)
    let content = resource.content.map { ContentText($0) }
    if let content {
      let origin = ContentOrigin(spec["content"], of: provenance.place(of: "content"), in: expansion)
      origin.report(content, at: resource.contentPlace, into: &problems)
    }
    guard let rule else { return nil }
    return DesiredComponent(
      name: name, versionRule: rule, resource: resource, lifecycle: lifecycle, provenance: provenance,
      content: content)
  }

  private func versionRule(
    _ text: String?, _ provenance: Provenance, into problems: inout Problems
  ) -> VersionRule? {
    guard let text else { return .automatic }
    if let rule = VersionRule(text) { return rule }
    problems.report(
      .refusedValue(
        Violation(
          field: "version", code: "InvalidParameter.ComponentVersion",
          expectation: "must be like 1.4.0, 1.4.x or auto, not \(text)"),
        at: provenance.place(of: "version")))
    return nil
  }

  private func pipeline(
    _ spec: Node, _ expansion: Expansion, _ isIntact: Bool, into problems: inout Problems
  ) -> DescribedResource? {
    var provenance = Provenance(location: nameLocation)
    let decoder = FieldDecoder(file: file) { expansion.sensitive.contains($0) }
    var resource = decoder.decode(
      spec, as: ImagePipeline.self, sugar: ["lifecycle", "version", "build", "test"],
      provenance: &provenance, into: &problems)
    resource.name = resource.name ?? name
    let build = steps("build", insteadOf: "buildContent", spec, &provenance, into: &problems)
    let test = steps("test", insteadOf: "testContent", spec, &provenance, into: &problems)
    let lifecycle = lifecycle(spec, into: &problems)
    checkTags(resource.tags, provenance, into: &problems)
    report(resource.violations, of: provenance, isIntact, into: &problems)
    for (field, place, text) in [
      ("buildContent", ContentPlace.build, resource.buildContent),
      ("testContent", .test, resource.testContent),
    ] {
      guard let text else { continue }
      let origin = ContentOrigin(spec[field], of: provenance.place(of: field), in: expansion)
      origin.report(ContentText(text), at: place, into: &problems)
    }
    let pipeline = DesiredPipeline(
      name: name, version: pipelineVersion(spec, into: &problems), resource: resource,
      build: build?.composition, test: test?.composition, lifecycle: lifecycle, provenance: provenance)
    return .pipeline(pipeline, references: (build?.references ?? []) + (test?.references ?? []))
  }

  private func pipelineVersion(_ spec: Node, into problems: inout Problems) -> String? {
    guard let node = spec["version"], !node.isNull else { return nil }
    guard let text = node.scalar?.text, Version(text) != nil else {
      let place = Location(file: file, range: node.range)
      problems.report(.wrongType("version", expected: "major.minor.patch, such as 2.0.0", at: place))
      return nil
    }
    return text
  }

  private func steps(
    _ key: String, insteadOf contentField: String, _ spec: Node, _ provenance: inout Provenance,
    into problems: inout Problems
  ) -> DecodedSteps? {
    guard let node = spec[key], !node.isNull else { return nil }
    let place = Location(file: file, range: node.range)
    rejectTwoContents(key, at: place, insteadOf: contentField, &provenance, into: &problems)
    let steps = DecodedSteps(node, called: key, file: file, into: &problems)
    steps.reportContent(at: place, into: &problems)
    return steps
  }

  private func rejectTwoContents(
    _ key: String, at place: Location, insteadOf contentField: String, _ provenance: inout Provenance,
    into problems: inout Problems
  ) {
    if let content = provenance.fields[contentField] {
      problems.report(
        Diagnostic(
          .error, rule: "two-contents", "\(key) and \(contentField) can't both be given", at: place,
          related: [Diagnostic.Related("\(contentField) is here", at: content)]))
    }
    provenance.fields[contentField] = place
  }

  private func lifecycle(_ spec: Node, into problems: inout Problems) -> Lifecycle {
    var lifecycle = Lifecycle()
    guard let node = spec["lifecycle"], !node.isNull,
      let reader = MappingReader(node, what: "lifecycle", file: file, into: &problems)
    else { return lifecycle }
    reader.rejectUnknown(["protected", "retain"], into: &problems)
    lifecycle.isProtected = reader.boolean("protected", into: &problems) ?? false
    lifecycle.retain = reader.integer("retain", in: 0...1000, into: &problems) ?? 0
    return lifecycle
  }

  private func checkTags(
    _ tags: [String: String], _ provenance: Provenance, into problems: inout Problems
  ) {
    let place = provenance.place(of: "tags")
    for key in tags.keys.sorted() where key.hasPrefix(OwnershipTags.prefix) {
      problems.report(
        Diagnostic(
          .error, rule: "reserved-tag", "the tag \(key) is Kiln's own", at: place,
          hint: "choose a key that does not begin with \(OwnershipTags.prefix)"))
    }
    if tags.count > OwnershipTags.userTagLimit {
      problems.report(
        Diagnostic(
          .error, rule: "too-many-tags",
          "there are \(tags.count) tags; \(OwnershipTags.userTagLimit) are possible", at: place,
          hint: "the service allows 20 (NumberExceed.Tags), of which Kiln keeps six for itself"))
    }
  }

  private func report(
    _ violations: [Violation], of provenance: Provenance, _ isIntact: Bool, into problems: inout Problems
  ) {
    for violation in violations {
      guard isIntact || provenance.fields[violation.field] != nil else { continue }
      problems.report(.refusedValue(violation, at: provenance.place(of: violation.field)))
    }
  }
}
