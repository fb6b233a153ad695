// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What one manifest describes.
enum DescribedResource: Sendable {
  case component(DesiredComponent)
  case pipeline(DesiredPipeline, references: [DecodedSteps.Reference])
}

extension ManifestDocument {
  /// Reads a component or pipeline; nil with a report when the manifest can't be used.
  func described(
    expandedBy expansion: inout Expansion, patches: [PreparedPatch], lifecycle: Lifecycle = Lifecycle(),
    isIntact: Bool, linter: inout ContentLinter, into problems: inout Problems
  ) -> DescribedResource? {
    // The stack's own document is read elsewhere.
    if kind == .stack { return nil }
    let spec = expansion.expand(spec, into: &problems)
    let patches = patches.filter { $0.kind.manifestKind == kind.rawValue && $0.name == name }
    guard let patch = patches.first else {
      return described(spec, expansion, lifecycle, isIntact, &linter, into: &problems)
    }
    var patched = spec
    for patch in patches {
      patched = patch.applied(to: patched)
      expansion.absorb(patch)
    }
    var found = Problems()
    var inner = ContentLinter(linter.policy)
    let resource = described(patched, expansion, lifecycle, isIntact, &inner, into: &found)
    linter.absorb(inner.notes, patchedBy: patch)
    problems.report(contentsOf: found.diagnostics.map(patch.ledBack))
    return resource?.withPlaces(patch.ledBack)
  }

  private func described(
    _ spec: Node, _ expansion: Expansion, _ lifecycle: Lifecycle, _ isIntact: Bool,
    _ linter: inout ContentLinter,
    into problems: inout Problems
  ) -> DescribedResource? {
    switch kind {
    case .stack: nil
    case .component:
      component(spec, expansion, lifecycle, isIntact, &linter, into: &problems).map(
        DescribedResource.component)
    case .pipeline: pipeline(spec, expansion, lifecycle, isIntact, &linter, into: &problems)
    }
  }

  private func component(
    _ spec: Node, _ expansion: Expansion, _ defaults: Lifecycle, _ isIntact: Bool,
    _ linter: inout ContentLinter,
    into problems: inout Problems
  ) -> DesiredComponent? {
    var provenance = Provenance(location: nameLocation)
    let decoder = FieldDecoder(file: file, sensitive: expansion.sensitive)
    var resource = decoder.decode(
      spec, as: ImageComponent.self, sugar: ManifestGrammar.componentSugar, provenance: &provenance,
      into: &problems)
    readTasks(of: spec, decoder, into: &resource, &provenance, &problems)
    let rule = versionRule(resource.componentVersion, provenance, into: &problems)
    resource.componentVersion = rule?.pinned?.description
    resource.name = resource.name ?? name
    let lifecycle = lifecycle(spec, defaults, into: &problems)
    report(resource, tags: resource.tags, spec, provenance, isIntact, into: &problems)
    let content = resource.content.map { ContentText($0) }
    if isIntact, let content {
      let place = provenance.place(of: "content")
      var origin: ContentOrigin {
        if let node = spec["content"], !node.isNull { return ContentOrigin(node, of: place, in: expansion) }
        return ContentOrigin(tasksOf: spec, of: place, in: expansion)
      }
      linter.look(
        at: content, in: ContentContext(resource.contentPlace),
        of: Address(.component, name, version: rule?.pinned), from: origin,
        isSensitive: provenance.sensitive.contains("content"), into: &problems)
    }
    guard let rule else { return nil }
    return DesiredComponent(
      name: name, versionRule: rule, resource: resource, lifecycle: lifecycle, provenance: provenance,
      content: content)
  }

  /// Reads `parameters:` and `tasks:`, the structured form of the content.
  private func readTasks(
    of spec: Node, _ decoder: FieldDecoder, into component: inout ImageComponent,
    _ provenance: inout Provenance, _ problems: inout Problems
  ) {
    let given = ["tasks", "parameters"].filter { key in spec[key].map { !$0.isNull } ?? false }
    guard let key = given.first, let node = spec[key] else { return }
    rejectTwoContents(key, spec, insteadOf: "content", &provenance, into: &problems)
    provenance.fields["content"] = Location(file: file, range: node.range)
    if given.compactMap({ spec[$0] }).contains(where: decoder.holdsSensitive) {
      provenance.sensitive.insert("content")
    }
    var found = Problems()
    component.content = StructuredContent(spec: spec, file: file, into: &found)?.yaml
    // Half of a content would be judged by what it lacks.
    if found.hasErrors || given.compactMap({ spec[$0] }).contains(where: \.holdsTag) {
      component.content = nil
      provenance.unreadable.insert("content")
    }
    problems.report(contentsOf: found.diagnostics)
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
    _ spec: Node, _ expansion: Expansion, _ defaults: Lifecycle, _ isIntact: Bool,
    _ linter: inout ContentLinter,
    into problems: inout Problems
  ) -> DescribedResource? {
    var provenance = Provenance(location: nameLocation)
    let decoder = FieldDecoder(file: file, sensitive: expansion.sensitive)
    var resource = decoder.decode(
      spec, as: ImagePipeline.self, sugar: ManifestGrammar.pipelineSugar,
      provenance: &provenance, into: &problems)
    resource.name = resource.name ?? name
    let build = steps("build", insteadOf: "buildContent", spec, decoder, &provenance, into: &problems)
    let test = steps("test", insteadOf: "testContent", spec, decoder, &provenance, into: &problems)
    let lifecycle = lifecycle(spec, defaults, into: &problems)
    report(resource, tags: resource.tags, spec, provenance, isIntact, into: &problems)
    for (field, use, text, steps) in [
      ("buildContent", ContentPlace.build, resource.buildContent, build),
      ("testContent", .test, resource.testContent, test),
    ] {
      let context = ContentContext(use, internetMaxBandwidthOut: resource.knownBandwidth(provenance))
      let address = Address(.pipeline, name), isSensitive = provenance.sensitive.contains(field)
      if isIntact, let text, let node = spec[field] {
        linter.look(
          at: ContentText(text), in: context, of: address,
          from: ContentOrigin(node, of: provenance.place(of: field), in: expansion), isSensitive: isSensitive,
          into: &problems)
      } else if let steps, let node = spec[use.sugar], linter.looks(at: steps) {
        let place = Location(file: file, range: node.range)
        let origin = ContentOrigin(steps, of: place, in: expansion)
        linter.look(
          at: ContentText(steps.lines.joined(separator: "\n")), in: context, of: address, from: origin,
          isSensitive: isSensitive, isComposed: true, into: &problems)
      }
    }
    let pipeline = DesiredPipeline(
      name: name, version: pipelineVersion(spec, into: &problems), resource: resource,
      build: build?.composition, test: test?.composition, lifecycle: lifecycle, provenance: provenance)
    return .pipeline(pipeline, references: (build?.references ?? []) + (test?.references ?? []))
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
    rejectTwoContents(key, spec, insteadOf: contentField, &provenance, into: &problems)
    provenance.fields[contentField] = place
    if decoder.holdsSensitive(node) { provenance.sensitive.insert(contentField) }
    return DecodedSteps(node, called: key, file: file, into: &problems)
  }

  private func rejectTwoContents(
    _ key: String, _ spec: Node, insteadOf contentField: String, _ provenance: inout Provenance,
    into problems: inout Problems
  ) {
    guard let content = provenance.fields[contentField], let range = spec.keyRange(of: key) else { return }
    problems.report(
      Diagnostic(
        .error, rule: "two-contents", "\(key) and \(contentField) can't both be given",
        at: Location(file: file, range: range),
        related: [Diagnostic.Related("\(contentField) is here", at: content)]))
  }

  private func lifecycle(
    _ spec: Node, _ defaults: Lifecycle, into problems: inout Problems
  ) -> Lifecycle {
    guard let node = spec["lifecycle"], !node.isNull else { return defaults }
    return Lifecycle(node, file: file, isExpanded: true, elsewhere: defaults, into: &problems)
  }
}

extension Lifecycle {
  /// Reads `lifecycle:` of a manifest or a target; what it leaves open is as `defaults` say.
  init(
    _ node: Node, file: String, isExpanded: Bool, elsewhere defaults: Lifecycle = Lifecycle(),
    into problems: inout Problems
  ) {
    self = defaults
    guard
      let reader = MappingReader(
        node, what: "lifecycle", file: file, isExpanded: isExpanded, into: &problems)
    else { return }
    reader.rejectUnknown(ManifestGrammar.lifecycleKeys.names, into: &problems)
    isProtected = reader.boolean("protected", into: &problems) ?? defaults.isProtected
    retain = reader.integer("retain", in: 0...1000, into: &problems) ?? defaults.retain
  }
}

extension ContentPlace {
  /// The key under which the content can be given as steps.
  fileprivate var sugar: String { self == .test ? "test" : "build" }
}

extension DescribedResource {
  /// The resource with each place replaced by what `lead` makes of it.
  fileprivate func withPlaces(_ lead: (Location) -> Location) -> DescribedResource {
    switch self {
    case .component(let component):
      return .component(
        DesiredComponent(
          name: component.name, versionRule: component.versionRule, resource: component.resource,
          lifecycle: component.lifecycle, provenance: component.provenance.withPlaces(lead),
          content: component.content))
    case .pipeline(let pipeline, let references):
      let ledBack = references.map { use in
        DecodedSteps.Reference(
          reference: use.reference,
          arguments: use.arguments.map {
            DecodedSteps.Argument(argument: $0.argument, key: lead($0.key), value: lead($0.value))
          }, isWhole: use.isWhole, place: lead(use.place),
          isTest: use.isTest, inlinePiece: use.inlinePiece)
      }
      return .pipeline(
        DesiredPipeline(
          name: pipeline.name, version: pipeline.version, resource: pipeline.resource, build: pipeline.build,
          test: pipeline.test, lifecycle: pipeline.lifecycle,
          provenance: pipeline.provenance.withPlaces(lead)), references: ledBack)
    }
  }
}

extension Provenance {
  fileprivate func withPlaces(_ lead: (Location) -> Location) -> Provenance {
    var provenance = self
    provenance.fields = fields.mapped(lead)
    return provenance
  }
}
