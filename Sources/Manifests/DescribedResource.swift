// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What one manifest describes.
enum DescribedResource: Sendable {
  case component(DesiredComponent)
  case pipeline(DesiredPipeline, references: [DecodedSteps.Reference])
}

extension DescribedResource {
  /// The address, with a component's pinned version.
  var address: Address {
    switch self {
    case .component(let component): component.address
    case .pipeline(let pipeline, _): pipeline.address
    }
  }
}

extension DescribedResource {
  /// The resource with each place replaced by what `lead` makes of it.
  func withPlaces(_ lead: (Location) -> Location) -> DescribedResource {
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
