// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension ManifestReader {
  mutating func pipeline(linter: inout ContentLinter, into problems: inout Problems) -> DescribedResource {
    var resource = decoder.decode(
      spec, as: ImagePipeline.self, sugar: ManifestGrammar.pipelineSugar, provenance: &provenance,
      into: &problems)
    resource.name = resource.name ?? document.name
    let build = steps(.build, into: &problems)
    let test = steps(.test, into: &problems)
    let lifecycle = lifecycle(into: &problems)
    report(resource, tags: resource.tags, into: &problems)
    let bandwidth = resource.knownBandwidth(provenance)
    look(at: .build, resource.buildContent, build, bandwidth, linter: &linter, into: &problems)
    look(at: .test, resource.testContent, test, bandwidth, linter: &linter, into: &problems)
    let pipeline = DesiredPipeline(
      name: document.name, version: version(into: &problems), resource: resource, build: build?.composition,
      test: test?.composition, lifecycle: lifecycle, provenance: provenance)
    return .pipeline(pipeline, references: (build?.references ?? []) + (test?.references ?? []))
  }

  private func version(into problems: inout Problems) -> String? {
    guard let node = spec["version"], !node.isNull, node.tag == nil else { return nil }
    guard let text = node.scalar?.text, Version(text) != nil else {
      problems.report(
        .wrongType(
          "version", expected: "major.minor.patch, such as 2.0.0", at: location(of: node.range)))
      return nil
    }
    return text
  }

  /// Reads the content for `use` where it is given as steps.
  private mutating func steps(_ use: ContentPlace, into problems: inout Problems) -> DecodedSteps? {
    guard let node = spec[use.stepsKey], !node.isNull else { return nil }
    noteContent(use.textField, under: use.stepsKey, node, into: &problems)
    if decoder.holdsSensitive(node) { provenance.sensitive.insert(use.textField) }
    return DecodedSteps(node, called: use.stepsKey, file: document.file, into: &problems)
  }

  /// Looks at the content for `use`, given as text or as steps.
  private func look(
    at use: ContentPlace, _ text: String?, _ steps: DecodedSteps?, _ bandwidth: Int?,
    linter: inout ContentLinter, into problems: inout Problems
  ) {
    let context = ContentContext(use, internetMaxBandwidthOut: bandwidth)
    let address = Address(.pipeline, document.name)
    let isSensitive = provenance.sensitive.contains(use.textField)
    if isIntact, let text, let node = spec[use.textField] {
      linter.look(
        at: ContentText(text), in: context, of: address,
        from: ContentOrigin(node, of: provenance.place(of: use.textField), in: expansion),
        isSensitive: isSensitive, into: &problems)
    } else if let steps, let node = spec[use.stepsKey], linter.looks(at: steps) {
      linter.look(
        at: ContentText(steps.lines.joined(separator: "\n")), in: context, of: address,
        from: ContentOrigin(steps, of: location(of: node.range), in: expansion), isSensitive: isSensitive,
        isComposed: true, into: &problems)
    }
  }
}

extension ContentPlace {
  /// The key under which the content can be given as steps.
  fileprivate var stepsKey: String { self == .test ? "test" : "build" }

  /// The field that has the content as text.
  fileprivate var textField: String { "\(stepsKey)Content" }
}
