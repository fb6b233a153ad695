// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension ReferenceResolver {
  /// The resources with the commands of components in place of the steps that ask for them with `compose: inline`.
  func inlining(_ described: [DescribedResource], into problems: inout Problems) -> [DescribedResource] {
    var composed = described
    for (index, resource) in described.enumerated() {
      guard case .pipeline(let pipeline, let references) = resource,
        references.contains(where: { $0.inlinePiece != nil })
      else { continue }
      composed[index] = .pipeline(inlined(pipeline, references, into: &problems), references: references)
    }
    return composed
  }

  private func inlined(
    _ pipeline: DesiredPipeline, _ references: [DecodedSteps.Reference], into problems: inout Problems
  ) -> DesiredPipeline {
    var provenance = pipeline.provenance
    let (build, test) = (references.filter { !$0.isTest }, references.filter(\.isTest))
    let compositions = [
      pipeline.build.map { inlined($0, build, "buildContent", .build, &provenance, into: &problems) },
      pipeline.test.map { inlined($0, test, "testContent", .test, &provenance, into: &problems) },
    ]
    return pipeline.described(at: provenance, build: compositions[0], test: compositions[1])
  }

  private func inlined(
    _ composition: Composition, _ references: [DecodedSteps.Reference], _ field: String,
    _ place: ContentPlace,
    _ provenance: inout Provenance, into problems: inout Problems
  ) -> Composition {
    let uses = Dictionary(references.compactMap { use in use.inlinePiece.map { ($0, use) } }) { first, _ in
      first
    }
    guard !uses.isEmpty else { return composition }
    var pieces: [Composition.Piece] = []
    var places: [Location?] = []
    var isWhole = true
    for (index, piece) in composition.pieces.enumerated() {
      guard let use = uses[index] else {
        pieces.append(piece)
        places.append(nil)
        continue
      }
      guard let component = onlyComponent(for: use, into: &problems),
        let commands = commands(of: component, for: use, into: &problems)
      else {
        isWhole = false
        continue
      }
      if component.provenance.sensitive.contains("content") { provenance.sensitive.insert(field) }
      pieces += commands.map(Composition.Piece.command)
      places += commands.map { _ in use.place }
    }
    // It will not be planned, but what else is wrong with it may still be told.
    guard isWhole else { return composition }
    let whole = Composition(pieces)
    whole.reportLimits(at: place, places, else: provenance.place(of: field), into: &problems)
    return whole
  }

  /// The component that the step means; nil where there is none, or one that does not fit, which is told elsewhere.
  private func onlyComponent(
    for use: DecodedSteps.Reference, into problems: inout Problems
  ) -> DesiredComponent? {
    let matching = matching(use.reference)
    guard matching.count > 1 else { return matching.first }
    let pinned = matching.compactMap { component in component.versionRule.pinned.map { ($0, component) } }
    if pinned.count == matching.count { return pinned.max { $0.0 < $1.0 }?.1 }
    if use.reference.version != nil {
      problems.report(
        Diagnostic(
          .error, rule: "ambiguous-reference", "several described versions match \(use.reference)",
          at: use.place, hint: "to put one of them in place, name its version"))
    }
    return nil
  }

  private func commands(
    of component: DesiredComponent, for use: DecodedSteps.Reference, into problems: inout Problems
  ) -> [String]? {
    guard use.isWhole, use.mistakes(handingTo: component).isEmpty, component.provenance.isReadable("content"),
      let content = component.resource.content
    else { return nil }
    do throws(StepFault) {
      guard component.resource.contentPlace == .component(.linux) else {
        throw StepFault("it is for Windows, which has no commands")
      }
      return try ContentText(content).inlined(use.arguments.map(\.argument))
    } catch {
      problems.report(
        Diagnostic(
          .error, rule: "not-inline", "\(component.address) can't be put in place: \(error.message)",
          at: use.place,
          related: [Diagnostic.Related("it is described here", at: component.provenance.location)],
          hint: error.hint))
      return nil
    }
  }
}

extension Composition {
  /// Reports that the content is too large, at the step with which it becomes so where that has a place of its own.
  fileprivate func reportLimits(
    at use: ContentPlace, _ places: [Location?], else fallback: Location, into problems: inout Problems
  ) {
    let lines = pieces.map { Composition([$0]).rendered { _ in DecodedSteps.exampleID } }
    // Each step and each component has been read by itself; what is left to judge is how much they are together.
    for finding in ContentText(lines.joined(separator: "\n")).refusals(at: use) where finding.isLimit {
      var end = 0
      let index = lines.firstIndex { line in
        end += line.utf8.count + 1
        return finding.byteRange.lowerBound < end
      }
      let answer = finding.code.map { "the service would answer \($0)" }
      problems.report(
        Diagnostic(
          .error, rule: finding.rule, finding.message, at: index.flatMap { places[$0] } ?? fallback,
          hint: [finding.hint, answer].compactMap(\.self).joined(separator: "; ")))
    }
  }
}

extension ContentFinding {
  /// Whether it says that a content is too large.
  fileprivate var isLimit: Bool { ["content-too-long", "too-many-commands"].contains(rule) }
}
